/** Files that import each other in a circle. */
import type { ImportGraph, ResolvedImport } from '#model/imports'
import { components } from './components.ts'
import { fileSteps, isFollowedAtOnce } from './edges.ts'
import type { FileStep } from './edges.ts'
import { shortestWay } from './shortest-way.ts'

/** A group of files of which each leads to each other. */
export interface ImportCycle {
  /** All of them, sorted. */
  files: string[]
  /** A shortest circle from the first of them back to it: each step starts where the one before ends. */
  circle: FileStep[]
}

/**
 * All groups, sorted by their first file. Only imports that are followed when the program starts make a circle, unless
 * `wanted` says otherwise.
 */
export function importCycles(
  graph: Pick<ImportGraph, 'files'>,
  wanted: (site: ResolvedImport) => boolean = isFollowedAtOnce,
): ImportCycle[] {
  const steps = fileSteps(graph, wanted)
  const groups = components(steps.keys(), (file) => (steps.get(file) ?? []).map(({ to }) => to))
  return groups
    .flatMap((group): ImportCycle[] => {
      const files = group.toSorted()
      const [first] = files
      if (first === undefined) return []
      const circle = circleThrough(first, new Set(files), steps)
      return circle === undefined ? [] : [{ files, circle }]
    })
    .toSorted((a, b) => ((a.files[0] ?? '') < (b.files[0] ?? '') ? -1 : 1))
}

/** Undefined for a file on its own that does not import itself. */
function circleThrough(
  file: string,
  group: ReadonlySet<string>,
  steps: ReadonlyMap<string, readonly FileStep[]>,
): FileStep[] | undefined {
  return shortestWay(
    file,
    (from) => (steps.get(from) ?? []).filter(({ to }) => group.has(to)),
    ({ to }) => to === file,
  )
}

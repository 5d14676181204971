/** Folds a graph of imports to what a report says of it: folders and packages with counts, and circles. */
import { targetPath } from '#model/import-target'
import type { ImportGraph, ImportTarget } from '#model/imports'
import { MAX_FOLDERS } from '#model/imports-report'
import type {
  CycleReport,
  ImportedPackage,
  ImportFolder,
  ImportsReport,
  ImportTie,
} from '#model/imports-report'
import { importCycles } from './cycles.ts'
import type { ImportCycle } from './cycles.ts'
import { isFollowedAtOnce } from './edges.ts'
import { foldFolders } from './folder-folding.ts'
import { compare, orderFolders } from './folder-order.ts'

/** Circles that a report lists. */
const MAX_CYCLES = 50
/** Files of a circle that a report lists. */
const MAX_CIRCLE = 20

/** What an import leads to, as a report has it. */
interface FoldedTarget {
  kind: ImportTie['kind']
  name: string
}

/** Folds to no more than `most` folders; with `files` nothing is folded, and each file stands for itself. */
export function foldGraph(
  graph: Pick<ImportGraph, 'files'>,
  most: number | 'files' = MAX_FOLDERS,
): ImportsReport {
  const { files } = graph
  const known = new Set(files.map(({ path }) => path))
  const foldFile = most === 'files' ? (path: string) => path : foldFolders([...known], most)
  const cycles = importCycles(graph)
  const knots = new Map(cycles.flatMap((cycle) => cycle.files.map((file) => [file, cycle] as const)))
  const folders = new Map<string, ImportFolder>()
  const packages = new Map<string, ImportedPackage>()
  const ties = new Map<string, ImportTie>()
  for (const { path, imports, problem } of files) {
    const from = foldFile(path)
    const knot = knots.get(path)
    const folder = entry(folders, from, () => emptyFolder(from))
    folder.files += 1
    if (problem !== undefined) folder.unread += 1
    if (knot !== undefined) folder.inCircles += 1
    const seen = new Set<ImportedPackage>()
    for (const site of imports) {
      const { target, typeOnly } = site
      if (target.kind === 'unknown') folder.unknown += 1
      if (target.kind === 'missing' || target.kind === 'outside') folder.lost += 1
      const to = foldedTarget(target, known, foldFile)
      if (to === undefined || (to.kind === 'folder' && to.name === from)) continue
      const tie = entry(ties, keyOf(from, to), () => emptyTie(from, to))
      tie.imports += 1
      if (typeOnly) tie.typeOnly += 1
      else if (knot !== undefined && isFollowedAtOnce(site) && knots.get(targetPath(target) ?? '') === knot)
        tie.inCircles += 1
      if (to.kind === 'folder') continue
      const { kind, name } = to
      const found = entry(packages, keyOf('', to), () => ({ name, kind, files: 0, typeOnly: true }))
      if (!typeOnly) found.typeOnly = false
      if (!seen.has(found)) found.files += 1
      seen.add(found)
    }
  }
  return {
    files: files.length,
    folders: orderFolders([...folders.values()], [...ties.values()]),
    packages: [...packages.values()].toSorted((a, b) => compare(a.name, b.name) || compare(a.kind, b.kind)),
    ties: [...ties.values()].toSorted(
      (a, b) => compare(a.from, b.from) || compare(a.to, b.to) || compare(a.kind, b.kind),
    ),
    cycles: cycles.slice(0, MAX_CYCLES).map((cycle) => cycleReport(cycle)),
    allCycles: cycles.length,
  }
}

function emptyFolder(path: string): ImportFolder {
  return { path, files: 0, unread: 0, unknown: 0, lost: 0, inCircles: 0 }
}

function emptyTie(from: string, { kind, name }: FoldedTarget): ImportTie {
  return { from, to: name, kind, imports: 0, typeOnly: 0, inCircles: 0, round: false }
}

function keyOf(from: string, { kind, name }: FoldedTarget): string {
  return `${from}\0${kind}\0${name}`
}

/** Undefined for what has no place in a graph: files that are no sources, addresses, what leads nowhere. */
function foldedTarget(
  target: ImportTarget,
  known: ReadonlySet<string>,
  foldFile: (path: string) => string,
): FoldedTarget | undefined {
  const path = targetPath(target)
  if (path !== undefined && known.has(path)) return { kind: 'folder', name: foldFile(path) }
  if (target.kind === 'package') return { kind: 'package', name: target.name }
  if (target.kind === 'builtin') return { kind: 'builtin', name: `node:${target.name}` }
  if (target.kind === 'workspace') return { kind: 'own', name: target.name }
  return undefined
}

function cycleReport({ files, circle }: ImportCycle): CycleReport {
  return {
    size: files.length,
    circle: circle.slice(0, MAX_CIRCLE).map(({ from, site }) => ({ file: from, line: site.line })),
  }
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

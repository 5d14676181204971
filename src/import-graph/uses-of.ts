/** Where a package is imported, and by which way a file comes to it. */
import type { ImportGraph, ResolvedImport } from '#model/imports'
import { fileSteps } from './edges.ts'
import { shortestWay } from './shortest-way.ts'

/** An import and the file in which it stands. */
export interface PlacedImport {
  file: string
  site: ResolvedImport
}

/** Whether an import leads to the package of this name, one of the project's own, or, with `node:`, a part of Node. */
export function leadsTo({ target }: ResolvedImport, name: string): boolean {
  if (target.kind === 'package' || target.kind === 'workspace') return target.name === name
  return target.kind === 'builtin' && `node:${target.name}` === name
}

/** Each import of a package, by file and line. */
export function usesOf({ files }: Pick<ImportGraph, 'files'>, name: string): PlacedImport[] {
  return files.flatMap(({ path, imports }) =>
    imports.filter((site) => leadsTo(site, name)).map((site) => ({ file: path, site })),
  )
}

/** The fewest imports that lead from a file to a package, the last of them that of the package itself. */
export function wayTo(
  graph: Pick<ImportGraph, 'files'>,
  start: string,
  name: string,
): PlacedImport[] | undefined {
  const steps = fileSteps(graph)
  const placed = usesOf(graph, name).map(({ file, site }) => [file, { to: '', from: file, site }] as const)
  // Of several in a file the first.
  const uses = new Map(placed.toReversed())
  const way = shortestWay(
    start,
    (file) => {
      const use = uses.get(file)
      return use === undefined ? (steps.get(file) ?? []) : [use]
    },
    ({ to }) => to === '',
  )
  return way?.map(({ from, site }) => ({ file: from, site }))
}

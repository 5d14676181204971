/** The order in which folders are shown: what is imported before what imports it, as far as nothing goes round. */
import type { ImportFolder, ImportTie } from '#model/imports-report'
import { components } from './components.ts'

/**
 * Sorts the folders, and marks the ties that go round. Imports of types alone give way to all others; within a circle
 * the folder that is imported more than it imports comes first.
 */
export function orderFolders(folders: readonly ImportFolder[], ties: readonly ImportTie[]): ImportFolder[] {
  const within = ties.filter(({ kind }) => kind === 'folder')
  const running = within.filter(({ imports, typeOnly }) => imports > typeOnly)
  const paths = folders.map(({ path }) => path).toSorted()
  const groups = groupsOf(paths, running)
  const groupOf = new Map(groups.flatMap((group, at) => group.map((path) => [path, at] as const)))
  for (const tie of running) tie.round = groupOf.get(tie.from) === groupOf.get(tie.to)

  const weight = new Map<string, number>()
  for (const { from, to, imports, typeOnly } of within) {
    const more = imports * 2 - typeOnly
    weight.set(from, (weight.get(from) ?? 0) + more)
    weight.set(to, (weight.get(to) ?? 0) - more)
  }
  const byWeight = (a: string, b: string): number =>
    (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || compare(a, b)
  const byPath = new Map(folders.map((folder) => [folder.path, folder]))
  // What only types hold together is one group here, and parted by what runs.
  return groupsOf(paths, within)
    .flatMap((wide) => groupsOf(wide.toSorted(), running).flatMap((group) => group.toSorted(byWeight)))
    .flatMap((path) => byPath.get(path) ?? [])
}

/** By code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function groupsOf(paths: readonly string[], ties: readonly ImportTie[]): string[][] {
  const wanted = new Set(paths)
  const leads = new Map(paths.map((path): [string, string[]] => [path, []]))
  for (const { from, to } of ties) if (wanted.has(to)) leads.get(from)?.push(to)
  return components(paths, (path) => (leads.get(path) ?? []).toSorted())
}

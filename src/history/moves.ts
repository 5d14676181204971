/** Which packages move from one run to the next, and how often they did over the runs that are kept. */
import type { RunReport } from '#model/run-report'

/** Room for the names of a run, in bytes of JSON: they stand in its head, which is read without the rest. */
const MOST_NAME_BYTES = 4096

/**
 * Names of the packages that had another version than in the run that this one was compared with, sorted. Undefined where
 * there was none, and where so much has moved that it says nothing of any one of them.
 */
export function movedNames({ audit }: Pick<RunReport, 'audit'>): string[] | undefined {
  if (audit?.comparison === undefined) return undefined
  const updated = audit.comparison.packages.filter(({ type }) => type === 'updated')
  const names = [...new Set(updated.map(({ name }) => name))].toSorted()
  return Buffer.byteLength(JSON.stringify(names)) > MOST_NAME_BYTES ? undefined : names
}

/** In how many runs each name has moved. */
export function countMoves(runs: readonly { moved?: readonly string[] }[]): Map<string, number> {
  const moves = new Map<string, number>()
  for (const { moved = [] } of runs) for (const name of moved) moves.set(name, (moves.get(name) ?? 0) + 1)
  return moves
}

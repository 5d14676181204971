/** What the stored runs of a project know of packages that move often. */
import { listRuns } from '#history/history-folder'
import { countMoves } from '#history/moves'
import type { Warning } from '#model/run-report'
import { leftOutWarnings, openHistory } from './audit-history.ts'
import type { HistoryPlace } from './audit-history.ts'

/** In how many of the kept runs each name has moved; nothing where there is no history. Never rejects for what is stored. */
export async function keptMoves(
  place: HistoryPlace,
  rootName: string,
): Promise<{ moves: Map<string, number>; warnings: Warning[] }> {
  const opened = await openHistory(place)
  if ('refused' in opened) {
    const message = `The history ${opened.refused}, so that nothing is known of packages that change often.`
    return { moves: new Map(), warnings: [{ code: 'history-off', message }] }
  }
  const { entries, leftOut } = await listRuns(opened.folder)
  const own = entries.map(({ head }) => head).filter(({ project }) => project === rootName)
  return { moves: countMoves(own), warnings: leftOutWarnings(leftOut) }
}

/** Says which stored runs may go: by their number and their age, and by what of both has the last word. */
import type { HistoryPolicy } from '#model/policy'
import { readRunName } from './run-name.ts'

const DAY_MS = 86_400_000

/**
 * Those of the names (of runs, in any order) that need not be kept. `more` drops what is beyond both limits, `fewer` what
 * is beyond either. The newest run stays whatever the clock says; `now` is epoch milliseconds.
 */
export function namesToDrop(
  names: readonly string[],
  { runs, days, keep }: HistoryPolicy,
  now: number,
): string[] {
  const newestFirst = names.toSorted().toReversed()
  return newestFirst.filter((name, index) => {
    const found = readRunName(name)
    if (index === 0 || found === undefined) return false
    const isBeyond = index >= runs
    const isOld = now - found.at > days * DAY_MS
    return keep === 'more' ? isBeyond && isOld : isBeyond || isOld
  })
}

/** Reads durations as people write them: `500ms`, `3s`, `5m`, `24h`, `3d`, `2y`. */

/** What a duration looks like; its source goes into the published JSON schema. */
export const DURATION = /^([0-9]{1,9})(ms|s|m|h|d|y)$/

const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['y', 365 * 86_400_000],
])

/** Milliseconds, or undefined if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const [, count = '', unit = ''] = DURATION.exec(text) ?? []
  const factor = MILLISECONDS.get(unit)
  return factor === undefined ? undefined : Number(count) * factor
}

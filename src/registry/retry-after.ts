/** Reads `Retry-After` without believing everything it says. */

/** Longest pause a registry may ask for, milliseconds. */
export const MAX_PAUSE_MS = 60_000

const SECONDS = /^\d{1,20}$/
/** Only the one date format a server may still send; `Date.parse` alone would read `-5` as a month. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Milliseconds to wait, at most {@link MAX_PAUSE_MS}; undefined for an absent or unreadable value.
 * `now` is epoch milliseconds, for the date form; a date in the past is 0.
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? ''
  const ms = SECONDS.test(text)
    ? Number(text) * 1000
    : HTTP_DATE.test(text)
      ? Date.parse(text) - now
      : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_PAUSE_MS)
}

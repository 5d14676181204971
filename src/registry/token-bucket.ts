/** Spreads requests over time: so many a second, with a small burst. */

/** Takes one token at `at` (monotonic milliseconds) and says how many milliseconds to wait before using it. */
export type TokenBucket = (at: number) => number

/** A bucket of `perSecond` tokens a second that lets a tenth of a second's worth through at once. */
export function createTokenBucket(perSecond: number): TokenBucket {
  const interval = 1000 / perSecond
  const burst = Math.max(1, Math.ceil(perSecond / 10))
  let next = Number.NEGATIVE_INFINITY
  return (at) => {
    next = Math.max(next, at - (burst - 1) * interval)
    const wait = Math.max(0, next - at)
    next += interval
    return wait
  }
}

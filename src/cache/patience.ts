/** Patience: how long a run waits for something it can do without, in all and not each time anew. */

/** A budget of waiting. */
export interface Patience {
  /** The promise's value, or undefined once patience has come to an end; rejects as the promise does. */
  wait<T>(promise: Promise<T>): Promise<T | undefined>
  /** Gives a little more, in milliseconds, to whoever delivers. */
  earn(ms: number): void
  /** What is left of it, in milliseconds. */
  left(): number
}

/** What patience is made of. */
export interface PatienceOptions {
  /** Milliseconds of waiting in all. */
  ms: number
  /** Monotonic milliseconds. */
  clock: () => number
  /** Called once, when it has come to an end. */
  onEnd: () => void
}

/** The clock is looked at this often, in milliseconds. */
const STEP_MS = 20

/**
 * Time counts once, however many wait at once, and only as long as this thread could have taken an answer: a step that
 * took longer was spent on other work, while which the answer may long have been there.
 */
export function createPatience({ ms, clock, onEnd }: PatienceOptions): Patience {
  let left = ms
  let waiting = 0
  let since = 0
  let timer: NodeJS.Timeout | undefined
  let ended = false
  let giveUp: ((value: undefined) => void) | undefined
  const end = new Promise<undefined>((resolve) => (giveUp = resolve))

  function spend(): void {
    const now = clock()
    left -= Math.min(now - since, STEP_MS)
    since = now
    if (left > 0 || ended) return
    ended = true
    onEnd()
    giveUp?.(undefined)
  }

  function step(): void {
    spend()
    if (!ended) timer = setTimeout(step, STEP_MS)
  }

  return {
    async wait(promise) {
      if (waiting++ === 0) {
        since = clock()
        timer = setTimeout(step, STEP_MS)
      }
      try {
        return await Promise.race([promise, end])
      } finally {
        if (--waiting === 0) {
          clearTimeout(timer)
          spend()
        }
      }
    },
    earn(more) {
      left += more
    },
    left: () => Math.max(0, left),
  }
}

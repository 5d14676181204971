/** Waits on the clock, and stops waiting the moment a signal aborts. */

/** Waits `ms` milliseconds or until the signal aborts, whichever comes first; never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>

/** The real {@link Sleep}: its timer is gone as soon as it resolves, so it never keeps a process alive for longer. */
export const sleep: Sleep = async (ms, signal) => {
  if (ms <= 0 || signal.aborted) return
  await new Promise<void>((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake, { once: true })
  })
}

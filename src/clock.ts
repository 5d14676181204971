/** The clock of the deadline: monotonic, and the same in every thread of the process. */

/** Milliseconds since an arbitrary moment; never jumps when somebody sets the time. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}

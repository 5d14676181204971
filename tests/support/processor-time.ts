/** Measures how much work something is, on a machine that stands still now and then. */

/** Milliseconds of processor time that the work takes, of all threads of this process. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Preloaded into a measured process: at its end it writes the processor time of all its threads to a file. */
import { writeFileSync } from 'node:fs'

const file = process.env.DEPGATE_BENCH_CPU
// Workers inherit the hook, and the process speaks for them.
const { isMainThread } = await import('node:worker_threads')
if (isMainThread && file !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(file, String(user + system))
  })
}

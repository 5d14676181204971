/**
 * Many runs of the library in one process: `node --expose-gc growth.mjs <project> <runs> [refresh]`
 *
 * With `refresh` each run asks npm and the registry again, in a worker of its own, as if there were no cache.
 * Prints, as JSON, the heap after a collection and the resident memory in MiB after every tenth run.
 */
import { run } from '../dist/bundle/index.js'

const EVERY = 10
const [project = '.', runs = '200', how] = process.argv.slice(2)
const heap = []
const resident = []
for (let at = 1; at <= Number(runs); at += 1) {
  const outcome = await run({ project, deadline: '60s', refresh: how === 'refresh' })
  if (outcome.kind !== 'report') throw new Error(`no report in run ${at}: ${JSON.stringify(outcome)}`)
  if (at % EVERY !== 0) continue
  await new Promise((done) => setTimeout(done, 5)) // workers that are ending end first
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  heap.push(heapUsed / 2 ** 20)
  resident.push(rss / 2 ** 20)
}
console.log(JSON.stringify({ every: EVERY, heap, resident }))

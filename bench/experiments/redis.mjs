/** Warm from a shared Redis alone: the disk cache is thrown away before each run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { hasRedis, startRedis } from '../redis-server.mjs'
import { measureTogether, named } from '../together.mjs'

const TIER = resolve(import.meta.dirname, '../../dist/cache/redis-store.js')
const DISK = 'depgate, warm from disk'
const REDIS = 'depgate, warm from Redis'
/** Most runs, each without anything on disk, until Redis has everything. */
const FLEET = 5

/** Needs a redis-server on this machine. */
export async function redis(bench) {
  const title = 'Redis warm, disk cold, 2,297 packages'
  if (!existsSync(TIER)) return { title, goals: [], skipped: 'this build has no Redis tier' }
  if (!hasRedis()) return { title, goals: [], skipped: 'there is no redis-server on this machine' }
  const folder = bench.corpus('p2297-ghostfolio')
  const policyFile = join(folder, 'depgate.config.json')
  const policy = readFileSync(policyFile, 'utf8')
  const server = await startRedis()
  const project = await openProject(folder, { latency: 20 })
  const shared = {
    DEPGATE_REDIS_URL: server.url,
    DEPGATE_CACHE_KEY: 'a key for the bench alone, of more than 32 bytes',
  }
  try {
    const tier = { redis: { url: 'env:DEPGATE_REDIS_URL', mode: 'read-write' } }
    writeFileSync(policyFile, JSON.stringify({ ...JSON.parse(policy), cache: tier }))
    // A machine that is busy may not get all it fetched into Redis within its patience: the next one brings the rest.
    let requests = 1
    for (let fleet = 0; fleet < FLEET && requests > 0; fleet += 1) {
      project.forget()
      ;({ requests } = project.report([], shared).run.network)
    }
    if (requests > 0) throw new Error(`not warm from Redis after ${FLEET} runs: ${requests} requests`)
    const kept = ['--cache-dir', join(project.home, 'kept')]
    project.report(kept, shared)
    project.report(kept, shared)
    const measured = await measureTogether(
      [
        { name: DISK, kind: 'ours', command: project.depgate(kept, shared) },
        { name: REDIS, kind: 'ours', command: project.depgate([], shared), prepare: project.forget },
      ],
      bench.runs,
    )
    const allowed = 1.3 * named(measured, DISK).seconds.median + 0.1
    const ratio = named(measured, REDIS).seconds.median / allowed
    return { title, measured, goals: [goal(title, '1.3 x warm from disk + 100 ms', ratio, 1)] }
  } finally {
    writeFileSync(policyFile, policy)
    project.close()
    server.close()
  }
}

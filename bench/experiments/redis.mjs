/** Warm from a shared Redis alone: the disk cache is thrown away before each run. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
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
  if (!hasServer()) return { title, goals: [], skipped: 'there is no redis-server on this machine' }
  const folder = bench.corpus('p2297-ghostfolio')
  const policyFile = join(folder, 'depgate.config.json')
  const policy = readFileSync(policyFile, 'utf8')
  const port = await freePort()
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  )
  const project = await openProject(folder, { latency: 20 })
  const shared = {
    DEPGATE_REDIS_URL: `redis://127.0.0.1:${port}`,
    DEPGATE_CACHE_KEY: 'a key for the bench alone, of more than 32 bytes',
  }
  try {
    const tier = { redis: { url: 'env:DEPGATE_REDIS_URL', mode: 'read-write' } }
    writeFileSync(policyFile, JSON.stringify({ ...JSON.parse(policy), cache: tier }))
    await reachable(port)
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
    server.kill()
  }
}

function hasServer() {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** Waits until the server answers, at most five seconds. */
async function reachable(port) {
  for (let at = 0; at < 50; at += 1) {
    try {
      execFileSync('redis-cli', ['-p', String(port), 'ping'], { stdio: 'ignore' })
      return
    } catch {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  throw new Error('redis-server did not start')
}

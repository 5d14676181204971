/** A project of every verdict beside a Redis that its runs share, and what one run on an empty Redis leaves there. */
import { expect } from 'vitest'
import type { RunReport } from '#model/run-report'
import { judgementOf } from './judgement.ts'
import { disagree, mixedProject } from './mixed-project.ts'
import { startRedis } from './redis-server.ts'
import type { RedisServer } from './redis-server.ts'
import { startScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** Other tests may keep both processors busy; what a deadline does is not the question here. */
export const PATIENT = ['--deadline', '2m', '--no-cache']
/** What the runs seal their records with. */
export const KEY = 'the key of a fleet of CI machines'

/** Everything of it; `close` removes it. */
export interface SharedCache {
  scenario: Scenario
  redis: RedisServer
  /** A run without Redis. */
  honest: { code: number | null; report: RunReport }
  /** Runs with Redis alone behind the memory, and fails unless the judgement is the honest one. */
  run: (env?: Record<string, string>, args?: string[]) => Promise<SharedRun>
  /** Leaves in a Redis what a run on an empty one has left there, without another run. */
  fill: (server?: RedisServer) => Promise<void>
  close: () => Promise<void>
}

/** What may differ from run to run. */
export interface SharedRun extends Pick<RunReport['run'], 'cache'>, Pick<RunReport, 'warnings'> {
  /** What the registry was asked for, in order of its name. */
  asked: (string | undefined)[]
  report: RunReport
}

/** Starts both, with an empty Redis. */
export async function startSharedCache(): Promise<SharedCache> {
  const project = mixedProject()
  const cache = { redis: { url: 'env:DEPGATE_REDIS_URL' } }
  const scenario = await startScenario({ ...project, policy: { ...project.policy, cache } })
  disagree(scenario)
  const honest = await scenario.json(PATIENT)
  const redis = await startRedis()

  const run = async (env: Record<string, string> = {}, args = PATIENT): Promise<SharedRun> => {
    const before = scenario.registry.requests.length
    const { code, stderr, report } = await scenario.json(args, {
      env: { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: redis.url, ...env },
    })
    expect(code).toBe(honest.code)
    expect(stderr).toBe('')
    expect(judgementOf(report)).toEqual(judgementOf(honest.report))
    const asked = scenario.registry.asked().slice(before).toSorted(compare)
    return { asked, cache: report.run.cache, warnings: report.warnings, report }
  }

  const filled = await leftBehind(redis, run)
  return {
    scenario,
    redis,
    honest,
    run,
    async fill({ client } = redis) {
      for (const { name, value, ttl } of filled) await client.set(name, value, 'PX', ttl)
    },
    async close() {
      await redis.close()
      await scenario.close()
    },
  }
}

/** Everything that a run has left in Redis, which is empty then again. */
async function leftBehind({ client }: RedisServer, run: () => Promise<SharedRun>) {
  // On a busy machine it may have lost its patience.
  for (let tries = 0; tries < 3 && (await run()).warnings.length > 0; tries++);
  const filled: { name: string; value: Buffer; ttl: number }[] = []
  for (const name of await client.keys('*')) {
    const value = await client.getBuffer(name)
    filled.push({ name, value: value ?? Buffer.alloc(0), ttl: await client.pttl(name) })
  }
  await client.flushall()
  return filled
}

/** What warnings are about. */
export function codes(warnings: readonly { code: string }[]): string[] {
  return warnings.map(({ code }) => code)
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A registry that fails in every way it can: exit code, time and memory of the whole program for each. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startFakeRegistry } from '../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../support/fake-registry.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** The product's own promise: 10 s, and half a second for the process to end. */
const WALL_MS = 10_500
const MEMORY_MB = 512

const PACKAGES = Array.from({ length: 40 }, (_, at) => ({ name: `p${at}`, version: '1.0.0', license: 'MIT' }))

let scenario: Scenario
let elsewhere: FakeRegistry

const startAnother = (): Promise<Scenario> =>
  startScenario({
    dependencies: Object.fromEntries(PACKAGES.map(({ name }) => [name, '^1.0.0'])),
    packages: PACKAGES,
  })

beforeAll(async () => {
  scenario = await startAnother()
  elsewhere = await startFakeRegistry()
  for (const { name, version, license } of PACKAGES) elsewhere.publish(name, version, { license })
})
afterAll(async () => {
  await scenario.close()
  await elsewhere.close()
})
beforeEach(() => {
  scenario.registry.recover()
  scenario.registry.requests.length = 0
})

interface Case {
  name: string
  behaviour: () => Behaviour
  /** Concerns one package only. */
  one?: boolean
  /** How long it takes depends on the time that there is. */
  lasts?: boolean
  times?: number
  exit: 0 | 1 | 3
  /** Code or words that the report must name. */
  says?: RegExp
}

/** Where a run does nothing but wait, which it can do beside others. */
const WAITING: Case[] = [
  {
    name: 'hangs',
    behaviour: () => ({ type: 'hang' }),
    lasts: true,
    exit: 3,
    says: /timeout|deadline|breaker-open/,
  },
  {
    name: 'drips one byte every 200 ms',
    behaviour: () => ({ type: 'drip' }),
    lasts: true,
    exit: 3,
    says: /timeout|deadline|breaker-open/,
  },
  {
    name: 'answers 429 for ever',
    behaviour: () => ({ type: 'status', status: 429 }),
    lasts: true,
    exit: 3,
    says: /throttled|deadline/,
  },
]

const CASES: Case[] = [
  {
    name: 'answers 503 to everybody',
    behaviour: () => ({ type: 'status', status: 503 }),
    exit: 3,
    says: /server-error|breaker-open/,
  },
  {
    name: 'answers 503 for one package of 40',
    behaviour: () => ({ type: 'status', status: 503 }),
    one: true,
    exit: 3,
    says: /server-error/,
  },
  {
    name: 'answers 429 once, then well',
    behaviour: () => ({ type: 'status', status: 429, headers: { 'retry-after': '1' } }),
    times: 1,
    exit: 0,
  },
  {
    name: 'answers 503 once, then well',
    behaviour: () => ({ type: 'status', status: 503 }),
    times: 1,
    exit: 0,
  },
  {
    name: 'answers 503 to the first seventeen, then well',
    behaviour: () => ({ type: 'status', status: 503 }),
    times: 17,
    exit: 0,
  },
  { name: 'resets once, then is well', behaviour: () => ({ type: 'reset' }), times: 1, exit: 0 },
  {
    name: 'answers 429 for ever, and asks to wait a day',
    behaviour: () => ({ type: 'status', status: 429, headers: { 'retry-after': '86400' } }),
    lasts: true,
    exit: 3,
    says: /throttled|deadline/,
  },
  {
    name: 'answers with another package',
    behaviour: () => ({ type: 'body', body: '{"name":"other","version":"1.0.0","license":"MIT"}' }),
    exit: 3,
    says: /wrong-package/,
  },
  {
    name: 'answers with another version',
    behaviour: () => ({ type: 'body', body: '{"name":"p0","version":"2.0.0","license":"MIT"}' }),
    one: true,
    exit: 3,
    says: /wrong-package/,
  },
  {
    name: 'answers with HTML',
    behaviour: () => ({ type: 'body', body: '<html>' }),
    exit: 3,
    says: /malformed/,
  },
  {
    name: 'answers with null',
    behaviour: () => ({ type: 'body', body: 'null' }),
    exit: 3,
    says: /malformed/,
  },
  {
    name: 'answers with nothing',
    behaviour: () => ({ type: 'body', body: '' }),
    exit: 3,
    says: /malformed|truncated/,
  },
  {
    name: 'cuts gzip short',
    behaviour: () => ({ type: 'truncated-gzip' }),
    exit: 3,
    says: /truncated|breaker-open/,
  },
  {
    name: 'cuts the length short',
    behaviour: () => ({ type: 'truncated-length' }),
    exit: 3,
    says: /truncated|breaker-open/,
  },
  {
    name: 'cuts a chunked body short',
    behaviour: () => ({ type: 'truncated-chunked' }),
    exit: 3,
    says: /truncated|breaker-open/,
  },
  {
    name: 'sends 400 MB after decompression',
    behaviour: () => ({ type: 'gzip-bomb' }),
    lasts: true,
    exit: 3,
    says: /too-large/,
  },
  {
    name: 'redirects to another host that answers MIT',
    behaviour: () => ({ type: 'redirect', to: `${elsewhere.url}p0/1.0.0` }),
    exit: 3,
    says: /redirected/,
  },
  {
    name: 'floods with 103',
    behaviour: () => ({ type: 'informational-flood' }),
    lasts: true,
    exit: 3,
    says: /timeout|deadline|breaker-open/,
  },
  {
    name: 'wants a login',
    behaviour: () => ({ type: 'status', status: 401 }),
    exit: 3,
    says: /unauthorized/,
  },
  {
    name: 'answers 204',
    behaviour: () => ({ type: 'status', status: 204 }),
    exit: 3,
    says: /unexpected-status/,
  },
  {
    name: 'answers 304 unasked',
    behaviour: () => ({ type: 'status', status: 304 }),
    exit: 3,
    says: /unexpected-status/,
  },
  {
    name: 'answers 404 for one package',
    behaviour: () => ({ type: 'status', status: 404 }),
    one: true,
    exit: 1,
    says: /not-found/,
  },
]

async function expectHeld({ registry, json }: Scenario, { behaviour, one, lasts, times, exit, says }: Case) {
  registry.behave(behaviour(), {
    ...(one && { package: 'p0' }),
    ...(times !== undefined && { times }),
  })
  const result = await json(['--no-cache'], { measureMemory: true, onTheClock: lasts === true })
  expect(result.report.warnings.map(({ code }) => code)).not.toContain('run-stopped')
  expect(result.code).toBe(exit)
  expect(result.wallMs).toBeLessThan(WALL_MS)
  expect(result.peakMb).toBeLessThan(MEMORY_MB)
  if (says !== undefined) expect(failureCodes(result.report)).toMatch(says)
  if (one)
    expect(result.report.packages.filter((entry) => entry.verdict === 'pass')).toHaveLength(
      PACKAGES.length - 1,
    )
  expect(elsewhere.requests).toEqual([])
  for (const { name } of PACKAGES) {
    expect(registry.asked().filter((id) => id === `${name}@1.0.0`).length).toBeLessThanOrEqual(3)
  }
}

describe.concurrent('a registry that', () => {
  test.for(WAITING)('$name', async (fault, { onTestFinished }) => {
    const own = await startAnother()
    onTestFinished(() => own.close())
    await expectHeld(own, fault)
  })
})

describe('a registry that', () => {
  test.for(CASES)('$name', (fault) => expectHeld(scenario, fault))

  test('is closed', async () => {
    const result = await scenario.json(['--no-cache'], {
      registry: 'http://127.0.0.1:9/',
      measureMemory: true,
    })
    expect(result.code).toBe(3)
    expect(result.wallMs).toBeLessThan(WALL_MS)
    expect(failureCodes(result.report)).toMatch(/unreachable|breaker-open/)
  })

  test('is plain http off this machine is not asked at all', async () => {
    const result = await scenario.json(['--no-cache'], { registry: 'http://registry.example/' })
    expect(result.code).toBe(3)
    expect(failureCodes(result.report)).toBe('insecure-registry')
    expect(result.report.run.network.requests).toBe(0)
  })

  test('recovers: what was obtained before is kept, the next run asks only for the rest', async () => {
    scenario.registry.behave({ type: 'status', status: 500 }, { package: 'p7' })
    const first = await scenario.json()
    expect(first.code).toBe(3)
    scenario.registry.recover()
    scenario.registry.requests.length = 0
    const second = await scenario.json()
    expect(second.code).toBe(0)
    expect(scenario.registry.asked()).toEqual(['p7@1.0.0'])
  })
})

function failureCodes(report: { packages: { claims: { failure?: { code: string } }[] }[] }): string {
  const codes = report.packages.flatMap(({ claims }) => claims.map(({ failure }) => failure?.code ?? ''))
  return [...new Set(codes)].filter(Boolean).toSorted().join(' ')
}

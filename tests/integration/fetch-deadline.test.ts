/** `depgate fetch` keeps its deadline, and what it has by then is not asked for again. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { mit, startCheckout } from '../support/checkout.ts'
import type { Checkout } from '../support/checkout.ts'
import { publishAll } from '../support/project.ts'
import type { FakeProject } from '../support/project.ts'
import { deadlineOf } from '../support/slowness.ts'

let scenario: Checkout
afterEach(() => scenario?.close())

/** What hangs is cut off by the deadline alone, which leaves the rest time enough. */
const PATIENT = { licenses: { allow: ['MIT'] }, network: { timeout: '60s' } }

async function checkout(definition: FakeProject): Promise<void> {
  scenario = await startCheckout({ policy: PATIENT, ...definition })
}

test('what came in time is kept, and the next run goes on from there', async () => {
  const packages = Array.from({ length: 29 }, (_, at) => mit(`p${at}`, '1.0.0'))
  await checkout({ dependencies: Object.fromEntries(packages.map(({ name }) => [name, '*'])), packages })
  for (const { name } of packages.slice(19)) scenario.registry.behave({ type: 'hang' }, { package: name })
  const { flag, endsWithinMs } = deadlineOf(6)
  const first = await scenario.fetch(flag)
  expect(first.code).toBe(3)
  expect(first.wallMs).toBeLessThan(endsWithinMs)
  expect(first.report).toMatchObject({ packages: 29, fetched: 19, left: 10, failed: [] })
  scenario.registry.recover()
  scenario.registry.requests.length = 0
  const second = await scenario.fetch()
  expect(second.code).toBe(0)
  expect(second.report).toMatchObject({ cached: 19, fetched: 10 })
  expect(new Set(scenario.registry.asked()).size).toBe(10)
  scenario.install(packages)
  await scenario.expectWarm()
})

test('look-ups that the deadline cut off are gone on with as well', async () => {
  const packages = [mit('a', '1.0.0'), mit('b', '1.0.0')]
  await checkout({ dependencies: { a: '^1.0.0', b: '^1.0.0' }, packages })
  publishAll(scenario.registry, [mit('a', '1.1.0'), mit('b', '1.1.0')])
  scenario.registry.behave({ type: 'hang' }, { package: 'a' })
  scenario.registry.behave({ type: 'latency', ms: 0 }, { package: 'a@1.0.0' })
  const first = await scenario.fetch(['--ahead', ...deadlineOf(6).flag])
  expect(first.code).toBe(3)
  expect(first.report).toMatchObject({ fetched: 2, left: 1, unlooked: 1, ahead: ['b@1.1.0'] })
  scenario.registry.recover()
  scenario.registry.requests.length = 0
  const second = await scenario.fetch(['--ahead'])
  expect(second.code).toBe(0)
  expect(second.report.ahead).toEqual(['a@1.1.0', 'b@1.1.0'])
  expect(new Set(scenario.registry.asked())).toEqual(new Set(['a', 'a@1.1.0', 'b@1.1.0']))
})

test('a killed run keeps what it had half a second before', async () => {
  const packages = Array.from({ length: 9 }, (_, at) => mit(`p${at}`, '1.0.0'))
  await checkout({ dependencies: Object.fromEntries(packages.map(({ name }) => [name, '*'])), packages })
  scenario.registry.behave({ type: 'hang' }, { package: 'p8' })
  const killed = await scenario.depgate(['fetch', '--deadline', '2m'], {
    onStart: (pid) =>
      scenario.registry.onRequest(() => {
        if (scenario.registry.asked().length === packages.length) {
          setTimeout(() => process.kill(pid, 'SIGKILL'), 1000)
        }
      }),
  })
  expect(killed.signal).toBe('SIGKILL')
  scenario.registry.recover()
  expect((await scenario.fetch()).report).toMatchObject({ cached: 8, fetched: 1 })
})

test('a lockfile that takes longer to read than there is time is no reason to stay longer', async () => {
  await checkout({ dependencies: { a: '*' }, packages: [mit('a', '1.0.0')] })
  const entries = Array.from({ length: 99_000 }, (_, at) => {
    const dependencies = `{"p${(at * 7) % 99_000}":"^1.0.0","p${(at * 3) % 99_000}":"*"}`
    return `"node_modules/p${at}":{"version":"1.0.0","dependencies":${dependencies}}`
  })
  writeFileSync(
    join(scenario.project.folder, 'package-lock.json'),
    `{"lockfileVersion":3,"packages":{${entries.join()}}}`,
  )
  const { flag, endsWithinMs } = deadlineOf(2, 600)
  const { code, wallMs } = await scenario.depgate(['fetch', ...flag])
  expect(code).toBe(3)
  expect(wallMs).toBeLessThan(endsWithinMs)
})

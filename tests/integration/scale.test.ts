/** Ten thousand packages: inside the deadline or honestly incomplete, and never more memory than promised. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { generateTree } from '../support/tree.ts'

const COUNT = 10_000
const LOST_AT_MOST = 300

let scenario: Scenario

// Ten thousand packages take a slow machine a minute and more, after the run that is cut off.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  scenario = await startScenario(generateTree(COUNT))
})
afterAll(() => scenario.close())

test('a cold run ends in time and says exactly what it did not get to; runs after it finish the tree', async () => {
  const cold = await scenario.json([], { measureMemory: true, onTheClock: true })
  console.log(`cold: exit ${cold.code}, ${Math.round(cold.wallMs)} ms, peak ${Math.round(cold.peakMb)} MiB`)
  expect(cold.wallMs).toBeLessThan(10_000)
  expect(cold.peakMb).toBeLessThan(512)
  expect(cold.report.coverage.total).toBe(COUNT)
  expect([0, 3]).toContain(cold.code)
  expect(cold.code === 0).toBe(cold.report.coverage.incomplete === 0 && cold.report.findings.length === 0)

  const warm = await scenario.json(['--deadline', '2m'], { measureMemory: true })
  console.log(`warm: exit ${warm.code}, ${Math.round(warm.wallMs)} ms, peak ${Math.round(warm.peakMb)} MiB`)
  expect(warm.code).toBe(0)
  expect(warm.peakMb).toBeLessThan(512)
  const { incomplete } = cold.report.coverage
  console.log(`cut off: ${incomplete} incomplete, ${warm.report.run.network.requests} asked by the next run`)
  expect(warm.report.run.network.requests).toBeGreaterThanOrEqual(incomplete)
  // The deadline may cut off the answers of the last moment, however busy the machine is with other work.
  expect(warm.report.run.network.requests).toBeLessThanOrEqual(incomplete + LOST_AT_MOST)
  expect(warm.report.coverage).toMatchObject({ total: COUNT, judged: COUNT, incomplete: 0 })
})

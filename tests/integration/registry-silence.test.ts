/** A registry that keeps the client waiting for everything: it ends inside the budget, and nothing is believed. */
import { describe, expect, test } from 'vitest'
import { startFakeRegistry } from '../support/fake-registry.ts'
import type { Behaviour } from '../support/fake-registry.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { clientFor, codeOf, configFor, mapCache } from '../unit/registry/clients.ts'

const PACKAGES = 150
const BUDGET_MS = 10_000

// They wait, and can do that beside one another.
describe.concurrent('a registry that keeps waiting ends inside the budget and is never believed', () => {
  test.for<[name: string, behaviour: Behaviour | 'black-hole', says: RegExp, withinMs?: number]>([
    ['hangs', { type: 'hang' }, /timeout|breaker-open/],
    ['drips', { type: 'drip' }, /timeout|breaker-open/],
    ['429 for ever', { type: 'status', status: 429 }, /throttled|deadline/],
    ['a black hole in front of it', 'black-hole', /timeout|breaker-open/, BUDGET_MS],
  ])(
    '%s',
    { timeout: 30_000 },
    async ([, behaviour, says, withinMs = BUDGET_MS + 500], { onTestFinished }) => {
      const registry = await startFakeRegistry()
      onTestFinished(() => registry.close())
      for (let at = 0; at < PACKAGES; at++) registry.publish(`p${at}`, '1.0.0', { license: 'MIT' })
      let { url } = registry
      if (behaviour === 'black-hole') {
        const proxy = await startFaultProxy(registry.port, { type: behaviour })
        onTestFinished(() => proxy.close())
        url = `${proxy.origin}/`
      } else registry.behave(behaviour)

      const memory = process.memoryUsage.rss()
      let peak = memory
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10)
      onTestFinished(() => clearInterval(watch))
      const cache = mapCache()
      const before = performance.now()
      const client = await clientFor(configFor(url), { cache })
      onTestFinished(() => client.close())
      const outcomes = await Promise.all(
        Array.from({ length: PACKAGES }, (_, at) => client.manifest(`p${at}`, '1.0.0')),
      )
      for (const code of new Set(outcomes.map(codeOf))) expect(code).toMatch(says)
      expect(performance.now() - before).toBeLessThan(withinMs)
      expect((peak - memory) / 1024 / 1024).toBeLessThan(350)
      expect(cache.entries.size).toBe(0)
      const asked = registry.asked()
      for (const id of new Set(asked)) {
        expect(asked.filter((item) => item === id).length).toBeLessThanOrEqual(3)
      }
    },
  )
})

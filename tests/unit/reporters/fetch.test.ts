import { expect, test } from 'vitest'
import type { FetchReport } from '#model/fetch-report'
import { fetchJson, fetchReport } from '#reporters/fetch'

const REPORT: FetchReport = {
  schemaVersion: 1,
  tool: { name: 'depgate', version: '0.0.0' },
  packages: 3,
  cached: 1,
  fetched: 2,
  left: 0,
  failed: [],
  kept: true,
  durationMs: 1234,
  deadlineMs: 10_000,
  network: { requests: 2, retries: 0, failures: 0 },
  warnings: [],
}

function text(more: Partial<FetchReport>, quiet = false): string {
  return fetchReport({ ...REPORT, ...more }, { width: 80, color: false, quiet })
}

test('everything is there', () => {
  expect(text({})).toBe(
    'depgate  everything is in the cache: 3 packages, 2 fetched, 1 there already\n2 requests, 1.2 s of 10 s\n',
  )
  expect(text({}, true).split('\n')).toHaveLength(2)
})

test('what upgrades would bring, three by name', () => {
  expect(text({ ahead: ['a@1.0.0', 'b@1.0.0', 'c@1.0.0', 'd@1.0.0'], unlooked: 0, beyond: 0 })).toContain(
    '\nahead    upgrades would bring a@1.0.0, b@1.0.0, c@1.0.0 and 1 more\n',
  )
  expect(text({ ahead: [], unlooked: 0, beyond: 7 })).toContain(
    'no upgrade is known; 7 more than one run looks at',
  )
})

test('failures are told once a reason, with three names, and without harm', () => {
  const failed = Array.from({ length: 1000 }, (_, at) => ({
    id: `p${at}@1.0.0\u001b[2J`,
    code: 'unreachable' as const,
    message: 'It is down.\u202e',
    fix: 'Run again.',
  }))
  const said = text({ failed, packages: 1003 })
  expect(said.replaceAll(/\s+/g, ' ')).toContain(
    'incomplete: 3 of 1003 packages, 2 fetched, 1 there already failed p0@1.0.0\ufffd[2J, p1@1.0.0\ufffd[2J, p2@1.0.0\ufffd[2J and 997 more: It is down.\ufffd Run again.',
  )
  expect(said.split('\n').length).toBeLessThan(8)
  const several = failed.map(({ id, code }, at) => ({ id, code, message: `Reason ${at}.` }))
  expect(text({ failed: several })).toContain('There are further reasons: see --format json.')
})

test.each<[string, Partial<FetchReport>, RegExp]>([
  ['packages', { left: 1 }, /left +1 package when the time was over\. Run again/],
  ['direct dependencies', { unlooked: 1 }, /left +1 direct dependency to look up when the time was over/],
  ['both', { left: 2, unlooked: 2 }, /2 packages and 2 direct dependencies to look up/],
  ['the disk', { kept: false }, /not kept what was fetched did not reach the disk/],
])('%s left is incomplete, and what to do about it', (_, more, says) => {
  const said = text(more)
  expect(said).toMatch(/^depgate {2}incomplete/)
  expect(said).toMatch(says)
})

test('JSON is the report, safe to look at', () => {
  const failed = [{ id: 'a@1.0.0\u202e', code: 'not-found' as const, message: 'x' }]
  const json = fetchJson({ ...REPORT, failed })
  expect(JSON.parse(json)).toEqual({ ...REPORT, failed })
  expect(json).not.toContain('\u202e')
})

/** What a changed policy does differently is said key by key. */
import { describe, expect, test } from 'vitest'
import { policyDifferences } from '#config/compare-policies'

describe('a policy', () => {
  test.each<[what: string, before: unknown, after: unknown, said: string[]]>([
    ['is the same in another order', { a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }, []],
    [
      'gets and loses entries',
      { licenses: { allow: ['MIT', 'ISC'] } },
      { licenses: { allow: ['AGPL-3.0-only', 'MIT'] } },
      ['licenses.allow gets "AGPL-3.0-only" and loses "ISC"'],
    ],
    [
      'has its entries in another order',
      { allow: ['a', 'b'] },
      { allow: ['b', 'a'] },
      ['allow has its entries in another order'],
    ],
    [
      'changes a value',
      { packages: { deprecated: 'deny' } },
      { packages: { deprecated: 'off' } },
      ['packages.deprecated is "off", and was "deny"'],
    ],
    [
      'fails the run later, and ignores more',
      { advisories: { level: 'high', ignore: [] } },
      { advisories: { level: 'critical', ignore: [{ id: 'GHSA-1' }] } },
      ['advisories.ignore gets {"id":"GHSA-1"}', 'advisories.level is "critical", and was "high"'],
    ],
    ['sets a key', {}, { deadline: '10s' }, ['deadline is set to "10s", and was not set before']],
    ['leaves a key out', { deadline: '10s' }, {}, ['deadline is not set any more; it was "10s"']],
    ['has a list for a word', { allow: 'x' }, { allow: ['x'] }, ['allow is ["x"], and was "x"']],
  ])('%s', (_what, before, after, said) => {
    expect(policyDifferences(before, after)).toEqual(said)
  })
})

test('long values are cut, and so is a long list of differences', () => {
  const [long] = policyDifferences({}, { a: 'x'.repeat(500) })
  expect(long?.length).toBeLessThan(200)
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key${index}`, 1]))
  const said = policyDifferences({}, many)
  expect(said).toHaveLength(51)
  expect(said.at(-1)).toBe('10 more keys are different')
})

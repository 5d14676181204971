import { entryProblems, parseBaseline, printBaseline } from '#config/baseline-file'
import { readJson } from '#config/json-source'
import type { BaselineEntry } from '#model/baseline'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const ENTRY: BaselineEntry = {
  rule: 'license-not-allowed',
  package: 'foo',
  license: 'AGPL-3.0-only',
  since: '2026-11-21',
  reason: 'there before',
}

function read(content: unknown) {
  return readText(typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
}

function readText(text: string) {
  const json = readJson(text, { comments: false })
  if (!json.ok) throw new Error(json.problem.message)
  return parseBaseline(json.source, 'depgate.baseline.json')
}

const file = (...findings: object[]) => ({ schemaVersion: 1, findings })

test('what is printed is read back, in one order whatever it was', () => {
  const others: BaselineEntry[] = [
    { rule: 'package-duplicate', package: 'a', since: '2026-11-21', reason: 'r', expires: '2027-01-01' },
    { ...ENTRY, license: 'GPL-2.0-only' },
  ]
  const text = printBaseline([ENTRY, ...others])
  expect(printBaseline([...others, ENTRY])).toBe(text)
  expect(text.endsWith('}\n')).toBe(true)
  const result = readText(text)
  if (!result.ok) throw new Error('not read')
  expect(result.entries.map(({ package: name, license }) => [name, license])).toEqual([
    ['a', undefined],
    ['foo', 'AGPL-3.0-only'],
    ['foo', 'GPL-2.0-only'],
  ])
  expect(result.entries[0]?.location).toEqual({ file: 'depgate.baseline.json', line: 4 })
})

test('one entry less is only its lines less', () => {
  const b = { ...ENTRY, package: 'goo' }
  const before = printBaseline([ENTRY, b, { ...ENTRY, package: 'hoo' }]).split('\n')
  const after = printBaseline([ENTRY, { ...ENTRY, package: 'hoo' }]).split('\n')
  const start = before.findIndex((line) => line.includes('"goo"')) - 2
  before.splice(start, 7)
  expect(after).toEqual(before)
})

test('any words survive, and none of them can hide or move what stands around them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), (words) => {
      const text = printBaseline([{ ...ENTRY, license: words }])
      expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]/u)
      const result = readText(text)
      expect(result.ok && result.entries[0]?.license).toBe(words)
    }),
  )
})

describe('is refused, with place', () => {
  test.each<[string, unknown, number, string, RegExp]>([
    ['a newer schema', { schemaVersion: 2, findings: [], more: 1 }, 2, 'schemaVersion', /newer depgate/],
    ['no schema', { findings: [] }, 1, 'schemaVersion', /missing/],
    ['schema 0', { schemaVersion: 0, findings: [] }, 2, 'schemaVersion', /must be 1/],
    ['an unknown key', { ...file(), version: 1 }, 4, 'version', /not a key/],
    ['an unknown key in an entry', file({ ...ENTRY, versoin: '1' }), 10, 'findings[0].versoin', /not a key/],
    ['a list', [], 1, '', /must be an object/],
    ['findings that are no list', { schemaVersion: 1, findings: {} }, 3, 'findings', /must be a list/],
    [
      'a rule that cannot be known',
      file({ ...ENTRY, rule: 'integrity-mismatch' }),
      5,
      'findings[0].rule',
      /not a rule/,
    ],
    [
      'a rule that there is not',
      file({ ...ENTRY, rule: 'license-notallowed' }),
      5,
      'findings[0].rule',
      /not a rule/,
    ],
    [
      'a name with a version',
      file({ ...ENTRY, package: 'foo@1.0.0' }),
      6,
      'findings[0].package',
      /not the name/,
    ],
    ['a path for a name', file({ ...ENTRY, package: '../foo' }), 6, 'findings[0].package', /not the name/],
    ['no reason', file({ ...ENTRY, reason: ' ' }), 9, 'findings[0].reason', /empty/],
    ['a placeholder', file({ ...ENTRY, reason: '…' }), 9, 'findings[0].reason', /placeholder/],
    ['no day', file({ ...ENTRY, since: '2026-02-30' }), 8, 'findings[0].since', /not a day/],
    [
      'a licence that is missing',
      file({ ...ENTRY, license: undefined }),
      4,
      'findings[0]',
      /"license" is missing/,
    ],
    [
      'a licence too many',
      file({ ...ENTRY, rule: 'package-duplicate' }),
      7,
      'findings[0].license',
      /not about a licence/,
    ],
    [
      'a finding twice',
      file(ENTRY, { ...ENTRY, since: '2026-11-20' }),
      11,
      'findings[1]',
      /twice, first in line 4/,
    ],
    ['a key twice', '{ "schemaVersion": 1,\n "findings": [], "findings": [] }', 2, 'findings', /twice/],
    ['__proto__', '{ "schemaVersion": 1, "findings": [],\n "__proto__": {} }', 2, '["__proto__"]', /key/],
  ])('%s', (_what, content, line, key, message) => {
    const result = read(content)
    if (result.ok) throw new Error('was read')
    const found = result.errors.find((error) => message.test(error.message))
    expect(found).toMatchObject({ file: 'depgate.baseline.json', line, key })
  })

  test('comments and last commas, which the next writing would lose', () => {
    expect(readJson('{} // x', { comments: false }).ok).toBe(false)
    expect(readJson('{ "a": [], }', { comments: false }).ok).toBe(false)
    expect(readJson('{ "a": [], } // x').ok).toBe(true)
  })
})

test('the values of a new entry are checked by the same rules', () => {
  expect(entryProblems(ENTRY)).toEqual([])
  expect(entryProblems({ ...ENTRY, expires: 'tomorrow' })).toMatchObject([{ key: 'expires' }])
})

/** Exceptions: which of several help, which are reported as used, and which have lapsed. */
import { expect, test } from 'vitest'
import { isLapsed } from '#policy/grounds'
import { both, exception, judge, mutters, NOW, says, summary } from './samples.ts'

const LATE = '2026-11-20'

test('only the exceptions that a package needs are named and used', () => {
  const exceptions = [exception('left-pad', ['Zlib']), exception('left-pad@1', ['0BSD'])]
  expect(judge({ claims: both('0BSD') }, { exceptions })).toMatchObject({
    verdict: 'pass',
    exceptions: ['left-pad@1'],
    used: { exceptions: [1] },
  })
  expect(judge({ claims: both('MIT') }, { exceptions })).toMatchObject({
    exceptions: [],
    used: { exceptions: [] },
  })
})

test('exceptions that mean a refused package count as used, whether or not they sufficed', () => {
  const exceptions = [exception('left-pad', ['Zlib']), exception('other', ['0BSD'])]
  expect(judge({ claims: both('0BSD') }, { exceptions }).used.exceptions).toEqual([0])
})

test('a leaf that the lists allow is not said to pass by an exception', () => {
  const exceptions = [exception('left-pad', ['MIT', '0BSD'])]
  const { leaves } = judge({ claims: both('MIT AND 0BSD') }, { exceptions })
  expect(leaves.map(({ leaf, why }) => [leaf, why])).toEqual([
    ['MIT', 'in licenses.allow'],
    ['0BSD', 'exception "left-pad"'],
  ])
})

test('of lapsed exceptions those are findings that would have helped', () => {
  const exceptions = [
    exception('left-pad', ['Zlib'], LATE),
    exception('left-pad@1', ['0BSD'], LATE),
    exception('left-pad', ['ISC']),
  ]
  const result = judge({ claims: both('0BSD') }, { exceptions })
  expect(summary(result)).toBe('violation license-not-allowed exception-lapsed')
  expect(result.findings[1]?.message).toContain('"left-pad@1"')
  expect(summary(judge({ claims: both('MIT') }, { exceptions }))).toBe('pass')
  // It would help with the other choice, which nobody has to make.
  expect(summary(judge({ claims: both('MIT OR 0BSD') }, { exceptions }))).toBe('pass')
  // One that still holds has not lapsed.
  const half = [exception('left-pad', ['Zlib']), exception('left-pad@1', ['0BSD'], LATE)]
  const part = judge({ claims: both('Zlib AND 0BSD') }, { exceptions: half })
  expect(part.findings.map(({ rule }) => rule)).toEqual(['license-not-allowed', 'exception-lapsed'])
  expect(part.exceptions).toEqual([])
})

test('an exception for a choice that the lists leave anyway is not needed', () => {
  const exceptions = [exception('left-pad', ['0BSD'])]
  const { verdict, leaves, ...result } = judge({ claims: both('MIT OR 0BSD') }, { exceptions })
  expect([verdict, result.exceptions, result.used.exceptions]).toEqual(['pass', [], []])
  expect(leaves.map(({ allowed }) => allowed)).toEqual([true, false])
})

test('a lapsed exception leads to what it would have spared', () => {
  const unlicensed = [exception('left-pad', ['UNLICENSED'], LATE)]
  const claims = [
    mutters('registry', 'unlicensed', 'UNLICENSED'),
    mutters('installed', 'unlicensed', 'UNLICENSED'),
  ]
  expect(judge({ claims }, { exceptions: unlicensed }).verdict).toBe('unknown')
  // The registry says 0BSD, which is refused whatever the silent copy on disk would say.
  const exceptions = [exception('left-pad', ['0BSD'], LATE)]
  const result = judge({ claims: [says('registry', '0BSD')] }, { exceptions })
  expect(result.verdict).toBe('violation')
  expect(result.findings.find(({ rule }) => rule === 'exception-lapsed')?.verdict).toBe('violation')
})

test.each([
  ['2026-11-21', false],
  ['2026-11-20', true],
  // What is no day holds on none.
  ['32026-11-22', true],
  ['2027-01-01T00:00', true],
  ['2027-1-1', true],
  ['', true],
])('an exception until %j has lapsed: %s', (expires, isOver) => {
  expect(isLapsed({ expires }, NOW)).toBe(isOver)
})

test('two spellings of one licence are one, named by the same of them in any order', () => {
  const claims = [says('registry', 'MIT OR ISC'), says('installed', 'ISC OR MIT')]
  for (const all of [claims, claims.toReversed()]) {
    const { license, conclusion } = judge({ claims: all })
    expect([license, conclusion]).toEqual(['ISC OR MIT', 'declared'])
    expect(judge({ claims: all }, { allow: ['Zlib'] }).findings).toHaveLength(1)
  }
})

test('what would be allowed if nothing shipped may need lists and exceptions as well', () => {
  const licenses = { notShipped: ['GPL-3.0-only'], exceptions: [exception('left-pad', ['0BSD'])] }
  const rules = (license: string) =>
    judge({ claims: both(license), use: { shipped: true } }, licenses).findings.map(({ rule }) => rule)
  expect(rules('MIT AND GPL-3.0-only')).toEqual(['license-by-use'])
  expect(rules('0BSD AND GPL-3.0-only')).toEqual(['license-by-use'])
  expect(rules('Zlib AND GPL-3.0-only')).toEqual(['license-not-allowed'])
})

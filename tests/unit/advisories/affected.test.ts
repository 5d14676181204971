/** Which versions are affected, what that is called, and where it ends. */
import * as fc from 'fast-check'
import compare from 'semver/functions/compare.js'
import { describe, expect, test } from 'vitest'
import type { Affected } from '#advisories/advisory'
import {
  endsOf,
  isAffected,
  isReadableRange,
  lowestUnaffected,
  MAX_RANGE,
  rangeText,
} from '#advisories/affected'
import { intervalsOf } from '#advisories/osv-events'

const of = (more: Partial<Affected>): Affected => ({ intervals: [], versions: [], ...more })

describe('an npm range', () => {
  test.each([
    ['<1.2.6', '1.2.5', true],
    ['<1.2.6', '1.2.6', false],
    ['<2.0.0', '2.0.0-rc.1', true],
    ['>=1.0.0 <1.2.6', '1.1.0-beta.3', true],
    ['>=7.0.0 <7.5.2 || <5.7.2', '5.7.1', true],
    ['>=7.0.0 <7.5.2 || <5.7.2', '6.0.0', false],
    ['*', '0.0.1-alpha', true],
    ['=3.3.6', '3.3.6', true],
  ])('%s and %s', (range, version, expected) => {
    expect(isAffected(of({ range }), version)).toBe(expected)
  })

  test('is read only where that is quick', () => {
    expect(isReadableRange('>=1.0.0 <1.2.6')).toBe(true)
    expect(isReadableRange('')).toBe(false)
    expect(isReadableRange('not a range')).toBe(false)
    expect(isReadableRange('1 || '.repeat(MAX_RANGE))).toBe(false)
  })
})

test('a version that is none is affected only where it is listed', () => {
  expect(isAffected(of({ intervals: [{}] }), 'latest')).toBe(false)
  expect(isAffected(of({ versions: ['latest'] }), 'latest')).toBe(true)
})

describe('what is affected as text', () => {
  test('is a range that npm reads', () => {
    const affected = of({
      intervals: [{ below: '1.0.2' }, { from: '2.0.0', upTo: '2.2.1' }],
      versions: ['9.9.9'],
    })
    expect(rangeText(affected, '1.0.0')).toBe('<1.0.2 || >=2.0.0 <=2.2.1 || 9.9.9')
    expect(rangeText(of({ intervals: [{}] }), '1.0.0')).toBe('*')
  })

  test('is short, whatever the source says', () => {
    const intervals = Array.from({ length: 500 }, (_, at) => ({ from: `${at}.0.0`, below: `${at}.5.0` }))
    expect(rangeText(of({ intervals }), '7.1.0')).toBe('>=7.0.0 <7.5.0')
    const versions = Array.from({ length: 5000 }, (_, at) => `1.0.${at}`)
    expect(rangeText(of({ versions }), '1.0.77')).toBe('1.0.77')
    expect(rangeText(of({ range: '1.0.0 || '.repeat(300) + '2' }), '1.0.0')).toBe('1.0.0')
  })
})

describe('the first version that is not affected', () => {
  const known = [of({ intervals: [{ below: '1.0.2' }, { from: '2.0.0', below: '2.2.2' }] })]

  test('is one of those that there are', () => {
    expect(lowestUnaffected(known, '2.0.5', ['1.0.2', '2.2.1', '2.2.3', '2.2.2-beta', '3.0.0'])).toBe('2.2.3')
    expect(lowestUnaffected(known, '1.0.0', ['1.0.1', '2.0.0', '2.2.2'])).toBe('2.2.2')
  })

  test('is none of those before it, and no pre-release', () => {
    expect(lowestUnaffected(known, '2.0.5', ['1.0.2', '3.0.0-rc.1', 'junk'])).toBeUndefined()
  })

  test('must be good for all that is said', () => {
    const both = [...known, of({ range: '<=2.3.0' })]
    expect(lowestUnaffected(both, '2.0.5', ['2.2.2', '2.3.0', '2.3.1'])).toBe('2.3.1')
    expect(lowestUnaffected([of({ versions: ['2.0.6'] })], '2.0.5', ['2.0.6', '2.0.7'])).toBe('2.0.7')
  })

  test('without a list of versions is where something ends', () => {
    expect(
      endsOf(of({ intervals: [{ below: '1.2.6' }, { upTo: '2.0.0' }], range: '>=3.0.0 <3.1.0 || <=4.0.0' })),
    ).toEqual(['1.2.6', '3.1.0'])
  })

  test('is found at once among thousands of both', () => {
    const intervals = Array.from({ length: 2500 }, (_, at) => ({ from: `1.${at}.0`, below: `1.${at}.9` }))
    const versions = Array.from({ length: 20_000 }, (_, at) => `1.${Math.floor(at / 8)}.${at % 8}`)
    const began = performance.now()
    expect(lowestUnaffected([of({ intervals })], '1.0.0', [...versions, '2.0.0'])).toBe('2.0.0')
    expect(performance.now() - began).toBeLessThan(3000)
  })
})

test('the sweep over intervals says the same as looking at each version by itself', () => {
  const version = fc.tuple(fc.nat(3), fc.nat(2)).map(([major, minor]) => `${major}.${minor}.0`)
  const end = fc.oneof(
    fc.record({ below: version }),
    fc.record({ upTo: version }),
    fc.record<{ below?: string }>({}),
  )
  const interval = fc
    .tuple(fc.option(version), end)
    .map(([from, rest]) => (from === null ? rest : Object.assign(rest, { from })))
  const all = Array.from({ length: 12 }, (_, at) => `${Math.floor(at / 3)}.${at % 3}.0`)
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 5 }), version, (intervals, from) => {
      const expected = all.find((each) => compare(each, from) > 0 && !isAffected(of({ intervals }), each))
      expect(lowestUnaffected([of({ intervals })], from, all.toReversed())).toBe(expected)
    }),
    { numRuns: 500 },
  )
})

describe('events', () => {
  const version = fc
    .tuple(fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1'))
    .map(([major, minor, tail]) => `${major}.${minor}.0${tail}`)
  const event = fc.oneof(
    fc.constant({ introduced: '0' }),
    version.map((introduced) => ({ introduced })),
    version.map((fixed) => ({ fixed })),
    version.map((last) => ({ last_affected: last })),
  )

  test('mean what the specification says, in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), version, (events, asked) => {
        const intervals = intervalsOf(events) ?? []
        expect(isAffected(of({ intervals }), asked)).toBe(bySpecification(events, asked))
      }),
      { numRuns: 400 },
    )
  })

  test.each<[string, unknown]>([
    ['no list', {}],
    ['a version that is none', [{ introduced: '0' }, { fixed: 'soon' }]],
    ['no version at all', [{ introduced: 7 }]],
    ['no event', [{ __proto__: { introduced: '0' } }]],
  ])('%s cannot be read', (_, events) => {
    expect(intervalsOf(events)).toBeUndefined()
  })

  test('zeros that were left away are put back', () => {
    expect(intervalsOf([{ introduced: '1' }, { fixed: '2.5' }])).toEqual([{ from: '1.0.0', below: '2.5.0' }])
  })

  test('`limit` is about commits', () => {
    expect(intervalsOf([{ introduced: '0' }, { limit: '*' }])).toEqual([{}])
  })
})

/** The algorithm of OSV's specification: go through the events in order; where several are at one version, it is affected. */
function bySpecification(events: readonly Record<string, string>[], asked: string): boolean {
  const sorted = events
    .flatMap((each) => Object.entries(each))
    .toSorted(
      ([kindA, a], [kindB, b]) =>
        order(a, b) ||
        ['fixed', 'last_affected', 'introduced'].indexOf(kindA) -
          ['fixed', 'last_affected', 'introduced'].indexOf(kindB),
    )
  let vulnerable = false
  for (const [kind, at] of sorted) {
    if (kind === 'introduced' && (at === '0' || compare(asked, at) >= 0)) vulnerable = true
    if (kind === 'fixed' && compare(asked, at) >= 0) vulnerable = false
    if (kind === 'last_affected' && compare(asked, at) > 0) vulnerable = false
  }
  return vulnerable
}

function order(a: string, b: string): number {
  if (a === '0' || b === '0') return Number(a !== '0') - Number(b !== '0')
  return compare(a, b)
}

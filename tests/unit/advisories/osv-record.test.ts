/** What is read of a record of OSV's database, and what of one that cannot be read. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOsvRecord } from '#advisories/osv-record'

const NOW = Date.UTC(2026, 10, 21)
const NAMES = new Set(['left-pad', 'other'])
const RANGE = { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.3.1' }] }

function record(more: Record<string, unknown> = {}, affected: Record<string, unknown> = {}) {
  return {
    id: 'GHSA-aaaa-bbbb-cccc',
    modified: '2026-11-01T10:00:00Z',
    aliases: ['CVE-2026-0001'],
    summary: 'It pads to the right',
    affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [RANGE], ...affected }],
    ...more,
  }
}

const vector = (score: string) => [{ type: 'CVSS_V3', score }]
const of = (name: string, more: object) => ({ package: { ecosystem: 'npm', name }, ...more })
const events = (count: number) => Array.from({ length: count }, (_, at) => ({ introduced: `${at}.0.0` }))
const read = (value: unknown) => readOsvRecord(value, NAMES, NOW)

test('a record about a package of the run', () => {
  expect(read(record({ database_specific: { severity: 'HIGH' } }))).toEqual({
    modified: Date.UTC(2026, 10, 1, 10),
    npm: true,
    advisories: [
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        aliases: ['CVE-2026-0001'],
        name: 'left-pad',
        title: 'It pads to the right',
        severity: 'high',
        affected: { intervals: [{ below: '1.3.1' }], versions: [] },
        source: 'osv',
      },
    ],
  })
})

describe('severity', () => {
  const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'
  test.each<[string, Record<string, unknown>, string | null]>([
    [
      'the word of the database before the vector',
      { database_specific: { severity: 'MODERATE' }, severity: vector(HIGH) },
      'moderate',
    ],
    ['medium is moderate', { database_specific: { severity: 'medium' } }, 'moderate'],
    ['the vector', { severity: vector(HIGH) }, 'high'],
    [
      'the worst vector',
      { severity: [...vector('CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N'), ...vector(HIGH)] },
      'high',
    ],
    [
      'a vector of version 4 alone',
      { severity: vector('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N') },
      null,
    ],
    ['a word that is none', { database_specific: { severity: 'constructor' } }, null],
    ['nothing', {}, null],
  ])('%s', (_, more, expected) => {
    expect(read(record(more)).advisories[0]?.severity).toBe(expected)
  })

  test('of the package alone', () => {
    expect(read(record({}, { severity: vector(HIGH) })).advisories[0]?.severity).toBe('high')
  })
})

describe('is nothing to the run', () => {
  test.each<[string, unknown, boolean]>([
    ['another package', record({}, { package: { ecosystem: 'npm', name: 'right-pad' } }), true],
    ['another ecosystem', record({}, { package: { ecosystem: 'PyPI', name: 'left-pad' } }), false],
    ['withdrawn', record({ withdrawn: '2026-11-02T00:00:00Z' }), true],
    ['about no package', { id: 'GHSA-aaaa-bbbb-cccc' }, false],
  ])('%s', (_, value, npm) => {
    expect(read(value)).toMatchObject({ npm, advisories: [] })
    expect(read(value)).not.toHaveProperty('problem')
  })

  test('but not what will be withdrawn one day, or never says when', () => {
    expect(read(record({ withdrawn: '2031-01-01T00:00:00Z' })).advisories).toHaveLength(1)
    expect(read(record({ withdrawn: 'yes' })).advisories).toHaveLength(1)
  })
})

test('a change in the future is no change', () => {
  expect(read(record({ modified: '2031-01-01T00:00:00Z' }))).not.toHaveProperty('modified')
})

test('several entries of one package are one, and each package has its own', () => {
  const later = { type: 'ECOSYSTEM', events: [{ introduced: '2.0.0' }, { last_affected: '2.1.0' }] }
  const entries = [
    of('left-pad', { ranges: [RANGE] }),
    of('left-pad', { ranges: [later], versions: ['9.9.9'] }),
    of('other', { versions: ['1.0.0'] }),
  ]
  expect(
    read(record({ affected: entries })).advisories.map(({ name, affected }) => [name, affected]),
  ).toEqual([
    ['left-pad', { intervals: [{ below: '1.3.1' }, { from: '2.0.0', upTo: '2.1.0' }], versions: ['9.9.9'] }],
    ['other', { intervals: [], versions: ['1.0.0'] }],
  ])
})

describe('cannot be read, and says of which packages', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a range that is none', { ranges: [{ type: 'SEMVER', events: [{ introduced: 'x' }] }] }],
    ['commits alone', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }],
    ['neither ranges nor versions', { ranges: undefined }],
    ['versions that are none', { versions: [1] }],
    ['more events than any record has', { ranges: [{ type: 'SEMVER', events: events(10_001) }] }],
    ['more versions than any package has', { versions: Array.from({ length: 500_000 }, () => '1.0.0') }],
  ])('%s', (_, affected) => {
    expect(read(record({}, affected))).toMatchObject({
      advisories: [],
      problem: { id: 'GHSA-aaaa-bbbb-cccc', names: ['left-pad'] },
    })
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['text', 'GHSA-aaaa-bbbb-cccc'],
    ['a record without an id', { ...record(), id: undefined }],
    ['an id with a line break', { ...record(), id: 'GHSA\n::error::' }],
    ['affected that is no list', { ...record(), affected: 'all' }],
  ])('of nobody knows which: %s', (_, value) => {
    expect(read(value)).toMatchObject({ advisories: [], problem: { names: undefined } })
  })
})

test('hostile fields stay within bounds', () => {
  const { advisories } = read(
    record({
      summary: 'x\n'.repeat(100_000),
      aliases: [...Array.from({ length: 1000 }, (_, at) => `CVE-${at}`), '<script>', 7],
      references: [
        { type: 'ADVISORY', url: 'javascript:alert(1)' },
        { type: 'WEB', url: `https://advisories.example/${'x'.repeat(5000)}` },
        { type: 'WEB', url: 'https://advisories.example/"><img>' },
      ],
    }),
  )
  expect(advisories[0]?.title.length).toBeLessThanOrEqual(501)
  expect(advisories[0]?.aliases).toHaveLength(100)
  expect(advisories[0]?.url).toBe('https://advisories.example/%22%3E%3Cimg%3E')
})

test('whatever JSON it is, reading ends and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, inner) => {
      read(value)
      read(
        record({
          aliases: inner,
          references: inner,
          severity: inner,
          database_specific: inner,
          summary: inner,
        }),
      )
      read(record({}, { ranges: inner, versions: inner, severity: inner }))
      read(record({ affected: [inner, { package: inner }, { package: { ecosystem: 'npm', name: inner } }] }))
    }),
    { numRuns: 200 },
  )
})

test('one package named twenty thousand times is read at once', () => {
  const [entry] = record().affected
  const { advisories } = read(record({ affected: Array.from({ length: 2000 }, () => entry) }))
  expect(advisories[0]?.affected.intervals).toHaveLength(2000)
  expect(read(record({ affected: Array.from({ length: 20_000 }, () => entry) })).problem?.names).toEqual([
    'left-pad',
  ])
})

test('fields that are nested without end, and vectors without number', () => {
  const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))
  expect(read(record({ aliases: deep, summary: deep }, { ranges: [{ type: deep }] })).problem?.names).toEqual(
    ['left-pad'],
  )
  const severity = Array.from({ length: 20 }, () => vector('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H')[0])
  const entry = { package: { ecosystem: 'npm', name: 'left-pad' }, versions: ['1.0.0'], severity }
  const { advisories } = read(record({ affected: Array.from({ length: 20_000 }, () => entry) }))
  expect(advisories[0]?.severity).toBe('high')
})

test('the names of the prototype are names like any other', () => {
  const value: unknown = JSON.parse(
    '{"id":"GHSA-1","__proto__":{"withdrawn":"2020-01-01T00:00:00Z"},"affected":[{"package":{"ecosystem":"npm","name":"__proto__"},"versions":["1.0.0"]}]}',
  )
  expect(readOsvRecord(value, new Set(['__proto__']), NOW).advisories).toMatchObject([{ name: '__proto__' }])
  expect(read(value)).toEqual({ npm: true, advisories: [] })
})

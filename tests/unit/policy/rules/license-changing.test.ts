/** What is said of a package whose later releases carry another licence. */
import { describe, expect, test } from 'vitest'
import type { ForecastEntry, LaterRelease } from '#model/audit'
import type { Outlook } from '#policy/outlook'
import { licenseChanging } from '#policy/rules/license-changing'
import { later, outlook } from './outlooks.ts'

const ALLOWED = later({ license: 'ISC', allowed: true })
const REFUSED = later({ license: 'GPL-3.0-only' })
const URGENT = later({ license: 'GPL-3.0-only', steps: ['range', 'minor', 'major'] })
const SILENT = later({})
const WORDS = later({ raw: 'SEE LICENSE IN "x"' })

/** The finding of an entry, whose releases lead to 2.0.0 unless a test says otherwise. */
function findingOf(entry: Partial<ForecastEntry>, more: Partial<Outlook> = {}) {
  const [finding, ...others] = licenseChanging(outlook(entry, more), 'warn')
  expect(others).toEqual([])
  return finding
}

const of = (release: LaterRelease, more: Partial<Outlook> = {}): string | undefined =>
  findingOf({ relicensed: [release], firstRelicensed: '2.0.0' }, more)?.message

/** Releases at 2.0.0, 3.0.0 and so on. */
const versions = (...releases: LaterRelease[]) =>
  releases.map((release, at) => Object.assign({}, release, { version: `${at + 2}.0.0` }))

const fixOf = (release: LaterRelease, entry: Partial<ForecastEntry> = {}, paths?: string[][]) =>
  findingOf(
    { relicensed: [release], firstRelicensed: '2.0.0', ...entry },
    paths && { package: { ...outlook({}).package, paths } },
  )?.fix

const fingerprintOf = (...relicensed: LaterRelease[]) => findingOf({ relicensed })?.fingerprint

describe('the message', () => {
  test.each<[string, LaterRelease, Partial<Outlook>, string]>([
    ['allowed', ALLOWED, {}, '2.0.0 is ISC'],
    ['not allowed', REFUSED, {}, '2.0.0 is GPL-3.0-only, not allowed by the policy'],
    ['no licence', SILENT, {}, '2.0.0 declares no licence'],
    ['words', WORDS, {}, '2.0.0 says "SEE LICENSE IN \\"x\\"", no licence by itself'],
    ['from then on', ALLOWED, { lasting: true }, '2.0.0 and later are ISC'],
    ['from then on none', SILENT, { lasting: true }, '2.0.0 and later declare no licence'],
    [
      'from then on words',
      WORDS,
      { lasting: true },
      '2.0.0 and later say "SEE LICENSE IN \\"x\\"", no licence by itself',
    ],
    [
      'with the next update',
      URGENT,
      { lasting: true },
      'the next npm update brings 2.0.0, which is GPL-3.0-only, not allowed by the policy',
    ],
  ])('%s', (_, release, more, words) => {
    expect(of(release, more)).toBe(`a 1.0.0 is MIT; ${words}`)
  })

  test('names the first release with another licence where that is not the one it is about', () => {
    const entry = { relicensed: [later({ ...REFUSED, version: '3.0.0' })], firstRelicensed: '2.0.0' }
    expect(findingOf(entry)?.message).toBe(
      'a 1.0.0 is MIT; 2.0.0 is the first that is not, and 3.0.0 is GPL-3.0-only, not allowed by the policy',
    )
    expect(findingOf({ ...entry, license: null })?.message).toBe(
      'a 1.0.0 has no licence that could be established; 3.0.0 is GPL-3.0-only, not allowed by the policy',
    )
  })

  test('does without the first one where nobody knows it', () => {
    expect(findingOf({ relicensed: [ALLOWED] }, { lasting: true })?.message).toBe(
      'a 1.0.0 is MIT; 2.0.0 is ISC',
    )
  })
})

describe('which release it is about', () => {
  test.each<[string, LaterRelease[], string, string[]]>([
    [
      'what an update brings before what no update brings',
      [ALLOWED, REFUSED, URGENT],
      '4.0.0',
      ['2.0.0 is ISC', '3.0.0 is GPL-3.0-only, not allowed by the policy'],
    ],
    [
      'what is not allowed before what is',
      [later({ ...ALLOWED, steps: ['range'] }), REFUSED, SILENT],
      '3.0.0',
      ['2.0.0 is ISC', '4.0.0 declares no licence'],
    ],
    ['else the nearest', [ALLOWED, later({ license: '0BSD', allowed: true })], '2.0.0', ['3.0.0 is 0BSD']],
  ])('%s, and the others are details', (_, releases, version, details) => {
    const finding = findingOf({ relicensed: versions(...releases), firstRelicensed: version })
    expect(finding?.message).toMatch(new RegExp(`${version}(?:,| is)`))
    expect(finding?.details).toEqual(details)
  })

  test('has its licence in the report, if it has one', () => {
    expect(findingOf({ relicensed: [REFUSED] })?.license).toBe('GPL-3.0-only')
    expect(findingOf({ relicensed: [WORDS] })).not.toHaveProperty('license')
  })
})

describe('the fix', () => {
  test('of a licence that an update brings is an override, in haste where it is not allowed', () => {
    expect(fixOf(URGENT)).toBe(
      'Keep it before the next update: write "overrides": { "a": "^1.0.0" } in the root\'s package.json.',
    )
    expect(fixOf(later({ ...ALLOWED, steps: ['range'] }))).toBe(
      'Whoever decides on licences should know of it. To keep the licence, write "overrides": { "a": "^1.0.0" } in the root\'s package.json.',
    )
  })

  test('of a direct dependency is its range, wherever it is direct', () => {
    const paths = [
      ['app@1.0.0', 'lib@1.0.0', 'a@1.0.0'],
      ['other@2.0.0', 'a@1.0.0'],
    ]
    expect(fixOf(URGENT, {}, paths)).toBe(
      'Keep it before the next update: write "a": "^1.0.0" in the package.json of other@2.0.0.',
    )
  })

  test('of one that no update brings is a range all the same where an update brings another', () => {
    const relicensed = [REFUSED, later({ ...ALLOWED, steps: ['range'], version: '1.5.0' })]
    expect(findingOf({ relicensed })?.fix).toMatch(/^Whoever decides on licences should know of it\./)
  })

  test('of one that no update brings is to stay', () => {
    expect(fixOf(REFUSED)).toBe('Stay within ^1.0.0 until whoever decides on licences agrees to more.')
  })

  test('without a range keeps the very version', () => {
    const { safeRange: _, ...entry } = outlook({ relicensed: [URGENT] }).entry
    const at = (release: LaterRelease) =>
      licenseChanging({ ...outlook({}), entry: { ...entry, relicensed: [release] } }, 'warn')[0]?.fix
    expect(at(URGENT)).toContain('{ "a": "1.0.0" }')
    expect(at(REFUSED)).toBe('Stay within 1.0.0 until whoever decides on licences agrees to more.')
  })
})

describe('nothing is said', () => {
  test('where nothing was relicensed, or the policy does not ask', () => {
    expect(findingOf({ relicensed: [] })).toBeUndefined()
    expect(licenseChanging(outlook({ relicensed: [URGENT] }), 'off')).toEqual([])
  })

  test('where all there is to say is that the newest release lost its licence', () => {
    const lost = { newestLacks: ['license' as const], relicensed: [later({ version: '3.0.0' })] }
    expect(findingOf(lost)).toBeUndefined()
    expect(findingOf({ ...lost, newestLacks: ['repository'] })?.message).toContain(
      '3.0.0 declares no licence',
    )
    expect(findingOf({ ...lost, relicensed: [REFUSED, ...lost.relicensed] })?.message).toContain(
      '2.0.0 is GPL-3.0-only',
    )
  })

  test.each<[string, LaterRelease, boolean]>([
    ['a licence that is allowed', ALLOWED, false],
    ['no licence', SILENT, false],
    ['words', WORDS, false],
    ['a licence that is not allowed', REFUSED, true],
  ])('of a package without a known licence that comes to %s', (_, release, isSaid) => {
    expect(findingOf({ license: null, relicensed: [release] }) !== undefined).toBe(isSaid)
  })
})

describe('the finding', () => {
  test('is about the installed package, with a way to it, and as bad as the policy says', () => {
    const [finding] = licenseChanging(outlook({ relicensed: [URGENT] }), 'deny')
    expect(finding).toMatchObject({
      rule: 'license-changing',
      severity: 'deny',
      verdict: 'violation',
      package: 'a@1.0.0',
      path: ['app@1.0.0', 'lib@1.0.0', 'a@1.0.0'],
    })
    expect(findingOf({ relicensed: [URGENT] })).toMatchObject({ severity: 'warn', verdict: 'pass' })
  })

  test('stays the same over further releases with the same licences, in whatever order', () => {
    const first = fingerprintOf(REFUSED, ALLOWED)
    expect(fingerprintOf(later({ ...REFUSED, version: '2.1.0' }), ALLOWED)).toBe(first)
    expect(fingerprintOf(ALLOWED, REFUSED, later({ ...ALLOWED, version: '9.0.0' }))).toBe(first)
  })

  test('is another one for other licences or words, and once an update brings what is not allowed', () => {
    const all = [[REFUSED], [ALLOWED], [REFUSED, ALLOWED], [URGENT], [SILENT], [WORDS]].map((releases) =>
      fingerprintOf(...releases),
    )
    all.push(findingOf({ license: null, relicensed: [REFUSED] })?.fingerprint)
    expect(new Set(all).size).toBe(all.length)
  })

  test('is known by later runs', () => {
    expect(fingerprintOf(SILENT)).toMatchInlineSnapshot(`"378e4cbbb69127cc9ee1dec7c548cab6"`)
    expect(fingerprintOf(URGENT, WORDS)).toMatchInlineSnapshot(`"3f8cfa44ea63511ac6a99de32b71dfed"`)
  })
})

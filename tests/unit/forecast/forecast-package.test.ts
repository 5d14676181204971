import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastPackage, isBelievable } from '#forecast/forecast-package'
import type { Release } from '#model/release'
import { createReleaseWeigher } from '#policy/weigh-release'
import { exception, NOW, policy } from '../policy/samples.ts'
import { caseOf, installed, releases } from './cases.ts'

const YEAR = 365 * 86_400_000

/** The entry for `a` 1.0.0 under MIT. */
function entryOf(
  list: Record<string, string | Partial<Release>>,
  more: Parameters<typeof installed>[2] = {},
) {
  return forecastPackage(caseOf({ package: installed('a', '1.0.0', more), releases: releases(list) }))?.entry
}

describe('what is no change', () => {
  test.each([
    ['nothing newer', 'MIT', ['MIT']],
    ['another spelling', 'GPL-3.0-only', ['GPL-3.0-only', 'GPL-3.0']],
    ['another order', 'MIT OR Apache-2.0', ['MIT OR Apache-2.0', '(Apache-2.0 OR MIT)']],
    ['words that were read in a text', 'BSD-3-Clause', ['BSD', 'BSD']],
    ['words that a person clarified', 'MIT', ['See the wiki', 'See the wiki']],
    ['what the text said already', 'ISC', ['ISC style', 'ISC']],
  ])('%s', (_, license, said) => {
    const list = Object.fromEntries(said.map((text, at) => [`1.${at}.0`, text]))
    expect(entryOf(list, { license })).toBeUndefined()
  })

  test('no field in either, where a text says what is meant', () => {
    expect(entryOf({ '1.0.0': {}, '1.1.0': {} })).toBeUndefined()
  })

  test('what one of witnesses that differ said already', () => {
    const claim = { witness: 'installed' as const, license: 'ISC', at: '', from: 'node_modules' as const }
    const list = { '1.0.0': 'MIT', '1.1.0': 'ISC' }
    expect(entryOf(list, { license: null, conclusion: 'conflict', claims: [claim] })).toBeUndefined()
    expect(entryOf(list, { license: 'MIT', claims: [claim] })?.relicensed).toHaveLength(1)
  })

  test('anything after what is no version', () => {
    const about = caseOf({ package: installed('a', '01.0.0'), releases: releases({ '2.0.0': 'ISC' }) })
    expect(forecastPackage(about)).toBeUndefined()
  })

  test('anything where neither the installed licence nor its release is known', () => {
    expect(entryOf({ '1.1.0': 'ISC' }, { license: null, conclusion: 'unknown' })).toBeUndefined()
  })
})

describe('what is one', () => {
  test('each step once, steps to one version together', () => {
    const list = { '1.0.0': 'MIT', '1.1.0': 'ISC', '1.2.0': 'GPL-3.0-only', '2.0.0': 'MIT' }
    expect(entryOf(list)).toEqual({
      package: 'a@1.0.0',
      license: 'MIT',
      relicensed: [{ steps: ['minor'], version: '1.2.0', license: 'GPL-3.0-only', allowed: false }],
      firstRelicensed: '1.1.0',
      safeRange: '>=1.0.0 <1.1.0',
      newestLacks: [],
    })
    const about = caseOf({ package: installed('a', '1.0.0'), releases: releases(list), specs: ['<2'] })
    expect(forecastPackage(about)?.entry.relicensed[0]?.steps).toEqual(['range', 'minor'])
  })

  test('a licence that cannot be read, with its words', () => {
    const words = { license: { license: { type: 'custom', x: 'y'.repeat(300) } } }
    const [later] = entryOf({ '1.0.0': 'MIT', '2.0.0': words })?.relicensed ?? []
    expect(later).toMatchObject({ version: '2.0.0', license: null, allowed: false })
    expect(later?.raw).toMatch(/^\{"type":"custom","x":"y+…$/)
    expect(later?.raw).toHaveLength(201)
  })

  test('words that point to a file, even if the installed version has the same', () => {
    const same = 'SEE LICENSE IN LICENSE'
    const entry = entryOf({ '1.0.0': same, '1.1.0': same })
    expect(entry).toMatchObject({ firstRelicensed: '1.1.0', relicensed: [{ license: null, raw: same }] })
  })

  test('a deprecated release, which says so, with its time', () => {
    const said = { license: { license: 'ISC' }, deprecated: true, publishedAt: Date.UTC(2026, 0, 2) }
    expect(entryOf({ '1.0.0': 'MIT', '2.0.0': said })?.relicensed).toEqual([
      {
        steps: ['range', 'major'],
        version: '2.0.0',
        license: 'ISC',
        publishedAt: '2026-01-02T00:00:00.000Z',
        allowed: true,
        deprecated: true,
      },
    ])
  })

  test('with the lists and exceptions that would count for that version of the package', () => {
    const rules = policy({ exceptions: [exception('a@^2', ['BUSL-1.1']), exception('a', ['UNLICENSED'])] })
    const allowed = (list: Record<string, string>): boolean[] | undefined => {
      const found = installed('a', '1.0.0')
      const weigh = createReleaseWeigher(rules, NOW).bind(undefined, found)
      const outlook = forecastPackage(caseOf({ package: found, releases: releases(list), weigh }))
      return outlook?.entry.relicensed.map((release) => release.allowed)
    }
    expect(allowed({ '1.0.0': 'MIT', '1.1.0': 'BUSL-1.1', '2.0.0': 'BUSL-1.1' })).toEqual([false, true])
    expect(allowed({ '1.0.0': 'MIT', '2.0.0': 'UNLICENSED' })).toEqual([true])
  })
})

function lasting(...said: string[]): boolean | undefined {
  const list = Object.fromEntries(said.map((text, at) => [`${at + 1}.0.0`, text]))
  return forecastPackage(caseOf({ package: installed('a', '1.0.0'), releases: releases(list) }))?.lasting
}

test('whether all later releases are the same from the first on', () => {
  expect(lasting('MIT', 'MIT', 'ISC', 'ISC')).toBe(true)
  expect(lasting('MIT', 'ISC', 'MIT', 'ISC')).toBe(false)
  expect(lasting('MIT', 'GPL-2.0-only', 'ISC')).toBe(false)
})

function at(years: number): Partial<Release> {
  return { license: { license: 'MIT' }, publishedAt: NOW - years * YEAR }
}

describe('silence', () => {
  test('counts from the newest release, whichever has the highest number', () => {
    expect(entryOf({ '1.0.0': at(9), '1.1.0': at(4), '2.0.0': at(5) })?.silentSince).toBe(
      new Date(NOW - 4 * YEAR).toISOString(),
    )
    expect(entryOf({ '1.0.0': at(4) })?.silentSince).toBeDefined()
  })

  test('is not said at the limit, nor where any time is missing', () => {
    expect(entryOf({ '1.0.0': at(3) })).toBeUndefined()
    expect(entryOf({ '1.0.0': at(9), '1.1.0': 'MIT' })).toBeUndefined()
    expect(entryOf({})).toBeUndefined()
  })
})

describe('what the newest release has lost', () => {
  const none = { repository: false, license: { license: 'MIT' } }

  test.each([
    ['its repository', { '1.0.0': 'MIT', '2.0.0': none }, ['repository']],
    ['nothing that it ever had', { '1.0.0': none, '2.0.0': none }, undefined],
    ['nothing, although a release between had', { '1.0.0': 'MIT', '1.1.0': none, '2.0.0': 'MIT' }, undefined],
    ['nothing that is known', { '2.0.0': none }, undefined],
    ['its licence', { '1.0.0': 'MIT', '2.0.0': {} }, ['license']],
    ['both', { '1.0.0': 'MIT', '2.0.0': { repository: false } }, ['repository', 'license']],
    ['its licence, which was empty', { '1.0.0': 'MIT', '2.0.0': { license: { license: ' ' } } }, ['license']],
  ] as [string, Record<string, string | Partial<Release>>, string[] | undefined][])('%s', (_, list, lost) => {
    expect(entryOf(list)?.newestLacks).toEqual(lost)
  })
})

test('a list without the licence that the manifest has is not believed', () => {
  const claim = { witness: 'registry' as const, license: 'MIT', at: '', from: 'network' as const }
  const found = installed('a', '1.0.0', { claims: [claim] })
  const believed = (list: Record<string, string | Partial<Release>>): boolean =>
    isBelievable(caseOf({ package: found, releases: releases(list) }))
  expect(believed({ '1.0.0': {}, '2.0.0': {} })).toBe(false)
  expect(believed({ '1.0.0': 'MIT', '2.0.0': {} })).toBe(true)
  expect(believed({ '2.0.0': {} })).toBe(true)
})

test('the order of the list never matters', () => {
  const licenses = fc.constantFrom('MIT', 'ISC', 'GPL-3.0-only', 'SEE LICENSE IN x', '')
  const version = fc.tuple(fc.nat(3), fc.nat(12), fc.nat(2)).map((parts) => parts.join('.'))
  fc.assert(
    fc.property(fc.dictionary(version, licenses, { maxKeys: 12 }), fc.nat(), (list, turn) => {
      const all = releases({ '1.0.0': 'MIT', ...list, '9.0.0': 'ISC' })
      const about = (order: readonly Release[]) =>
        forecastPackage(
          caseOf({ package: installed('a', '1.0.0'), releases: { ...all, list: order }, specs: ['<9'] }),
        )
      const at = turn % all.list.length
      const turned = [...all.list.slice(at), ...all.list.slice(0, at)]
      expect(about(turned)).toEqual(about(all.list))
    }),
    { numRuns: 200 },
  )
})

/** The rules about where packages come from, and about what ties them to it. */
import { describe, expect, test } from 'vitest'
import { normaliseLicense } from '#license/normalise'
import type { Claim } from '#model/claim'
import type { SourceType } from '#model/inventory'
import type { RuleSeverity } from '#model/policy'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts } from '#policy/judge-package'
import { both, facts, fails, NOW, says } from '../samples.ts'
import { findingsOf, judged, outcomeOf, rulesPolicy, textClaim } from './cases.ts'

function from(source: SourceType): Partial<PackageFacts> {
  return { source, claims: [says('installed', 'MIT')], expected: ['installed'] }
}

function integrity(lockfile: string[], missing?: true): Partial<PackageFacts> {
  return { integrity: { lockfile, registry: [], ...(missing && { missing }) } }
}

function integrityAt(severity: RuleSeverity): string {
  return outcomeOf('integrity-missing', judged(integrity([], true), {}, { integrity: severity }))
}

describe('source-not-registry', () => {
  test.each<[SourceType, 'git' | 'file' | 'url']>([
    ['git', 'git'],
    ['url', 'url'],
    ['file', 'file'],
    ['link', 'file'],
  ])('%s follows sources.%s alone', (source, key) => {
    const all: Record<'git' | 'file' | 'url', RuleSeverity> = { git: 'off', file: 'off', url: 'off' }
    const at = (severity: RuleSeverity): string =>
      outcomeOf('source-not-registry', judged(from(source), {}, { ...all, [key]: severity }))
    expect([at('deny'), at('warn'), at('off')]).toEqual(['deny violation', 'warn pass', 'nothing'])
  })

  test('what a registry vouches for, by itself or inside a tarball, is not meant', () => {
    const strict = { git: 'deny', file: 'deny', url: 'deny' } as const
    expect(outcomeOf('source-not-registry', judged({}, {}, strict))).toBe('nothing')
    expect(outcomeOf('source-not-registry', judged(from('bundled'), {}, strict))).toBe('nothing')
  })
})

describe('source-registry', () => {
  const registry = { base: 'https://registry.example/npm/', names: ['default', '@acme'] }

  test.each<[string[], string]>([
    [[], 'nothing'],
    [['default'], 'nothing'],
    [['@acme'], 'nothing'],
    [['https://registry.example/npm/'], 'nothing'],
    [['https://REGISTRY.example:443/npm'], 'nothing'],
    [['@other', 'default'], 'nothing'],
    [['@other'], 'deny violation'],
    [['https://registry.example/'], 'deny violation'],
    [['http://registry.example/npm/'], 'deny violation'],
    [['https://registry.example/npm/extra'], 'deny violation'],
    [['no address'], 'deny violation'],
  ])('%j: %s', (registries, expected) => {
    expect(outcomeOf('source-registry', judged({ registry }, {}, { registries }))).toBe(expected)
  })

  test('the finding names the registry', () => {
    const [finding] = findingsOf('source-registry', judged({ registry }, {}, { registries: ['@other'] }))
    expect(finding?.message).toBe(
      'left-pad@1.3.0 comes from the registry https://registry.example/npm/, which sources.registries does not name',
    )
  })

  test('a package that no registry was asked for is not meant', () => {
    expect(outcomeOf('source-registry', judged({}, {}, { registries: ['@other'] }))).toBe('nothing')
  })
})

describe('integrity-missing', () => {
  const STRONG = `sha512-${'A'.repeat(86)}==`
  const WEAK = `sha1-${'A'.repeat(27)}=`
  test.each<[string, Partial<PackageFacts>, string]>([
    ['strong', integrity([STRONG]), 'nothing'],
    ['strong beside weak', integrity([`${WEAK} ${STRONG}`]), 'nothing'],
    ['weak', integrity([WEAK]), 'warn pass'],
    ['strong in one place, weak in another', integrity([STRONG, WEAK]), 'warn pass'],
    ['strong in one place, none in another', integrity([STRONG], true), 'warn pass'],
    ['none', integrity([], true), 'warn pass'],
    ['no lockfile', integrity([]), 'nothing'],
    ['text that is no hash', integrity(['md5-xsha512-']), 'warn pass'],
    ['bundled', { ...integrity([], true), source: 'bundled', expected: ['installed'] }, 'nothing'],
    ['git', { ...integrity([WEAK]), source: 'git' }, 'nothing'],
  ])('%s', (_, more, expected) => {
    expect(outcomeOf('integrity-missing', judged(more))).toBe(expected)
  })

  test('severity is the policy’s', () => {
    expect([integrityAt('deny'), integrityAt('off')]).toEqual(['deny violation', 'nothing'])
  })

  test('weak and none are told apart', () => {
    const [none] = findingsOf('integrity-missing', judged(integrity([], true)))
    const [weak] = findingsOf('integrity-missing', judged(integrity([WEAK])))
    expect(none?.message).toBe('left-pad@1.3.0 has no integrity in the lockfile')
    expect(weak?.message).toContain('only a weak integrity')
    expect(weak?.fingerprint).not.toBe(none?.fingerprint)
  })

  test('what is refused because nothing could be compared is not warned of as well', () => {
    const more = { integrity: { lockfile: [], registry: [STRONG], addressed: [''], missing: true as const } }
    expect(judged(more).findings.map(({ rule }) => rule)).toEqual(['integrity-mismatch'])
  })
})

test('a package without a fault has no finding, however strict the rules', () => {
  const strict = {
    duplicates: 'deny',
    deprecated: 'deny',
    licenseText: 'deny',
    bundledLicenses: 'deny',
  } as const
  const sources = {
    registries: ['default'],
    git: 'deny',
    file: 'deny',
    url: 'deny',
    integrity: 'deny',
  } as const
  const judgement = judged(
    { registry: { base: 'https://registry.example/', names: ['default'] }, ...facts() },
    strict,
    { ...sources, registries: [...sources.registries] },
  )
  expect(judgement).toMatchObject({ verdict: 'pass', findings: [] })
})

describe('source-address', () => {
  const stray = { strayOrigins: ['https://evil.example'] }
  const at = (severity: RuleSeverity): string =>
    outcomeOf('source-address', judged(stray, {}, { addresses: severity }))

  test('follows sources.addresses, and denies without a word of the policy', () => {
    expect([at('deny'), at('warn'), at('off')]).toEqual(['deny violation', 'warn pass', 'nothing'])
    expect(outcomeOf('source-address', judged(stray))).toBe('deny violation')
    expect(outcomeOf('source-address', judged({ strayOrigins: [] }))).toBe('nothing')
  })

  test('each origin is a finding of its own, with its place in the lockfile', () => {
    const location = { file: 'npm-shrinkwrap.json', line: 12 }
    const found = findingsOf('source-address', judged({ location, strayOrigins: ['http://a.example', ''] }))
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /is fetched from http:\/\/a\.example by npm-shrinkwrap\.json, which is not its registry/,
      ),
      expect.stringMatching(/has an address in npm-shrinkwrap\.json that cannot be read/),
    ])
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2)
    expect(found[0]).toMatchObject({ location, fix: expect.stringContaining('"resolved"') as string })
  })

  test('a place that nobody knows is the lockfile', () => {
    const { location: _, ...placeless } = facts(stray)
    const [finding] = createJudge(rulesPolicy(), NOW)(placeless).findings
    expect(finding).toMatchObject({
      message:
        'left-pad@1.3.0 is fetched from https://evil.example by the lockfile, which is not its registry',
      fix: 'Remove its "resolved" from the lockfile and run npm install; if the address is right, name that registry in your own npmrc.',
    })
  })
})

describe('source-name', () => {
  test('is a violation, with the path', () => {
    const verdict = judged({ strayTarballs: ['/evil/-/evil-1.0.0.tgz'] })
    expect(outcomeOf('source-name', verdict)).toBe('deny violation')
    expect(outcomeOf('source-name', judged({ strayTarballs: [] }))).toBe('nothing')
  })

  test('each path is a finding of its own, with its place in the lockfile', () => {
    const location = { file: 'npm-shrinkwrap.json', line: 12 }
    const strayTarballs = ['/evil/-/evil-1.0.0.tgz', '/left-pad/-/left-pad-1.2.0.tgz']
    const found = findingsOf('source-name', judged({ location, strayTarballs }))
    expect(found.map(({ message }) => message)).toEqual(
      strayTarballs.map(
        (path) =>
          `left-pad@1.3.0 is fetched by npm-shrinkwrap.json from ${path}, which is another package or version`,
      ),
    )
    expect(found[0]).toMatchObject({
      location,
      fix: 'Find out who changed it; then remove its entry from npm-shrinkwrap.json and run npm install.',
    })
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2)
  })

  test('a place that nobody knows is the lockfile', () => {
    const { location: _, ...placeless } = facts({ strayTarballs: ['/evil/-/evil-1.0.0.tgz'] })
    const [finding] = createJudge(rulesPolicy(), NOW)(placeless).findings
    expect(finding?.message).toMatch(/ by the lockfile from /)
    expect(finding?.fix).toMatch(/ from the lockfile and /)
  })
})

describe('license-noted', () => {
  test.each([
    ['MIT', 'MIT'],
    ['Apache 2.0', 'Apache-2.0'],
    ['MIT', { type: 'MIT', url: 'https://mit.example' }],
    ['Custom words', 'Custom words'],
    ['Custom words', { type: 'Custom words' }],
  ])('%j for %j is what npm notes', (raw, registry) => {
    expect(noted(raw, registry)).toBe('nothing')
  })

  test('what either of them says is no stray note', () => {
    expect(noted('ISC', 'MIT', 'ISC')).toBe('nothing')
  })

  test('anything else is told, and changes no verdict', () => {
    expect(noted('ISC')).toBe('warn pass')
    expect(noted('Custom words')).toBe('warn pass')
    // Nor does it spare one: of these the registry names no licence.
    expect(noted('Custom words', 'Other words')).toBe('warn unknown')
    expect(noted('Custom words', { type: 'Other words' })).toBe('warn unknown')
    expect(noted('ISC', null)).toBe('warn unknown')
  })

  test.each<[unknown, unknown, string]>([
    ['ISC', 'Apache 2.0', 'under ISC, the registry says Apache-2.0'],
    ['Custom words', undefined, 'under "Custom words", the registry says nothing'],
    ['x'.repeat(200), ['MIT', 'ISC'], `under "${'x'.repeat(119)}, the registry says ["MIT","ISC"]`],
  ])('%j for %j: %s', (raw, registry, words) => {
    const location = { file: 'npm-shrinkwrap.json', line: 3 }
    const claims = [claimOf('registry', registry), claimOf('installed', registry), claimOf('lockfile', raw)]
    const [finding] = findingsOf('license-noted', judged({ location, claims }))
    expect(finding).toMatchObject({
      message: `left-pad@1.3.0 is noted in npm-shrinkwrap.json ${words}`,
      fix: 'Remove its entry from npm-shrinkwrap.json and run npm install: npm notes what the package says.',
      location,
      path: ['app@1.0.0', 'some-lib@2.1.0', 'left-pad@1.3.0'],
    })
  })

  test('each note is a finding of its own, and a place that nobody knows is the lockfile', () => {
    const notes = [claimOf('lockfile', 'ISC'), claimOf('lockfile', '0BSD')]
    const { location: _, ...placeless } = facts({ claims: [...both('MIT'), ...notes] })
    const found = findingsOf('license-noted', createJudge(rulesPolicy(), NOW)(placeless))
    expect(found.map(({ message }) => message)).toEqual([
      'left-pad@1.3.0 is noted in the lockfile under ISC, the registry says MIT',
      'left-pad@1.3.0 is noted in the lockfile under 0BSD, the registry says MIT',
    ])
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2)
  })

  test('what a text says is no note', () => {
    const text = textClaim({ licenses: [['MIT']] })
    expect(outcomeOf('license-noted', judged({ claims: [...both('MIT'), text] }))).toBe('nothing')
    const claims = [claimOf('registry', { type: 'MIT' }), claimOf('installed', { type: 'MIT' }), text]
    expect(outcomeOf('license-noted', judged({ claims }))).toBe('nothing')
  })

  test('a registry that was not heard says nothing that could differ', () => {
    const claims = [fails('registry', 'timeout'), says('installed', 'MIT'), claimOf('lockfile', 'ISC')]
    expect(findingsOf('license-noted', judged({ claims }))).toEqual([])
  })

  test('without the registry there is nothing to compare with', () => {
    const claims = [says('installed', 'MIT'), claimOf('lockfile', 'ISC')]
    expect(outcomeOf('license-noted', judged({ claims, source: 'git', expected: ['installed'] }))).toBe(
      'nothing',
    )
  })
})

function claimOf(witness: Claim['witness'], raw: unknown): Claim {
  const at = '2026-11-21T12:00:00.000Z'
  return { witness, raw, ...normaliseLicense({ license: raw }), at, from: 'lockfile' }
}

function noted(raw: unknown, registry: unknown = 'MIT', installed: unknown = registry): string {
  const claims = [claimOf('registry', registry), claimOf('installed', installed), claimOf('lockfile', raw)]
  return outcomeOf('license-noted', judged({ claims }))
}

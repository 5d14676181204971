/** Each tool's own configuration, in the shapes that public projects give it. */
import { readDependencyReview, reviewSteps } from '#adopt/import/dependency-review'
import { readLicenseChecker } from '#adopt/import/license-checker'
import { complianceFlags, readLicenseCompliance } from '#adopt/import/license-compliance'
import { readLicensee } from '#adopt/import/licensee'
import { describe, expect, test } from 'vitest'

const read = (args: string[], clarifications?: unknown) => readLicenseChecker('s', args, clarifications)

describe('license-checker', () => {
  test('what it allows, under names that are certain; the rest is named', () => {
    const peer = read([
      '--production',
      '--onlyAllow',
      'MIT; Apache 2.0;BSD;MIT*;UNKNOWN;UNLICENSED;GPL-3.0;(MIT OR GPL-2.0-only)',
      '--excludePrivatePackages',
    ])
    expect(peer.allow).toEqual(['MIT', 'Apache-2.0'])
    expect(peer.productionOnly).toBe(true)
    expect(peer.lost.map(({ what }) => what)).toEqual(
      ['BSD', 'MIT*', 'UNKNOWN', 'UNLICENSED', 'GPL-3.0', '(MIT OR GPL-2.0-only)'].map(
        (name) => `licence "${name}"`,
      ),
    )
  })

  test('what it denies is no allow list', () => {
    const peer = read(['--failOn=GPL-3.0;AGPL-3.0-only'])
    expect(peer.allow).toBeUndefined()
    expect(peer.deny).toEqual(['GPL-3.0', 'AGPL-3.0-only'])
  })

  test('packages and licences that are left out of its list', () => {
    const peer = read([
      '--onlyAllow=MIT',
      '--excludeLicenses=ISC,0BSD',
      '--excludePackages=a@1.0.0;@b/c',
      '--excludePackagesStartingWith=acme-;@x/',
    ])
    expect(peer.allow).toEqual(['MIT', 'ISC', '0BSD'])
    expect(peer.exempt).toEqual([
      { text: 'a@1.0.0', package: 'a@1.0.0' },
      { text: '@b/c', package: '@b/c' },
      { text: 'acme-…', prefix: 'acme-' },
      { text: '@x/…', prefix: '@x/' },
    ])
  })

  test('a clarification is carried over if it is bound to a file', () => {
    const sha256 = 'A'.repeat(64)
    const peer = read(['--onlyAllow=MIT'], {
      'a@1.0.0': { licenses: 'MIT', licenseFile: 'LICENSE', checksum: sha256 },
      'b@^2': { licenses: 'MIT' },
      __proto__: 'x',
      c: null,
    })
    expect(peer.readings).toEqual([
      { package: 'a@1.0.0', license: 'MIT', file: 'LICENSE', sha256: 'a'.repeat(64) },
    ])
    expect(peer.lost).toMatchObject([
      { what: 'clarification of b@^2', why: expect.stringContaining('depgate clarify') as string },
    ])
  })
})

describe('licensee', () => {
  test('ids, ratings and ignored packages (as SAP/cloud-sdk-js has them)', () => {
    const peer = readLicensee('.licensee.json', {
      licenses: { spdx: ['CC-BY-3.0'], blueOak: 'bronze' },
      corrections: true,
      ignore: [{ scope: 'cap-js' }, { prefix: 'spawndamnit' }, { author: 'Me' }],
      packages: { optimist: '<=0.6.1', any: '*' },
    })
    expect(peer.allow).toEqual(['CC-BY-3.0', 'group:permissive'])
    expect(peer.exempt).toEqual([
      { text: 'optimist@<=0.6.1', package: 'optimist@<=0.6.1' },
      { text: 'any', package: 'any' },
      { text: '@cap-js/*', package: '@cap-js/*' },
      { text: 'spawndamnit…', prefix: 'spawndamnit' },
    ])
    expect(peer.lost.map(({ what }) => what)).toEqual(['ignore {"author":"Me"}', 'corrections'])
  })

  test('a rating that has no group is named', () => {
    expect(readLicensee('s', { licenses: { blueOak: 'gold', osi: true } })).toMatchObject({
      allow: ['group:osi'],
      lost: [{ what: 'licenses.blueOak: gold' }],
    })
  })

  test('the form before version 7 (as npm/cli had it)', () => {
    const peer = readLicensee('s', {
      license: '(MIT OR BSD-2-Clause OR Artistic-2.0)',
      whitelist: { 'config-chain': '1.1.11' },
    })
    expect(peer.allow).toEqual(['MIT', 'BSD-2-Clause', 'Artistic-2.0'])
    expect(peer.exempt).toEqual([{ text: 'config-chain@1.1.11', package: 'config-chain@1.1.11' }])
  })
})

describe('license-compliance', () => {
  test('flags say the same as a file', () => {
    const flags = complianceFlags(['-p', '--allow=MIT;ISC', '-e', '/^@the-project/;some-package'])
    const file = {
      allow: ['MIT', 'ISC'],
      exclude: ['/^@the-project/', 'some-package'],
      production: true,
      development: false,
      direct: false,
    }
    expect(flags).toEqual(file)
    expect(readLicenseCompliance('s', file)).toMatchObject({
      allow: ['MIT', 'ISC'],
      productionOnly: true,
      exempt: [
        { text: '/^@the-project/', prefix: '@the-project' },
        { text: 'some-package', package: 'some-package' },
      ],
      lost: [],
    })
  })

  test('a pattern, code and a part of the tree are named', () => {
    const peer = readLicenseCompliance('s', {
      allow: ['MIT'],
      exclude: ['/a.*b/'],
      extends: '@acme/l',
      direct: true,
    })
    expect(peer?.lost.map(({ what }) => what)).toEqual(['extends @acme/l', 'direct', 'exclude /a.*b/'])
    expect(peer?.exempt).toEqual([])
  })

  test('one that allows nothing is no policy', () => {
    expect(readLicenseCompliance('s', { format: 'json' })).toBeUndefined()
    expect(readLicenseCompliance('s', undefined)).toBeUndefined()
    expect(readLicenseCompliance('s', complianceFlags(['--production']))).toBeUndefined()
  })
})

describe('dependency-review-action', () => {
  test('lists and texts with commas (10up/.github has the list)', () => {
    const peer = readDependencyReview('s', {
      'allow-licenses': ['0BSD', 'AGPL-3.0', 'MIT', 'Apache-2.0 AND Apache-2.0 WITH LLVM-exception'],
      'allow-dependencies-licenses': 'pkg:npm/lodash, pkg:npm/%40acme/x@1.0.0, pkg:pypi/y',
      'deny-packages': ['pkg:npm/evil@2.0.0'],
      'deny-groups': 'pkg:npm/%40bad/',
      'fail-on-severity': 'critical',
      'warn-only': true,
    })
    expect(peer?.allow).toEqual(['0BSD', 'MIT'])
    expect(peer?.exempt.map((entry) => entry.package)).toEqual(['lodash', '@acme/x@1.0.0'])
    expect(peer?.ban.map((entry) => entry.package)).toEqual(['evil@2.0.0', '@bad/*'])
    expect(peer?.lost.map(({ what }) => what)).toEqual([
      'licence "AGPL-3.0"',
      'licence "Apache-2.0 AND Apache-2.0 WITH LLVM-exception"',
      'pkg:pypi/y',
      'fail-on-severity',
      'warn-only',
    ])
  })

  test('a purl that cannot be decoded is not taken for a package of npm that there is', () => {
    const peer = readDependencyReview('s', { 'allow-dependencies-licenses': 'pkg:npm/%zz' })
    expect(peer?.exempt).toEqual([{ text: 'pkg:npm/%zz', package: '%zz' }])
  })

  test('one that says nothing of licences is none', () => {
    expect(readDependencyReview('s', { 'fail-on-severity': 'moderate' })).toBeUndefined()
  })

  test('the inputs stand in the steps of a workflow', () => {
    const workflow = {
      jobs: {
        a: { steps: [{ uses: 'actions/checkout@v4' }, { uses: 'actions/dependency-review-action@v4' }] },
        b: {
          steps: [{ uses: 'actions/dependency-review-action@abc', with: { 'deny-licenses': 'GPL-3.0' } }],
        },
        c: { uses: './x.yml' },
      },
    }
    expect(reviewSteps(workflow)).toEqual([{}, { 'deny-licenses': 'GPL-3.0' }])
    for (const odd of [undefined, null, [], 'x', { jobs: [] }, { jobs: { a: { steps: 'x' } } }]) {
      expect(reviewSteps(odd)).toEqual([])
    }
  })
})

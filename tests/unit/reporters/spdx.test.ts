import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { Claim } from '#model/claim'
import type { RunReport } from '#model/run-report'
import { spdxReport } from '#reporters/spdx'
import { oddReport } from '../../support/odd-report.ts'
import { packageReport, runReport } from '../../support/report.ts'

interface SpdxPackage {
  SPDXID: string
  name: string
  versionInfo?: string
  licenseConcluded: string
  licenseDeclared: string
  licenseComments?: string
  checksums?: object[]
  externalRefs?: object[]
}

interface Document {
  name: string
  documentNamespace: string
  creationInfo: { created: string; creators: string[] }
  packages: SpdxPackage[]
  relationships: { spdxElementId: string; relationshipType: string; relatedSpdxElement: string }[]
  hasExtractedLicensingInfos?: { licenseId: string; extractedText: string }[]
}

const schema = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../fixtures/schemas/spdx-2.3.schema.json'), 'utf8'),
) as object
const validate = new Ajv({ strict: true }).compile(schema)
const parse = (report: RunReport): Document => JSON.parse(spdxReport(report)) as Document
const one = (changes: Parameters<typeof packageReport>[1]): SpdxPackage => {
  const entry = parse(runReport({ packages: [packageReport('a@1.0.0', changes)] })).packages[1]
  if (entry === undefined) throw new Error('no package')
  return entry
}
const claim = (changes: Partial<Claim>): Claim => ({
  witness: 'registry',
  at: '2026-01-01T00:00:00.000Z',
  from: 'network',
  ...changes,
})

describe('the official schema', () => {
  test.each([
    ['an ordinary report', runReport()],
    ['everything odd at once', oddReport()],
    [
      'no tree at all',
      { ...oddReport(), packages: [], firstParty: [], inputs: { ...runReport().inputs, project: '' } },
    ],
  ])('accepts %s', (_, report) => {
    validate(parse(report))
    expect(validate.errors).toBeNull()
  })

  test('would refuse a wrong one', () => {
    expect(validate({ ...parse(runReport()), more: 1 })).toBe(false)
    expect(validate({ ...parse(runReport()), packages: [{ SPDXID: 'x', name: 'x' }] })).toBe(false)
  })
})

describe('what the specification asks beyond its schema', () => {
  const document = parse(oddReport())

  test('ids are unique, of few characters, and every relationship leads somewhere', () => {
    const ids = document.packages.map(({ SPDXID }) => SPDXID)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z\d.-]+$/)
    const known = new Set(['SPDXRef-DOCUMENT', ...ids])
    for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
      expect(known).toContain(spdxElementId)
      expect(known).toContain(relatedSpdxElement)
    }
    expect(document.relationships.filter((entry) => entry.relationshipType === 'DESCRIBES')).toHaveLength(1)
  })

  test('each LicenseRef that is used is described, and no other', () => {
    const used = document.packages.flatMap(({ licenseConcluded, licenseDeclared }) =>
      `${licenseConcluded} ${licenseDeclared}`.match(/LicenseRef-[A-Za-z\d.-]+/g),
    )
    expect(document.hasExtractedLicensingInfos?.map(({ licenseId }) => licenseId)).toEqual(
      [...new Set(used.filter((id) => id !== null))].toSorted(),
    )
    expect(JSON.stringify(document.packages.map((entry) => entry.licenseConcluded))).not.toContain(
      'DocumentRef',
    )
  })

  test('times have whole seconds, the namespace no fragment', () => {
    expect(document.creationInfo.created).toBe('2026-01-01T00:00:00Z')
    expect(document.documentNamespace).toMatch(/^https:\/\/spdx\.org\/spdxdocs\/depgate-[A-Za-z\d.-]+$/)
  })
})

test('who depends on whom, and how', () => {
  const { relationships } = parse(
    runReport({
      packages: [
        packageReport('a@1.0.0', { dependencies: ['b@1.0.0'], kinds: ['dev'] }),
        packageReport('b@1.0.0', { kinds: ['dev'] }),
        packageReport('c@1.0.0', { kinds: ['production', 'dev'] }),
        packageReport('d@1.0.0', { kinds: ['optional'] }),
      ],
      firstParty: [
        {
          name: 'app',
          version: '1.0.0',
          location: '.',
          because: 'root',
          dependencies: ['a@1.0.0', 'c@1.0.0', 'd@1.0.0'],
        },
      ],
    }),
  )
  const app = 'SPDXRef-Package-app-1.0.0'
  const short = relationships.map((entry) =>
    Object.values(entry).map((text) => text.replace('SPDXRef-Package-', '')),
  )
  expect(relationships[0]).toEqual({
    spdxElementId: 'SPDXRef-DOCUMENT',
    relationshipType: 'DESCRIBES',
    relatedSpdxElement: app,
  })
  expect(short.slice(1)).toEqual([
    ['a-1.0.0', 'DEV_DEPENDENCY_OF', 'app-1.0.0'],
    ['app-1.0.0', 'DEPENDS_ON', 'c-1.0.0'],
    ['d-1.0.0', 'OPTIONAL_DEPENDENCY_OF', 'app-1.0.0'],
    ['a-1.0.0', 'DEPENDS_ON', 'b-1.0.0'],
  ])
})

test('concluded and declared are told apart', () => {
  const unheard = claim({ failure: { code: 'offline', message: 'not asked' } })
  const mit = claim({ witness: 'installed', license: 'MIT' })
  const gpl = claim({ witness: 'text', license: 'GPL-3.0-only' })
  const of = (changes: Parameters<typeof packageReport>[1]) => {
    const { licenseConcluded, licenseDeclared } = one(changes)
    return [licenseConcluded, licenseDeclared]
  }
  const open = { license: null, conclusion: 'unknown' as const }
  expect(of({})).toEqual(['MIT', 'MIT'])
  expect(of({ ...open, claims: [unheard, mit] })).toEqual(['NOASSERTION', 'MIT'])
  expect(of({ ...open, claims: [claim({ license: 'ISC' }), mit] })).toEqual(['NOASSERTION', 'NOASSERTION'])
  expect(of({ ...open, claims: [claim({ reason: 'absent' }), mit] })).toEqual(['NOASSERTION', 'NOASSERTION'])
  expect(of({ license: null, conclusion: 'conflict', claims: [mit, gpl] })).toEqual(['NOASSERTION', 'MIT'])
  expect(of({ ...open, claims: [claim({ reason: 'unlicensed' })] })).toEqual([
    'LicenseRef-UNLICENSED',
    'LicenseRef-UNLICENSED',
  ])
  expect(one({ license: null, conclusion: 'conflict', claims: [mit, gpl] }).licenseComments).toBe(
    'Conclusion conflict. installed: MIT; text: GPL-3.0-only.',
  )
})

test('checksums and the purl are there for what the registry has', () => {
  const integrity = [`sha256-${Buffer.alloc(32, 1).toString('base64')}`]
  expect(one({ integrity })).toMatchObject({
    checksums: [{ algorithm: 'SHA256', checksumValue: '01'.repeat(32) }],
    externalRefs: [{ referenceLocator: 'pkg:npm/a@1.0.0' }],
  })
  expect(one({ source: 'git' }).externalRefs).toBeUndefined()
})

test('the same report gives the same bytes, another one another namespace', () => {
  expect(spdxReport(oddReport())).toBe(spdxReport(oddReport()))
  expect(parse(runReport({ packages: [] })).documentNamespace).not.toBe(parse(runReport()).documentNamespace)
})

test('a verdict is told only where a policy was there to judge by', () => {
  const inputs = { ...runReport().inputs, policySha256: 'f'.repeat(64) }
  expect(spdxReport(runReport())).not.toContain('Verdict')
  expect(parse(runReport({ inputs })).packages[1]?.licenseComments).toMatch(
    /^Verdict pass\. Conclusion declared\./,
  )
})

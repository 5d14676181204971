import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { describe, expect, test } from 'vitest'
import type { Claim } from '#model/claim'
import type { RunReport } from '#model/run-report'
import { cyclonedxReport } from '#reporters/cyclonedx'
import { oddReport } from '../../support/odd-report.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'

interface Component {
  'bom-ref': string
  group?: string
  name: string
  scope?: string
  purl?: string
  hashes?: { alg: string; content: string }[]
  licenses?: object[]
  evidence?: { licenses: { license: { id?: string; name?: string; properties: object[] } }[] }
  properties: { name: string; value: string }[]
}

interface Bom {
  serialNumber: string
  metadata: { timestamp: string; component: Component; properties: Component['properties'] }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
  compositions?: object[]
}

const parse = (report: RunReport): Bom => JSON.parse(cyclonedxReport(report)) as Bom
const one = (changes: Parameters<typeof packageReport>[1], id = 'a@1.0.0'): Component => {
  const [component] = parse(runReport({ packages: [packageReport(id, changes)] })).components
  if (component === undefined) throw new Error('no component')
  return component
}
const claim = (changes: Partial<Claim>): Claim => ({
  witness: 'registry',
  at: '2026-01-01T00:00:00.000Z',
  from: 'network',
  ...changes,
})
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)

describe('the official schema', () => {
  test.each([
    ['an ordinary report', runReport()],
    ['everything odd at once', oddReport()],
    [
      'no tree at all',
      { ...oddReport(), packages: [], firstParty: [], inputs: { ...runReport().inputs, project: '' } },
    ],
  ])('accepts %s', async (_, report) => {
    expect(await validator.validate(cyclonedxReport(report))).toBeNull()
  })

  test('would refuse a wrong one', async () => {
    const wrong = cyclonedxReport(runReport()).replace('"library"', '"nonsense"')
    expect(await validator.validate(wrong)).not.toBeNull()
  })
})

test('names the project, its packages and who depends on whom', () => {
  const bom = parse(
    runReport({
      packages: [
        packageReport('@scope/a@1.0.0', { dependencies: ['b@2.0.0', 'left-out@1.0.0'] }),
        packageReport('b@2.0.0', { dependencies: ['@scope/a@1.0.0'], kinds: ['dev', 'optional'] }),
      ],
      firstParty: [
        { name: 'app', version: '1.0.0', location: '.', because: 'root', dependencies: ['@scope/a@1.0.0'] },
        {
          name: 'web',
          version: '',
          location: 'packages/web',
          because: 'workspace',
          dependencies: ['b@2.0.0'],
        },
      ],
    }),
  )
  expect(bom.metadata.component).toMatchObject({ type: 'application', name: 'app', version: '1.0.0' })
  expect(bom.metadata.timestamp).toBe('2026-01-01T00:00:00.000Z')
  expect(bom.components.map(({ group, name, scope }) => [group, name, scope])).toEqual([
    [undefined, 'web', undefined],
    ['@scope', 'a', 'required'],
    [undefined, 'b', 'optional'],
  ])
  expect(bom.dependencies).toEqual([
    { ref: 'app@1.0.0', dependsOn: ['@scope/a@1.0.0', 'web'] },
    { ref: 'web', dependsOn: ['b@2.0.0'] },
    { ref: '@scope/a@1.0.0', dependsOn: ['b@2.0.0'] },
    { ref: 'b@2.0.0', dependsOn: ['@scope/a@1.0.0'] },
  ])
})

test('packages that share an id have refs of their own, and what needs the id leads to each', () => {
  const odd = parse(
    runReport({
      packages: [
        packageReport('a@1.0.0', { source: 'git' }),
        packageReport('a@1.0.0', { source: 'git' }),
        packageReport('a@1.0.0', { dependencies: ['a@1.0.0'] }),
        packageReport('a@1.0.0#git-2'),
      ],
    }),
  )
  const refs = odd.components.map((component) => component['bom-ref'])
  expect(new Set(refs).size).toBe(4)
  expect(odd.components.map(({ purl }) => purl !== undefined)).toEqual([false, false, true, true])
  expect(odd.dependencies[0]?.dependsOn).toHaveLength(3)
  expect(odd.dependencies[3]?.dependsOn).toEqual(refs.slice(0, 2).toSorted())
})

describe('licences', () => {
  test.each([
    ['MIT', 'declared', { license: { id: 'MIT', acknowledgement: 'declared' } }],
    ['MIT', 'clarified', { license: { id: 'MIT', acknowledgement: 'concluded' } }],
    ['MIT OR Apache-2.0', 'declared', { expression: 'MIT OR Apache-2.0', acknowledgement: 'declared' }],
    ['GPL-2.0+', 'text', { expression: 'GPL-2.0+', acknowledgement: 'concluded' }],
    ['LicenseRef-acme', 'clarified', { license: { name: 'LicenseRef-acme', acknowledgement: 'concluded' } }],
  ] as const)('%s, %s', (license, conclusion, expected) => {
    expect(one({ license, conclusion }).licenses).toEqual([expected])
  })

  test('an unknown licence has no name', () => {
    const claims = [
      claim({ reason: 'absent' }),
      claim({ witness: 'installed', raw: 'BSD', reason: 'ambiguous' }),
    ]
    const component = one({ license: null, conclusion: 'unknown', claims })
    expect(component.licenses).toBeUndefined()
    expect(component.evidence?.licenses).toMatchObject([{ license: { name: 'BSD' } }])
    expect(component.properties).toContainEqual({
      name: 'depgate:no-licence-from',
      value: 'registry: absent',
    })
  })

  test('a conflict is evidence on both sides and no licence', () => {
    const claims = [
      claim({ license: 'MIT' }),
      claim({
        witness: 'text',
        license: 'GPL-3.0-only OR MIT',
        text: { file: 'LICENSE', sha256: 'f'.repeat(64), role: 'package', licenses: [] },
      }),
    ]
    const component = one({ license: null, conclusion: 'conflict', claims })
    expect(component.licenses).toBeUndefined()
    expect(component.evidence?.licenses).toMatchObject([
      { license: { id: 'MIT', acknowledgement: 'declared' } },
      { license: { name: 'GPL-3.0-only OR MIT', acknowledgement: 'concluded' } },
    ])
    expect(component.evidence?.licenses[1]?.license.properties).toContainEqual({
      name: 'depgate:file',
      value: 'LICENSE',
    })
  })

  test('what a notice says of bundled parts is no evidence for the package', () => {
    const bundled = claim({
      witness: 'text',
      text: { file: 'NOTICE', sha256: 'f'.repeat(64), role: 'bundled', licenses: [['GPL-2.0-only']] },
    })
    const component = one({ claims: [claim({ license: 'MIT' }), bundled] })
    expect(component.evidence?.licenses).toHaveLength(1)
    expect(component.properties).toContainEqual({
      name: 'depgate:bundled-license',
      value: 'GPL-2.0-only (NOTICE)',
    })
  })

  test('UNLICENSED is named, and only where everybody says so', () => {
    const none = claim({ raw: 'UNLICENSED', reason: 'unlicensed' })
    const proprietary = { license: null, conclusion: 'unknown' as const }
    expect(one({ ...proprietary, claims: [none, none] }).licenses).toMatchObject([
      { license: { name: 'UNLICENSED' } },
    ])
    expect(one({ ...proprietary, claims: [none, claim({ reason: 'absent' })] }).licenses).toBeUndefined()
  })
})

test('hashes are hex, and what is no hash is left out', () => {
  const sha1 = Buffer.alloc(20, 1)
  const { hashes } = one({
    integrity: [
      `sha1-${sha1.toString('base64')}?x`,
      'sha512-c2hvcnQ=',
      'md5-AAAA',
      'rubbish',
      '__proto__-AAAA',
    ],
  })
  expect(hashes).toEqual([{ alg: 'SHA-1', content: sha1.toString('hex') }])
})

test('what is missing is said', () => {
  expect(parse(runReport()).compositions).toBeUndefined()
  expect(parse(runReport({ findings: [finding({ verdict: 'incomplete' })] })).compositions).toEqual([
    { aggregate: 'incomplete', dependencies: ['app@1.0.0'] },
  ])
})

test('the same report gives the same bytes, another one another serial number', () => {
  expect(cyclonedxReport(oddReport())).toBe(cyclonedxReport(oddReport()))
  const later = { ...runReport(), run: { ...runReport().run, startedAt: '2026-01-02T00:00:00.000Z' } }
  expect(parse(later).serialNumber).not.toBe(parse(runReport()).serialNumber)
  expect(parse(runReport()).serialNumber).toMatch(
    /^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-/,
  )
})

test('ten thousand packages take no time worth naming', () => {
  const packages = Array.from({ length: 10_000 }, (_, at) =>
    packageReport(`p${at}@1.0.0`, {
      dependencies: [`p${(at * 7) % 10_000}@1.0.0`, `p${(at * 3) % 10_000}@1.0.0`],
    }),
  )
  const start = performance.now()
  cyclonedxReport(runReport({ packages }))
  expect(performance.now() - start).toBeLessThan(5000)
})

function propertyNames(report: RunReport): string[] {
  const { components, metadata } = parse(report)
  return [...components, metadata].flatMap(({ properties }) => properties.map(({ name }) => name))
}

test('a verdict is told only where a policy was there to judge by', () => {
  const inputs = { ...runReport().inputs, policySha256: 'f'.repeat(64) }
  expect(propertyNames(runReport()).filter((name) => name === 'depgate:verdict')).toHaveLength(0)
  expect(propertyNames(runReport({ inputs })).filter((name) => name === 'depgate:verdict')).toHaveLength(2)
})

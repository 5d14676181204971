/** All sources together: what counts as known, as old and as not asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail, ok } from '#model/outcome'
import type { PackageReport } from '#model/run-report'
import type { RegistryClient } from '#registry/client'
import { findAdvisories } from '../../../src/run/advisory-run.ts'
import type { AdvisoryPorts } from '../../../src/run/advisory-run.ts'
import { bulkEntry, startAdvisoryRegistry } from '../../support/advisory-registry.ts'
import type { AdvisoryRegistry } from '../../support/advisory-registry.ts'
import { packageReport } from '../../support/report.ts'
import { policy } from '../policy/samples.ts'
import { clientFor, configFor, mapCache } from '../registry/clients.ts'

const OSV = resolve(import.meta.dirname, '../../../fixtures/osv')
const NOW = Date.UTC(2026, 10, 21, 12)
const DAY = 86_400_000

let registry: AdvisoryRegistry
let client: RegistryClient
let records: ReturnType<typeof mapCache>
let folder: string
beforeEach(async () => {
  registry = await startAdvisoryRegistry()
  client = await clientFor(configFor(registry.url))
  records = mapCache()
  folder = mkdtempSync(join(tmpdir(), 'depgate-advisories-'))
})
afterEach(async () => {
  await client.close()
  await registry.close()
  rmSync(folder, { recursive: true })
})

const TREE = [packageReport('lodash@4.17.20'), packageReport('ws@8.17.1'), packageReport('acme@1.0.0')]

function ask(more: Partial<AdvisoryPorts['request']> = {}, packages: PackageReport[] = TREE, answers = true) {
  const request = { policy: policy(), now: NOW, omitDev: false, workspaces: [], offline: false, ...more }
  return findAdvisories(packages, {
    registry: answers ? ok({ client }) : fail('npmrc-unreadable', 'No registry can be asked.'),
    records,
    request,
    signal: new AbortController().signal,
  })
}

const is405 = (): void => registry.answer((response) => response.writeHead(405).end())

describe('the registry alone', () => {
  test('says what is affected; the list of versions says what is not', async () => {
    registry.known.set('lodash', [
      bulkEntry('GHSA-35jh-r3h4-6jhm', '<=4.17.20'),
      bulkEntry('GHSA-zzzz-zzzz-zzzz', '<4.17.0'),
    ])
    registry.versions.set('lodash', ['4.17.19', '4.17.20', '4.17.21'])
    const { advisories, findings } = await ask()
    expect(advisories).toMatchObject({
      status: 'complete',
      sources: [{ name: 'registry', asOf: '2026-11-21T12:00:00.000Z' }],
      matches: [
        { id: 'GHSA-35jh-r3h4-6jhm', package: 'lodash@4.17.20', fixedIn: '4.17.21', source: 'registry' },
      ],
    })
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['package-vulnerable', 'deny']])
  })

  test('that does not answer leaves everything open, and no verdict is changed', async () => {
    is405()
    const { advisories, findings } = await ask()
    expect(advisories).toMatchObject({ status: 'incomplete', matches: [], sources: [{ name: 'registry' }] })
    expect(advisories.sources[0]).not.toHaveProperty('asOf')
    expect(advisories.sources[0]?.problem).toMatch(/does not answer questions about advisories \(405\)/)
    expect(findings).toMatchObject([{ rule: 'advisories-unavailable', severity: 'warn', verdict: 'pass' }])
  })

  test('an entry that cannot be read leaves its package open', async () => {
    registry.known.set('lodash', [
      { ...bulkEntry('GHSA-35jh-r3h4-6jhm', '<5'), vulnerable_versions: '1 || '.repeat(20_000) },
    ])
    const { advisories, findings } = await ask()
    expect(advisories.status).toBe('incomplete')
    expect(findings).toMatchObject([
      { message: expect.stringMatching(/^Whether 1 of 3 .* of lodash cannot be read/) as unknown },
    ])
  })

  test('that cannot even be told is one that does not answer', async () => {
    const { advisories } = await ask({}, TREE, false)
    expect(advisories).toMatchObject({
      status: 'incomplete',
      sources: [{ problem: 'No registry can be asked.' }],
    })
  })
})

test('what comes from elsewhere than a registry is not asked about', async () => {
  const tree = [{ ...packageReport('lodash@4.17.20'), source: 'git' as const }]
  expect((await ask({}, tree)).advisories).toEqual({ status: 'complete', sources: [], matches: [] })
  expect(registry.questions).toEqual([])
})

describe('a dump', () => {
  test('stands in for a registry that does not answer', async () => {
    is405()
    const { advisories, findings } = await ask({ osv: OSV })
    expect(advisories).toMatchObject({
      status: 'complete',
      sources: [
        { name: 'registry', problem: expect.stringContaining('(405)') as unknown },
        { name: 'osv', asOf: '2026-11-20T08:00:00.000Z' },
      ],
      matches: [{ id: 'GHSA-35jh-r3h4-6jhm', fixedIn: '4.17.21', source: 'osv' }],
    })
    expect(findings.map(({ rule }) => rule)).toEqual(['package-vulnerable'])
  })

  test('and the registry tell the same thing once', async () => {
    registry.known.set('lodash', [bulkEntry('GHSA-35jh-r3h4-6jhm', '<4.17.21')])
    const { advisories } = await ask({ osv: OSV })
    expect(advisories.matches).toMatchObject([{ source: 'registry', aliases: ['CVE-2021-23337'] }])
  })

  test('is remembered with its date, for the packages that it was read for', async () => {
    is405()
    await ask({ osv: OSV })
    const later = await ask({ now: NOW + 2 * DAY })
    expect(later.advisories).toMatchObject({ status: 'complete', matches: [{ id: 'GHSA-35jh-r3h4-6jhm' }] })
    const grown = await ask({}, [...TREE, packageReport('axios@0.21.0')])
    expect(grown.advisories.status).toBe('incomplete')
    expect(grown.findings.at(-1)?.details).toContainEqual('not known of axios@0.21.0')
  })

  test('that is too old still says what it knows, and is not enough', async () => {
    is405()
    const { advisories, findings } = await ask({ osv: OSV, now: NOW + 7 * DAY })
    expect(advisories).toMatchObject({ status: 'incomplete', matches: [{ package: 'lodash@4.17.20' }] })
    expect(advisories.sources[1]?.problem).toBe(
      "The dump of OSV's database was last changed on 2026-11-20, and advisories.maxAge allows 7 days.",
    )
    expect(findings.map(({ rule }) => rule)).toEqual(['package-vulnerable', 'advisories-unavailable'])
  })

  test('that is cut is used as far as it goes, and does not take the place of a whole one', async () => {
    is405()
    await ask({ osv: OSV })
    const cut = join(folder, 'cut.json')
    writeFileSync(cut, '[{"id":"A-1"')
    expect((await ask({ osv: cut })).advisories.status).toBe('incomplete')
    expect((await ask()).advisories).toMatchObject({
      status: 'complete',
      matches: [{ package: 'lodash@4.17.20' }],
    })
  })

  test('that was kept by nobody of ours is none', async () => {
    is405()
    await ask({ osv: OSV })
    for (const [key, hit] of records.entries)
      records.entries.set(key, { ...hit, body: Buffer.from('{"names":7}') })
    expect((await ask()).advisories.sources.map(({ name }) => name)).toEqual(['registry'])
  })
})

/** One vulnerability is told once, whoever knows of it, and with the best that anybody says. */
import { describe, expect, test } from 'vitest'
import type { Advisory } from '#advisories/advisory'
import { readBulkEntry } from '#advisories/bulk-entry'
import { describeVulnerability, findVulnerabilities } from '#advisories/match'

const LEFT_PAD = { id: 'left-pad@1.3.0', name: 'left-pad', version: '1.3.0' }
const GHSA = 'GHSA-aaaa-bbbb-cccc'

function advisory(more: Partial<Advisory> = {}): Advisory {
  return {
    id: GHSA,
    aliases: [],
    name: 'left-pad',
    title: 'It pads to the right',
    severity: 'high',
    affected: { intervals: [{ below: '1.3.1' }], versions: [] },
    source: 'osv',
    ...more,
  }
}

function matches(advisories: Advisory[], published?: string[]) {
  return findVulnerabilities([LEFT_PAD], advisories).map((each) => describeVulnerability(each, published))
}

test('the registry and OSV about the same', () => {
  const registry = advisory({
    source: 'registry',
    severity: null,
    affected: { intervals: [], versions: [], range: '<=1.3.2' },
    url: 'https://advisories.example/1',
  })
  const osv = advisory({ id: 'CVE-2026-0001', aliases: [GHSA], severity: 'moderate' })
  for (const order of [
    [registry, osv],
    [osv, registry],
  ]) {
    expect(matches(order, ['1.3.1', '1.3.2', '1.3.3'])).toEqual([
      {
        id: GHSA,
        aliases: ['CVE-2026-0001'],
        package: 'left-pad@1.3.0',
        title: 'It pads to the right',
        severity: 'moderate',
        range: '<=1.3.2',
        fixedIn: '1.3.3',
        url: 'https://advisories.example/1',
        source: 'registry',
      },
    ])
  }
})

test('two that a third one says are the same', () => {
  const three = [
    advisory({ id: 'MAL-1' }),
    advisory({ id: 'CVE-1' }),
    advisory({ id: 'ZZ-1', aliases: ['mal-1', 'CVE-1'] }),
  ]
  expect(matches(three)).toMatchObject([{ id: 'CVE-1', aliases: ['MAL-1', 'ZZ-1', 'mal-1'] }])
})

test('two that are not the same', () => {
  expect(matches([advisory(), advisory({ id: 'GHSA-xxxx-yyyy-zzzz' })])).toHaveLength(2)
})

test('names are exact', () => {
  expect(matches([advisory({ name: 'Left-Pad' }), advisory({ name: '__proto__' })])).toEqual([])
})

test('where no list of versions has one the end of the range is the fix', () => {
  expect(matches([advisory()])).toMatchObject([{ fixedIn: '1.3.1' }])
  expect(matches([advisory()], ['1.3.0'])).toMatchObject([{ fixedIn: '1.3.1' }])
  expect(matches([advisory({ affected: { intervals: [{}], versions: [] } })])[0]).not.toHaveProperty(
    'fixedIn',
  )
})

describe('an entry of the registry', () => {
  const ENTRY = {
    id: 1094500,
    url: `https://advisories.example/advisories/${GHSA}`,
    title: 'It pads to the right',
    severity: 'moderate',
    vulnerable_versions: '<1.3.1',
    cwe: ['CWE-1'],
    cvss: { score: 5.3, vectorString: null },
  }

  test('is known by the name that everybody knows', () => {
    expect(readBulkEntry('left-pad', ENTRY)).toEqual({
      id: GHSA,
      aliases: [],
      name: 'left-pad',
      title: 'It pads to the right',
      severity: 'moderate',
      affected: { intervals: [], versions: [], range: '<1.3.1' },
      url: ENTRY.url,
      source: 'registry',
    })
    expect(readBulkEntry('left-pad', { ...ENTRY, url: 'ftp://x' })).toMatchObject({ id: '1094500' })
  })

  test.each<[string, unknown]>([
    ['nothing', null],
    ['without a range', { ...ENTRY, vulnerable_versions: undefined }],
    ['with a range that is none', { ...ENTRY, vulnerable_versions: 'soon' }],
    ['with a range of 100 KB', { ...ENTRY, vulnerable_versions: '1.0.0 || '.repeat(12_000) }],
    ['without any name', { ...ENTRY, url: undefined, id: { toString: 'x' } }],
  ])('cannot be read: %s', (_, entry) => {
    expect(readBulkEntry('left-pad', entry)).toBeUndefined()
  })
})

/** Ten vulnerable versions that everybody knows: each is found with its first good version, and none of the good ones is. */
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { describeVulnerability, findVulnerabilities } from '#advisories/match'
import { openOsvDump } from '#advisories/osv-dump'
import { readOsvPieces } from '#advisories/osv-reading'

const FOLDER = resolve(import.meta.dirname, '../../../fixtures/osv')
const NOW = Date.UTC(2026, 10, 21, 12)

const KNOWN = [
  ['axios', '0.21.0', '0.21.1', 'GHSA-4w2v-q235-vp99', 'moderate'],
  ['braces', '3.0.2', '3.0.3', 'GHSA-grv7-fg5c-xmjg', 'high'],
  ['follow-redirects', '1.15.5', '1.15.6', 'GHSA-cxjh-pqwp-8mfp', 'moderate'],
  ['json5', '2.2.1', '2.2.2', 'GHSA-9c47-m6qq-7p4h', 'high'],
  ['lodash', '4.17.20', '4.17.21', 'GHSA-35jh-r3h4-6jhm', 'high'],
  ['minimist', '1.2.5', '1.2.6', 'GHSA-xvch-5gv4-984h', 'critical'],
  ['semver', '7.5.1', '7.5.2', 'GHSA-c2qf-rxjj-qqgw', 'high'],
  ['tough-cookie', '4.1.2', '4.1.3', 'GHSA-72xf-g2v4-qvf3', 'moderate'],
  ['word-wrap', '1.2.3', '1.2.4', 'GHSA-j8xg-fqg3-53r7', 'moderate'],
  ['ws', '8.17.0', '8.17.1', 'GHSA-3h5v-q93c-6h6q', 'high'],
] as const

/** Other lines of the same packages, with versions on both sides of their borders. */
const OLD_LINES: [name: string, version: string, fixedIn: string | undefined][] = [
  ['json5', '1.0.1', '1.0.2'],
  ['json5', '1.0.2', undefined],
  ['minimist', '0.2.3', '0.2.4'],
  ['minimist', '0.2.4', undefined],
  ['semver', '5.7.1', '5.7.2'],
  ['semver', '6.0.0-beta', undefined],
  ['semver', '7.5.2-0', '7.5.2'],
  ['ws', '2.0.0', undefined],
  ['ws', '5.2.3', '5.2.4'],
  ['ws', '6.2.2', '6.2.3'],
  ['ws', '8.17.1-beta.1', '8.17.1'],
]

async function matchesOf(packages: readonly (readonly [name: string, version: string])[]) {
  const asked = packages.map(([name, version]) => ({ id: `${name}@${version}`, name, version }))
  const names = [...new Set(asked.map(({ name }) => name))]
  const reading = await readOsvPieces(openOsvDump(FOLDER, new AbortController().signal), names, NOW)
  expect(reading).toMatchObject({ doubtful: [], problems: [], asOf: Date.UTC(2026, 10, 20, 8) })
  return findVulnerabilities(asked, reading.advisories).map((each) => describeVulnerability(each, undefined))
}

test('all ten are found, with the version that ends it', async () => {
  const matches = await matchesOf(KNOWN.map(([name, version]) => [name, version]))
  expect(
    matches.map(({ package: id, fixedIn, id: advisory, severity }) => [id, fixedIn, advisory, severity]),
  ).toEqual(KNOWN.map(([name, bad, good, id, severity]) => [`${name}@${bad}`, good, id, severity]))
  expect(matches.every(({ aliases: [cve = ''] }) => cve.startsWith('CVE-'))).toBe(true)
  expect(matches[4]).toMatchObject({
    title: 'Command injection by template()',
    range: '<4.17.21',
    url: 'https://advisories.example/GHSA-35jh-r3h4-6jhm',
    source: 'osv',
  })
})

test('none is found on the versions that end them', async () => {
  expect(await matchesOf(KNOWN.map(([name, , good]) => [name, good]))).toEqual([])
})

test('older lines have borders of their own', async () => {
  const matches = await matchesOf(OLD_LINES.map(([name, version]) => [name, version]))
  const found = new Map(matches.map((match) => [match.package, match.fixedIn]))
  for (const [name, version, fixedIn] of OLD_LINES)
    expect([name, version, found.get(`${name}@${version}`)]).toEqual([name, version, fixedIn])
})

/** A tarball says the very same as the copy that npm itself makes of it: with real packages, and with odd archives. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { array, constantFrom, record, sample, string } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLicenseFiles } from '#collectors/license-files'
import type { LicenseFile } from '#collectors/license-files'
import { openDisk } from '#disk/disk'
import type { LicenseField } from '#model/inventory'
import { createTarballReader } from '../../src/run/tarball-reader.ts'
import type { ReadTarball } from '../../src/run/tarball-reader.ts'
import { contentsSink } from '../../src/run/package-contents.ts'
import { heardFiles, hintsOf } from '../../src/run/texts.ts'
import { openTestClient } from '../support/registry-client.ts'

import { paxHeader, tarArchive, tarEntry } from '../support/tarball.ts'
import { startVerdaccio } from '../support/verdaccio.ts'
import type { Verdaccio } from '../support/verdaccio.ts'

/** Packages that this project has installed, with licence files of many kinds. */
const REAL = ['semver', 'opossum', 'undici', 'spdx-satisfies', '@npmcli/config', 'fast-check']
const MODULES = resolve(import.meta.dirname, '../../node_modules')

let base: string
let verdaccio: Verdaccio
let token: string
let registry: Awaited<ReturnType<typeof openTestClient>>
let read: ReadTarball

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'depgate-tarball-'))
  verdaccio = await startVerdaccio()
  token = await verdaccio.createUser('dev')
  for (const name of REAL) await publishReal(name)
  const dependencies = Object.fromEntries(REAL.map((name) => [name, '*']))
  await verdaccio.install(join(base, 'real'), { name: 'app', version: '1.0.0', dependencies }, token)
  registry = await openTestClient(verdaccio.url)
  read = createTarballReader({ ...registry, now: Date.now })
}, 120_000)
afterAll(async () => {
  await registry.client.close()
  await verdaccio.close()
  rmSync(base, { recursive: true, force: true })
})

/** Without what it depends on: nothing else is needed to look at it. */
async function publishReal(name: string): Promise<void> {
  const folder = join(base, 'publish', name)
  cpSync(join(MODULES, name), folder, { recursive: true, filter: (path) => !path.endsWith('/node_modules') })
  const { dependencies: _, peerDependencies: __, publishConfig: ___, ...manifest } = manifestIn(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2))
  await verdaccio.publishFolder(folder, token)
}

function manifestIn(folder: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null) throw new TypeError('no manifest')
  return { ...manifest }
}

/** What the installed reader says of a copy. */
function installed(project: string, name: string): LicenseFile[] {
  const manifest: LicenseField = manifestIn(join(project, 'node_modules', name))
  const declared: LicenseField = {
    ...(manifest.license !== undefined && { license: manifest.license }),
    ...(manifest.licenses !== undefined && { licenses: manifest.licenses }),
  }
  const files = readLicenseFiles(openDisk(project), project, join('node_modules', name), hintsOf(declared))
  return heardFiles(files, declared)
}

test.each(REAL)('%s: the tarball gives the files of the installed copy', async (name) => {
  const project = join(base, 'real')
  const lock: unknown = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  const { version, integrity } = lockEntry(lock, `node_modules/${name}`)
  const contents = await read({ name, version, integrity, source: 'registry' })
  if (!contents.ok) throw new Error(contents.failure.message)
  const files = installed(project, name)
  expect(files.length).toBeGreaterThan(0)
  expect(heardFiles(contents.value.files, contents.value.declared)).toEqual(files)
  expect(contents.value.declared.license).toEqual(manifestIn(join(project, 'node_modules', name))['license'])
})

test('what it carries is what npm unpacks of it', async () => {
  const carried = ['semver', 'opossum']
  const folder = join(base, 'publish', 'carrier')
  for (const name of carried) {
    cpSync(join(MODULES, name), join(folder, 'node_modules', name), {
      recursive: true,
      filter: (path) => !path.endsWith(`${name}/node_modules`),
    })
  }
  const dependencies = Object.fromEntries(carried.map((name) => [name, '*']))
  const manifest = {
    name: 'carrier',
    version: '1.0.0',
    license: 'MIT',
    dependencies,
    bundleDependencies: carried,
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  await verdaccio.publishFolder(folder, token)
  const project = join(base, 'bundle')
  await verdaccio.install(project, { name: 'app', version: '1.0.0', dependencies: { carrier: '*' } }, token)
  const lock: unknown = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  const { integrity } = lockEntry(lock, 'node_modules/carrier')
  const carrier = { name: 'carrier', version: '1.0.0', integrity, source: 'registry' as const }
  for (const name of carried) {
    const place = `node_modules/${name}`
    const { version } = manifestIn(join(project, 'node_modules/carrier', place))
    const found = await read({
      name,
      version: String(version),
      source: 'bundled',
      within: { carrier, place },
    })
    if (!found.ok) throw new Error(found.failure.message)
    const files = installed(project, `carrier/${place}`)
    expect(files.length).toBeGreaterThan(0)
    expect(heardFiles(found.value.files, found.value.declared)).toEqual(files)
  }
})

function lockEntry(lock: unknown, location: string): { version: string; integrity: string } {
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) throw new TypeError('no lockfile')
  const packages = new Map(Object.entries(lock.packages ?? {}))
  const entry: unknown = packages.get(location)
  if (typeof entry !== 'object' || entry === null || !('version' in entry) || !('integrity' in entry))
    throw new TypeError('no entry')
  return { version: String(entry.version), integrity: String(entry.integrity) }
}

const NAMES = [
  'package/LICENSE',
  'package/LICENSE.md',
  'package/./NOTICE',
  'package//COPYING',
  'package/licenses/a.txt',
  'package/licenses/deep/b.txt',
  'package/lib/LICENSE',
  'package/README.md',
  'package/b.js',
  'package/a.cjs',
  'package/readme.txt/x',
  'other/COPYRIGHT',
  'x/y/LICENSE',
  'LICENSE',
  'package/LICENSE-\u00c4',
  'package/lib/../LICENSE',
  './package/UNLICENSE',
]
const odd: Arbitrary<{ name: string; body: string; as: string }> = record({
  name: constantFrom(...NAMES),
  body: string({ maxLength: 700 }),
  as: constantFrom('file', 'file', 'old', 'long', 'pax', 'prefix', 'link', 'hard-link', 'folder', 'device'),
})
const LICENSES = ['MIT', 'SEE LICENSE IN lib/LICENSE', 'SEE LICENSE IN README.md', undefined]

function entryOf({ name, body, as }: { name: string; body: string; as: string }): Buffer {
  switch (as) {
    case 'old':
      return tarEntry({ name, body, type: '\0', alter: (header) => void header.fill(0, 257, 265) })
    case 'long':
      return Buffer.concat([
        tarEntry({ name: '././@LongLink', type: 'L', body: `${name}\0` }),
        tarEntry({ name: name.slice(0, 9), body }),
      ])
    case 'pax':
      return Buffer.concat([paxHeader({ mtime: '1.25', path: name }), tarEntry({ name: 'short', body })])
    case 'prefix': {
      const slash = name.indexOf('/')
      return tarEntry({ name: name.slice(slash + 1), prefix: slash < 1 ? '' : name.slice(0, slash), body })
    }
    case 'link':
      return tarEntry({ name, type: '2', link: 'package.json' })
    case 'hard-link':
      return tarEntry({ name, type: '1', link: 'package/package.json' })
    case 'folder':
      return tarEntry({ name: `${name}/`, type: '5' })
    case 'device':
      return tarEntry({ name, type: '3' })
    default:
      return tarEntry({ name, body })
  }
}

test('whatever is believed of an odd archive is what npm unpacks', async () => {
  const archives = sample(
    record({
      before: array(odd, { maxLength: 4 }),
      after: array(odd, { maxLength: 4 }),
      license: constantFrom(...LICENSES),
    }),
    { numRuns: 80, seed: 20 },
  )
  const folder = join(base, 'odd')
  mkdirSync(folder)
  const believed = new Map<string, LicenseFile[]>()
  for (const [at, { before, after, license }] of archives.entries()) {
    const name = `p${at}`
    const manifest = tarEntry({
      name: 'package/package.json',
      body: JSON.stringify({ name, version: '1.0.0', license }),
    })
    const archive = tarArchive(...before.map(entryOf), manifest, ...after.map(entryOf))
    const sink = contentsSink([])
    const said = sink.push(archive) ?? sink.finish()
    if (typeof said === 'string' || 'flaw' in said) continue
    writeFileSync(join(folder, `${name}.tgz`), gzipSync(archive))
    believed.set(name, heardFiles(said.files, said.license))
  }
  expect(believed.size).toBeGreaterThan(20)
  expect([...believed.values()].filter((files) => files.length > 0).length).toBeGreaterThan(15)
  const dependencies = Object.fromEntries([...believed.keys()].map((name) => [name, `file:./${name}.tgz`]))
  await verdaccio.install(folder, { name: 'app', version: '1.0.0', dependencies }, token)
  const unpacked = new Map([...believed.keys()].map((name) => [name, installed(folder, name)]))
  expect(Object.fromEntries(believed)).toEqual(Object.fromEntries(unpacked))
}, 120_000)

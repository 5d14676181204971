import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import type { RegistryConfig } from '#registry/registry-config'
import { archiveAddress } from '#registry/tarball-address'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../../support/fake-registry.ts'
import { integrityOf, npmTarball, tarArchive } from '../../support/tarball.ts'
import { clientFor, codeOf, configFor, mapCache } from '../registry/clients.ts'
import { createTarballReader } from '../../../src/run/tarball-reader.ts'
import { heardFiles } from '../../../src/run/texts.ts'
import type { PackageContents } from '../../../src/run/found-tarball.ts'
import type { ReadTarball } from '../../../src/run/tarball-reader.ts'

const MIT = { name: 'a', version: '1.0.0', license: 'MIT' }
const TARBALL = npmTarball({
  'package.json': MIT,
  LICENSE: 'the text',
  'README.md': '# a',
  'taffy.js': 'code',
})

let registry: FakeRegistry
let client: RegistryClient
let cache = mapCache()
let read: ReadTarball
let integrity: string
beforeEach(async () => {
  registry = await startFakeRegistry()
  integrity = registry.publishTarball('a', '1.0.0', TARBALL, { license: 'MIT' })
  cache = mapCache()
  await open()
})
afterEach(async () => {
  await client.close()
  await registry.close()
})

async function open(
  more: Partial<RegistryOptions> = {},
  config: Partial<RegistryConfig> = {},
): Promise<void> {
  await client?.close()
  client = await clientFor(configFor(registry.url, config), { cache, ...more })
  read = createTarballReader({ cache, client, now: Date.now })
}

function ask(
  more: { name?: string; version?: string; integrity?: string } = {},
  asked: string[] = [],
): ReturnType<ReadTarball> {
  return read({ name: 'a', version: '1.0.0', source: 'registry', integrity, ...more }, asked)
}

function valueOf(outcome: Outcome<PackageContents>): PackageContents {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('says what an installed copy would, and keeps it by the hash of the tarball', async () => {
  const first = valueOf(await ask())
  expect(first).toMatchObject({ declared: { license: 'MIT' }, integrity, from: 'network' })
  expect(first.files.map((file) => [file.file, file.role, 'bytes' in file && file.bytes.toString()])).toEqual(
    [['LICENSE', 'package', 'the text']],
  )
  const asked = registry.requests.length
  const second = valueOf(await ask())
  expect(second).toEqual({ ...first, from: 'memory' })
  expect(registry.requests).toHaveLength(asked)
})

test('needs no registry for what is kept, with --offline too', async () => {
  await ask()
  await open({ offline: true })
  expect(codeOf(await ask())).toBe('ok')
  registry.publishTarball('b', '1.0.0', TARBALL)
  expect(codeOf(await ask({ name: 'b' }))).toBe('tarball-mismatch')
  expect(codeOf(await ask({ integrity: integrityOf(Buffer.from('x')) }))).toBe('offline')
})

test('is not asked twice by those who ask at once', async () => {
  const answers = await Promise.all([ask(), ask(), ask()])
  expect(answers.map(codeOf)).toEqual(['ok', 'ok', 'ok'])
  expect(registry.asked().filter((id) => id === 'a@1.0.0.tgz')).toHaveLength(1)
})

test('hashes the files that clarifications name, and fetches again for one that was not asked for before', async () => {
  await ask()
  const { hashes } = valueOf(await ask({}, ['taffy.js', 'absent.js', '../x']))
  expect(hashes.get('taffy.js')).toEqual({
    ok: true,
    value: '5694d08a2e53ffcae0c3103e5ad6f6076abd960eb1f8a56577040bc1028f702b',
  })
  expect([...hashes].map(([file, hash]) => [file, codeOf(hash)])).toEqual([
    ['taffy.js', 'ok'],
    ['absent.js', 'not-found'],
    ['../x', 'outside-project'],
  ])
  expect(registry.asked().filter((id) => id === 'a@1.0.0.tgz')).toHaveLength(2)
  expect(valueOf(await ask({}, ['taffy.js'])).from).toBe('memory')
})

test('README and scripts are hints where a field states a licence; elsewhere the README speaks', async () => {
  expect(await heardOf({ license: 'MIT' })).toEqual(['README.md hint', 'index.js hint'])
  expect(await heardOf({ license: undefined })).toEqual(['README.md package'])
  expect(await heardOf({ license: 'SEE LICENSE IN README.md' })).toEqual(['README.md package'])
})

async function heardOf(manifest: Record<string, unknown>): Promise<string[]> {
  const tarball = npmTarball({
    'package.json': { ...MIT, ...manifest },
    'README.md': '## License\nMIT',
    'index.js': '// MIT licensed',
  })
  const hash = registry.publishTarball('a', '1.0.0', tarball)
  const { files, declared } = valueOf(await ask({ integrity: hash }))
  return heardFiles(files, declared).map(({ file, role }) => `${file} ${role}`)
}

test.each(['sha1', 'sha256', 'sha384', 'sha512'])('checks %s', async (algorithm) => {
  registry.publish('a', '1.0.0', { dist: { tarball: `${registry.url}a/-/a-1.0.0.tgz` } })
  expect(valueOf(await ask({ integrity: integrityOf(TARBALL, algorithm) })).integrity).toMatch(
    `${algorithm}-`,
  )
  expect(codeOf(await ask({ integrity: integrityOf(Buffer.from('x'), algorithm) }))).toBe(
    'integrity-mismatch',
  )
})

test('checks the strongest hash alone, and lets any of several do', async () => {
  const wrong = integrityOf(Buffer.from('x'))
  expect(codeOf(await ask({ integrity: `${integrityOf(TARBALL, 'sha1')} ${wrong}` }))).toBe(
    'integrity-mismatch',
  )
  expect(codeOf(await ask({ integrity: `${wrong} ${integrity}` }))).toBe('ok')
})

test('asks for nothing without integrity, and for no tarball whose registry names another one', async () => {
  expect(codeOf(await ask({ integrity: '' }))).toBe('no-integrity')
  expect(codeOf(await ask({ integrity: 'md5-CY9rzUYh03PK3k6DJie09g==' }))).toBe('no-integrity')
  expect(codeOf(await ask({ integrity: integrityOf(Buffer.from('x')) }))).toBe('integrity-mismatch')
  expect(registry.asked()).not.toContain('a@1.0.0.tgz')
})

test('asks for no tarball of what does not come from a registry', async () => {
  expect(codeOf(await read({ name: 'a', version: '1.0.0', source: 'git', integrity }))).toBe(
    'foreign-tarball',
  )
  expect(registry.requests).toEqual([])
})

test.each([
  ['another name', { ...MIT, name: 'b' }],
  ['another version', { ...MIT, version: '1.0.1' }],
  ['no name', { version: '1.0.0' }],
  ['no version', { name: 'a' }],
])('does not believe a tarball with %s', async (_, manifest) => {
  const hash = registry.publishTarball('a', '1.0.0', npmTarball({ 'package.json': manifest }))
  expect(codeOf(await ask({ integrity: hash }))).toBe('tarball-mismatch')
  expect(codeOf(await ask({ integrity: hash }))).toBe('tarball-mismatch')
})

test('takes versions as npm normalises them', async () => {
  const tarball = npmTarball({ 'package.json': { ...MIT, version: 'v1.0.0+build' } })
  expect(codeOf(await ask({ integrity: registry.publishTarball('a', '1.0.0', tarball) }))).toBe('ok')
})

test.each<[string, Buffer]>([
  ['is no archive', gzipSync('<html>'.repeat(500))],
  ['is not compressed', tarArchive({ name: 'package/package.json', body: JSON.stringify(MIT) })],
  ['is compressed twice', gzipSync(TARBALL)],
  ['is cut off', TARBALL.subarray(0, -20)],
  ['is empty', Buffer.alloc(0)],
  ['has a package.json that is no JSON', npmTarball({ 'package.json': '{' })],
  ['has a package.json that is a list', npmTarball({ 'package.json': '[]' })],
  ['has a package.json of a MB', npmTarball({ 'package.json': ' '.repeat(1024 * 1024) })],
  ['has none', npmTarball({ LICENSE: 'MIT' })],
])('reads nothing of a tarball that has the right hash but %s', async (_, tarball) => {
  const hash = registry.publishTarball('a', '1.0.0', tarball)
  expect(codeOf(await ask({ integrity: hash }))).toBe('tarball-unreadable')
  expect([...cache.entries.keys()].filter((key) => key.includes('"tarball"'))).toEqual([])
})

test('reads two gzip members as one, as npm does', async () => {
  const archive = tarArchive({ name: 'package/package.json', body: JSON.stringify(MIT) })
  const tarball = Buffer.concat([gzipSync(archive.subarray(0, 700)), gzipSync(archive.subarray(700))])
  expect(codeOf(await ask({ integrity: registry.publishTarball('a', '1.0.0', tarball) }))).toBe('ok')
})

test('a prototype in a package.json is harmless', async () => {
  const text = '{"__proto__":{"license":"MIT"},"name":"a","version":"1.0.0"}'
  const hash = registry.publishTarball('a', '1.0.0', npmTarball({ 'package.json': text }))
  expect(valueOf(await ask({ integrity: hash })).declared).toEqual({})
})

const TGZ = 'a@1.0.0.tgz'

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (bytes[at] ?? 0) ^ 1
  return changed
}

test.each<[string, Behaviour, string]>([
  [
    'wrong bytes of the right length',
    { type: 'body', body: Buffer.alloc(TARBALL.length, 7) },
    'integrity-mismatch',
  ],
  ['one wrong bit', { type: 'body', body: flipped(TARBALL, 40) }, 'integrity-mismatch'],
  [
    'another sound tarball',
    { type: 'body', body: npmTarball({ 'package.json': MIT }) },
    'integrity-mismatch',
  ],
  [
    'more behind the end',
    { type: 'body', body: Buffer.concat([TARBALL, Buffer.alloc(9)]) },
    'integrity-mismatch',
  ],
  ['a login page', { type: 'body', body: '<html>' }, 'integrity-mismatch'],
  ['a 404', { type: 'status', status: 404 }, 'not-found'],
  ['a 401', { type: 'status', status: 401 }, 'unauthorized'],
  [
    'a body in gzip although none was asked for',
    { type: 'body', body: TARBALL, headers: { 'content-encoding': 'gzip' } },
    'malformed',
  ],
])('believes nothing of %s', async (_, behaviour, code) => {
  registry.behave(behaviour, { package: TGZ })
  expect(codeOf(await ask())).toBe(code)
  registry.recover()
  expect(codeOf(await ask())).toBe('ok')
})

test.each<[string, Behaviour]>([
  ['is cut in mid-stream', { type: 'truncated-length' }],
  ['is cut in mid-chunk', { type: 'truncated-chunked' }],
  ['is not answered', { type: 'reset' }],
  ['meets a server with a problem', { type: 'status', status: 503 }],
])('asks again for what %s', async (_, behaviour) => {
  registry.behave(behaviour, { package: TGZ, times: 1 })
  expect(codeOf(await ask())).toBe('ok')
  expect(client.statistics()).toMatchObject({ retries: 1, failures: 0 })
})

test('follows no redirect, to its own origin or another', async () => {
  const other = await startFakeRegistry()
  registry.behave({ type: 'redirect', to: `${other.url}x.tgz` }, { package: TGZ })
  expect(codeOf(await ask())).toBe('redirected')
  expect(other.requests).toEqual([])
  await other.close()
})

test('gives up on an endless body', async () => {
  registry.behave({ type: 'endless' }, { package: TGZ })
  expect(codeOf(await ask())).toBe('too-large')
}, 60_000)

test('a slow registry may take the time that a large tarball needs, and no more', async () => {
  await open({ network: { concurrency: 8, requestsPerSecond: 3000, timeoutMs: 300 } })
  registry.behave({ type: 'drip', everyMs: 20, bytes: 10 }, { package: TGZ })
  expect(codeOf(await ask())).toBe('timeout')
})

test('ends with the run', async () => {
  const stop = new AbortController()
  await open({ signal: stop.signal })
  await client.manifest('a', '1.0.0')
  registry.behave({ type: 'hang' }, { package: TGZ })
  registry.onRequest(() => setTimeout(() => stop.abort(), 50))
  expect(codeOf(await ask())).toBe('deadline')
})

function login(url: string): { prefix: string; authorization: string } {
  return { prefix: url.replace(/^http:/, ''), authorization: `Bearer for-${new URL(url).port}` }
}

test('sends the login of the registry, and none to another one', async () => {
  const other = await startFakeRegistry()
  other.publishTarball('a', '1.0.0', TARBALL)
  const credentials = [login(registry.url), login(other.url)]
  await open({}, { credentials, scopes: { '@other': other.url } })
  await ask()
  expect(registry.requests.at(-1)?.headers.authorization).toBe(`Bearer for-${registry.port}`)
  expect(registry.requests.at(-1)?.headers['accept-encoding']).toBe('identity')
  cache.entries.clear()
  registry.publishTarball('a', '1.0.0', TARBALL, {
    dist: { integrity, tarball: `${other.url}a/-/a-1.0.0.tgz` },
  })
  expect(codeOf(await ask())).toBe('ok')
  expect(other.asked()).toEqual([TGZ])
  expect(other.requests[0]?.headers.authorization).toBeUndefined()
  await other.close()
})

describe('what a tarball carries', () => {
  const PLACE = 'node_modules/in'
  const CARRIER = { name: 'c', version: '1.0.0', license: 'MIT' }
  const tarball = npmTarball({
    'package.json': CARRIER,
    [`${PLACE}/package.json`]: { name: 'in', version: '2.0.0', license: 'SEE LICENSE IN TERMS' },
    [`${PLACE}/TERMS`]: 'terms',
    [`${PLACE}/lib/code.js`]: 'code',
    [`${PLACE}/node_modules/@s/deep/package.json`]: { name: '@s/deep', version: '3.0.0' },
    [`${PLACE}/node_modules/@s/deep/LICENSE`]: 'deep text',
    'node_modules/.bin/x': 'x',
    'node_modules/none/LICENSE': 'of no package',
  })
  let carrier: Parameters<ReadTarball>[0]
  beforeEach(() => {
    carrier = { ...CARRIER, source: 'registry', integrity: registry.publishTarball('c', '1.0.0', tarball) }
  })

  const carried = (name: string, version: string, place = PLACE, asked: string[] = []) =>
    read({ name, version, source: 'bundled', within: { carrier, place } }, asked)

  test('is read with it, at once', async () => {
    const [whole, inside, deep] = await Promise.all([
      read(carrier),
      carried('in', '2.0.0'),
      carried('@s/deep', '3.0.0', `${PLACE}/node_modules/@s/deep`),
    ])
    expect(valueOf(whole).declared).toEqual({ license: 'MIT' })
    expect(valueOf(inside)).toMatchObject({
      declared: { license: 'SEE LICENSE IN TERMS' },
      integrity: carrier.integrity,
      files: [{ file: 'TERMS', role: 'package' }],
    })
    expect(valueOf(whole).brings).toEqual([{ place: PLACE }, { place: `${PLACE}/node_modules/@s/deep` }])
    expect(valueOf(inside).brings).toEqual([])
    expect(valueOf(deep).files).toMatchObject([{ file: 'LICENSE', bytes: Buffer.from('deep text') }])
    expect(registry.asked().filter((id) => id === 'c@1.0.0.tgz')).toHaveLength(1)
    await open({ offline: true })
    expect(valueOf(await carried('in', '2.0.0')).from).toBe('memory')
  })

  test('has the hashes of its own files', async () => {
    const { hashes } = valueOf(await carried('in', '2.0.0', PLACE, ['lib/code.js', 'absent']))
    expect([...hashes].map(([file, hash]) => [file, codeOf(hash)])).toEqual([
      ['lib/code.js', 'ok'],
      ['absent', 'not-found'],
    ])
  })

  test.each([
    ['another version', ['in', '2.0.1']],
    ['another name', ['other', '2.0.0']],
    ['another place', ['in', '2.0.0', 'node_modules/other']],
    ['a folder that is no package', ['none', '1.0.0', 'node_modules/none']],
  ] as const)('is not there under %s', async (_, [name, version, place]) => {
    expect(codeOf(await carried(name, version, place))).toBe('tarball-mismatch')
  })

  test('counts only in the tarball of the carrier', async () => {
    carrier = { ...carrier, name: 'a' }
    registry.publishTarball('a', '1.0.0', tarball)
    expect(codeOf(await carried('in', '2.0.0'))).toBe('tarball-mismatch')
  })
})

describe('an npm-shrinkwrap.json', () => {
  const S = {
    name: 's',
    version: '1.0.0',
    license: 'MIT',
    dependencies: { q: '1' },
    devDependencies: { d: '1' },
  }
  const brings = async (shrinkwrap: unknown): Promise<PackageContents['brings']> => {
    const tarball = npmTarball({
      'package.json': S,
      'npm-shrinkwrap.json': typeof shrinkwrap === 'string' ? shrinkwrap : JSON.stringify(shrinkwrap),
      'lib/npm-shrinkwrap.json': 'of nobody',
    })
    const hash = registry.publishTarball('s', '1.0.0', tarball)
    return valueOf(await read({ name: 's', version: '1.0.0', source: 'registry', integrity: hash })).brings
  }
  const packages = {
    '': S,
    'node_modules/q': { version: '1.2.3', integrity: 'sha512-q', dependencies: { r: '1' } },
    'node_modules/q/node_modules/r': { version: '2.0.0', dev: true },
    'node_modules/d': { version: '1.0.0', integrity: 'sha512-d', dev: true },
  }

  test('tells what npm installs by it, and not what only its authors need', async () => {
    const expected = [
      { place: 'node_modules/q', locked: { id: 'q@1.2.3', integrity: 'sha512-q' } },
      { place: 'node_modules/q/node_modules/r', locked: { id: 'r@2.0.0', integrity: '' } },
    ]
    expect(await brings({ lockfileVersion: 3, packages })).toEqual(expected)
    // The same out of the cache.
    expect(await brings({ lockfileVersion: 3, packages })).toEqual(expected)
  })

  test('that is not there is nothing, also in a package of which not all is kept', async () => {
    const large = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`lib/${at}.js`, 'x'.repeat(250_000)]),
    )
    const tarball = npmTarball({ ...large, 'package.json': S, 'lib/more.js': 'x'.repeat(300_000) })
    const hash = registry.publishTarball('s', '1.0.0', tarball)
    const found = await read({ name: 's', version: '1.0.0', source: 'registry', integrity: hash })
    expect(valueOf(found).brings).toEqual([])
  })

  test.each([
    ['that is cut', '{'],
    ['of a version that nobody knows', '{"lockfileVersion": 9}'],
    ['that is too large', ' '.repeat(1024 * 1024 + 1)],
  ])('%s is not read', async (_, text) => {
    expect(await brings(text)).toBe('unknown')
  })
})

const question = (address: string) => ({
  name: 'a',
  version: '1.0.0',
  source: 'url' as const,
  integrity,
  resolved: address,
})

describe('a tarball at an address', () => {
  test('is asked for where that is allowed, and kept like any other', async () => {
    const config = configFor(registry.url)
    read = createTarballReader({
      cache,
      client,
      now: Date.now,
      locate: (id, address) => archiveAddress(config, id, address),
    })
    const here = `${registry.url}a/-/a-1.0.0.tgz`
    expect(codeOf(await read(question(here)))).toBe('ok')
    expect(registry.asked()).toEqual(['a@1.0.0.tgz'])
    expect(valueOf(await read(question(here))).from).toBe('memory')
    expect(codeOf(await read(question('http://127.0.0.1:9/a-1.0.0.tgz')))).toBe('foreign-tarball')
  })

  test('is asked for nowhere by default', async () => {
    expect(codeOf(await read(question(`${registry.url}a/-/a-1.0.0.tgz`)))).toBe('foreign-tarball')
    expect(registry.asked()).toEqual([])
  })
})

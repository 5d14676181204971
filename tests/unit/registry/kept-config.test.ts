/** What is kept of npm's configuration: the same in less time, never another, and never a secret. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, asyncProperty, nat } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { knownRegistryConfig } from '#registry/kept-config'
import type { ConfigKeeping } from '#registry/kept-config'
import { readRegistryConfig } from '#registry/npmrc'
import type { NpmrcPlaces } from '#registry/npmrc'
import { environmentDigest } from '#snapshot/environment'
import { filesBelow, findSecret, spellingsOf } from '../../support/secrets.ts'

const SECRET = 'npm_0123456789abcdefghijklmnopqrstuvwxyz'
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'

let root: string
let now: number
beforeEach(() => {
  now = 1_000_000
  root = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-kept-config-')))
  for (const folder of ['home', 'project', 'prefix/etc', 'prefix/npm', 'elsewhere'])
    mkdirSync(join(root, folder), { recursive: true })
  put('stamp', 'build one')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const at = (path: string): string => join(root, path)
/** Nothing about how to ask changes with a file. */
function put(path: string, text: string): undefined {
  writeFileSync(at(path), text)
}
function drop(path: string): undefined {
  rmSync(at(path))
}

interface Way {
  places?: Partial<NpmrcPlaces>
  keeping?: Partial<ConfigKeeping>
}

function places(more: Way['places'] = {}): NpmrcPlaces {
  return {
    project: at('project'),
    env: {},
    home: at('home'),
    execPath: at('prefix/bin/node'),
    npmRoot: at('prefix/npm'),
    trustProjectKeys: [],
    disk: openDisk(at('project')),
    ...more,
  }
}

function keeping(way: Way = {}): ConfigKeeping {
  return {
    folder: { directory: at('project/.cache'), project: at('project'), secret: Buffer.alloc(32, 'k') },
    environment: environmentDigest(way.places?.env ?? {}, []),
    stamp: at('stamp'),
    cwd: at('elsewhere'),
    now,
    ...way.keeping,
  }
}

/** Asks as a later run would; tells whether a record was written for it. */
async function ask(way: Way = {}) {
  now += 1000
  const disk = openDisk(at('project'))
  const outcome = await knownRegistryConfig(places({ ...way.places, disk }), keeping(way))
  return { outcome, looks: disk.looks(), wrote: records().some(({ storedAt }) => storedAt === now) }
}

/** What somebody reads who keeps nothing. */
async function fresh(way: Way = {}) {
  const disk = openDisk(at('project'))
  return { outcome: await readRegistryConfig(places({ ...way.places, disk })), looks: disk.looks() }
}

const FOLDER = 'project/.cache/v1/snapshots'

function records(): { path: string; bytes: Buffer; storedAt: number }[] {
  if (!existsSync(at(FOLDER))) return []
  return readdirSync(at(FOLDER)).map((name) => {
    const path = at(`${FOLDER}/${name}`)
    const bytes = readFileSync(path)
    return { path, bytes, storedAt: bytes.readDoubleBE(8) }
  })
}

describe('nothing changed', () => {
  test('the first run keeps what it found out, the next ones take it, and rest on the same files', async () => {
    put('home/.npmrc', 'registry=https://user.example/npm/\n@acme:registry=https://acme.example/')
    put('project/.npmrc', '@app:registry=https://evil.example/')
    const expected = await fresh()
    expect(expected.looks.looks).toHaveLength(4)
    expect(await ask()).toEqual({ ...expected, wrote: true })
    expect(await ask()).toEqual({ ...expected, wrote: false })
    expect(await ask()).toEqual({ ...expected, wrote: false })
  })

  test('certificates are kept with it', async () => {
    put('ca.pem', `${CERTIFICATE}\n${CERTIFICATE}\n`)
    put('home/.npmrc', `cafile=${at('ca.pem')}`)
    const expected = await fresh()
    expect(expected.outcome).toMatchObject({ value: { ca: [CERTIFICATE, CERTIFICATE] } })
    expect(await ask()).toEqual({ ...expected, wrote: true })
    expect(await ask()).toEqual({ ...expected, wrote: false })
  })
})

/** Each makes another configuration of the one before it, or could. */
const CHANGES: [name: string, change: () => Way | undefined][] = [
  ['another registry in the user’s', () => put('home/.npmrc', 'registry=https://other.example/')],
  ['of the same length', () => put('home/.npmrc', 'registry=https://usex.example/')],
  ['none in the user’s any more', () => drop('home/.npmrc')],
  ['a scope in the global one', () => put('prefix/etc/npmrc', '@g:registry=https://g.example/')],
  ['a scope in npm’s own', () => put('prefix/npm/npmrc', '@b:registry=https://b.example/')],
  ['a token in the user’s', () => put('home/.npmrc', `//user.example/:_authToken=${SECRET}`)],
  ['a key of the project’s', () => put('project/.npmrc', 'registry=https://evil.example/')],
  ['the project’s is gone', () => drop('project/.npmrc')],
  ['the certificates', () => put('ca.pem', CERTIFICATE.replace('AAAA', 'BBBB'))],
  ['no certificates', () => drop('ca.pem')],
  ['a key that is trusted', () => ({ places: { trustProjectKeys: ['@app:registry'] } })],
  [
    'another registry in the environment',
    () => ({ places: { env: { npm_config_registry: 'https://env.example/' } } }),
  ],
  ['in capitals', () => ({ places: { env: { NPM_CONFIG_REGISTRY: 'https://env.example/' } } })],
  [
    'a token in the environment',
    () => ({ places: { env: { 'npm_config_//user.example/:_authToken': SECRET } } }),
  ],
  ['a proxy in the environment', () => ({ places: { env: { HTTPS_PROXY: 'http://proxy.example' } } })],
  ['what goes round it', () => ({ places: { env: { no_proxy: 'user.example' } } })],
  [
    'another file of the user’s',
    () => {
      put('elsewhere/rc', 'registry=https://elsewhere.example/')
      return { places: { env: { npm_config_userconfig: at('elsewhere/rc') } } }
    },
  ],
  [
    'another global file, by prefix',
    () => {
      mkdirSync(at('elsewhere/etc'))
      put('elsewhere/etc/npmrc', '@e:registry=https://elsewhere.example/')
      return { places: { env: { PREFIX: at('elsewhere') } } }
    },
  ],
  ['another home', () => ({ places: { home: at('elsewhere') } })],
  ['another npm', () => ({ places: { npmRoot: at('elsewhere') } })],
  ['another Node', () => ({ places: { execPath: at('elsewhere/bin/node') } })],
  ['under npm run', () => ({ places: { env: { npm_lifecycle_event: 'test' } } })],
  ['a file that leads to a variable', () => put('home/.npmrc', 'registry=https://${HOST}/')],
  ['a link in its place', () => relink('home/.npmrc', 'registry=https://linked.example/')],
]

function relink(path: string, text: string): undefined {
  put('elsewhere/target', text)
  rmSync(at(path))
  symlinkSync(at('elsewhere/target'), at(path))
}

function putAll(): void {
  put('ca.pem', CERTIFICATE)
  put('home/.npmrc', `registry=https://user.example/\ncafile=${at('ca.pem')}`)
  put('project/.npmrc', '@app:registry=https://app.example/')
}

describe('every change is noticed', () => {
  test.each(CHANGES)('%s', async (_name, change) => {
    putAll()
    const before = await ask()
    expect(before).toMatchObject({ outcome: { ok: true }, wrote: true })
    const way = change() ?? {}
    const expected = await fresh(way)
    const after = await ask(way)
    expect({ outcome: after.outcome, looks: after.looks }).toEqual(expected)
  })

  test('a relative path leads elsewhere from another folder', async () => {
    const env = { npm_config_userconfig: 'rc' }
    await ask({ places: { env } })
    expect((await ask({ places: { env }, keeping: { cwd: at('prefix') } })).wrote).toBe(true)
  })

  test('a file that changes between npm’s reading and our look is not taken for what npm has read', async () => {
    put('home/.npmrc', 'registry=https://user.example/')
    const disk = openDisk(at('project'))
    const meddling: NpmrcPlaces['disk'] = {
      ...disk,
      linkedFile(path, maxBytes) {
        // The first that is looked at after npm has read them all.
        if (path === at('prefix/npm/npmrc')) put('home/.npmrc', 'registry=https://other.example/')
        return disk.linkedFile(path, maxBytes)
      },
    }
    const outcome = await knownRegistryConfig(places({ disk: meddling }), keeping())
    expect(outcome).toMatchObject({ value: { registry: 'https://user.example/' } })
    expect(records()).toEqual([])
    expect(await ask()).toEqual({ ...(await fresh()), wrote: true })
  })

  test('another build of depgate reads for itself, and so does one that nobody knows', async () => {
    await ask()
    put('stamp', 'build two')
    expect(await ask()).toMatchObject({ wrote: true })
    expect(await ask()).toMatchObject({ wrote: false })
    put('stamp', 'build one')
    expect(await ask()).toMatchObject({ wrote: true })
    rmSync(at('stamp'))
    rmSync(at(FOLDER), { recursive: true })
    expect((await ask()).outcome.ok).toBe(true)
    expect(records()).toEqual([])
  })

  test('whatever happens one after the other, it is what somebody reads who keeps nothing', async () => {
    const step = nat(CHANGES.length - 1)
    await assert(
      asyncProperty(array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
        putAll()
        for (const index of steps) {
          await ask()
          const way = tryChange(index)
          for (const asked of [way, {}, way]) {
            const { outcome, looks } = await ask(asked)
            expect({ outcome, looks }).toEqual(await fresh(asked))
          }
        }
      }),
      { numRuns: 8 },
    )
  })
})

/** What is gone already, or there already, can not be changed. */
function tryChange(index: number): Way {
  try {
    return CHANGES[index]?.[1]() ?? {}
  } catch {
    return {}
  }
}

describe('what is no file of npm’s configuration, or holds a secret, is not kept', () => {
  test.each<[name: string, set: () => Way | undefined]>([
    ['a token of the user’s', () => put('home/.npmrc', `//r.example/:_authToken=${SECRET}`)],
    ['a password', () => put('home/.npmrc', `//r.example/:username=u\n//r.example/:_password=${SECRET}`)],
    ['a login in an address', () => put('home/.npmrc', `registry=https://u:${SECRET}@r.example/`)],
    ['one that is no address', () => put('home/.npmrc', `registry=https://u:${SECRET} @r.example/`)],
    ['a query', () => put('home/.npmrc', `@a:registry=https://r.example/?key=${SECRET}`)],
    ['a proxy’s password', () => put('home/.npmrc', `proxy=http://u:${SECRET}@p.example/`)],
    [
      'a proxy’s password in the environment',
      () => ({ places: { env: { http_proxy: `http://u:${SECRET}@p` } } }),
    ],
    ['a token in the environment', () => ({ places: { env: { 'npm_config_//r.example/:_auth': SECRET } } })],
    [
      'a variable',
      () => {
        put('home/.npmrc', 'registry=https://r.example/${TOKEN}/')
        return { places: { env: { TOKEN: SECRET } } }
      },
    ],
    [
      'a variable, spelt otherwise',
      () => {
        put('home/.npmrc', 'registry = "https://r.example/\\u0024{TOKEN}/"')
        return { places: { env: { TOKEN: SECRET } } }
      },
    ],
    [
      'a variable inside of another',
      () => {
        put('home/.npmrc', 'registry=https://r.example/${${TOKEN}}/')
        return { places: { env: { TOKEN: SECRET } } }
      },
    ],
    [
      'a variable in the environment',
      () => ({ places: { env: { TOKEN: SECRET, npm_config_registry: 'https://r.example/${TOKEN}/' } } }),
    ],
    [
      'a variable in a key of the project’s',
      () => {
        put('project/.npmrc', '@${TOKEN}:registry=https://r.example/')
        return { places: { env: { TOKEN: SECRET } } }
      },
    ],
    [
      'a private key among certificates',
      () => {
        put('ca.pem', `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n${CERTIFICATE}`)
        put('home/.npmrc', `cafile=${at('ca.pem')}`)
        return undefined
      },
    ],
    ['a device', () => ({ places: { env: { npm_config_userconfig: '/dev/null' } } })],
  ])('%s', async (_name, set) => {
    const way = set() ?? {}
    const expected = await fresh(way)
    expect(expected.outcome.ok).toBe(true)
    expect(await ask(way)).toEqual({ ...expected, wrote: false })
    expect(await ask(way)).toEqual({ ...expected, wrote: false })
    expect(records()).toEqual([])
    const spellings = spellingsOf(SECRET)
    const found = filesBelow(at('project'), (path) => path === '.npmrc').flatMap(({ path, bytes }) =>
      findSecret(path, bytes, spellings),
    )
    expect(found).toEqual([])
  })

  test('what could not be read stays a failure', async () => {
    await ask()
    mkdirSync(at('home/.npmrc'))
    const failed = await ask()
    expect(failed).toMatchObject({ outcome: { failure: { code: 'npmrc-unreadable' } }, wrote: false })
    rmSync(at('home/.npmrc'), { recursive: true })
    execFileSync('mkfifo', [at('project/.npmrc')])
    expect(await ask()).toMatchObject({ outcome: { failure: { code: 'npmrc-unreadable' } } })
  })
})

describe('a record that is not ours is a miss', () => {
  const damage: [name: string, change: (bytes: Buffer) => Buffer][] = [
    ['cut', (bytes) => bytes.subarray(0, bytes.length - 10)],
    ['empty', () => Buffer.alloc(0)],
    [
      'edited',
      (bytes) => Buffer.from(bytes.toString('latin1').replace('https://user', 'https://evil'), 'latin1'),
    ],
    [
      'from the future',
      (bytes) => {
        const later = Buffer.from(bytes)
        later.writeDoubleBE(9e12, 8)
        return later
      },
    ],
  ]

  test.each(damage)('%s', async (_name, change) => {
    put('home/.npmrc', 'registry=https://user.example/')
    await ask()
    for (const { path, bytes } of records()) writeFileSync(path, change(bytes))
    expect(await ask()).toEqual({ ...(await fresh()), wrote: true })
  })

  test('of another project, another user’s or another key’s', async () => {
    put('home/.npmrc', 'registry=https://user.example/')
    put('elsewhere/.npmrc', 'registry=https://evil.example/')
    const [first] = await ask().then(records)
    await ask({ places: { home: at('elsewhere') } })
    const other = records().find(({ path }) => path !== first?.path)
    writeFileSync(first?.path ?? '', other?.bytes ?? '')
    expect(await ask()).toEqual({ ...(await fresh()), wrote: true })
    const folder = { ...keeping().folder, secret: Buffer.alloc(32, 'x') }
    expect((await ask({ keeping: { folder } })).wrote).toBe(true)
    expect((await ask()).wrote).toBe(true)
    for (const { path } of records()) chmodSync(path, 0o666)
    expect((await ask()).wrote).toBe(true)
  })
})

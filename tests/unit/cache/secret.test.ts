import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadCacheSecret } from '#cache/secret'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let base: string
let home: string
let project: string
let keyFile: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'depgate-secret-'))
  home = join(base, 'home')
  project = join(base, 'project')
  keyFile = join(home, '.config', 'depgate', 'cache-key')
  mkdirSync(home)
  mkdirSync(project)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function load(env: Record<string, string> = {}, more: { project?: string; home?: string } = {}) {
  const secret = await loadCacheSecret({
    env,
    home,
    project,
    cacheDirectory: join(project, '.cache'),
    ...more,
  })
  return 'key' in secret ? Buffer.from(secret.key) : secret.warning.message
}

describe('DEPGATE_CACHE_KEY', () => {
  test('is taken when it has 32 bytes, and no file is made', async () => {
    expect(await load({ DEPGATE_CACHE_KEY: 'k'.repeat(32) })).toEqual(Buffer.alloc(32, 'k'))
    expect(await load({ DEPGATE_CACHE_KEY: 'é'.repeat(16) })).toHaveLength(32)
    expect(readdirSync(home)).toEqual([])
  })

  test.each(['', 'short', 'k'.repeat(31)])(
    'is refused when it is %j, and nothing stands in for it',
    async (key) => {
      expect(await load({ DEPGATE_CACHE_KEY: key })).toContain('DEPGATE_CACHE_KEY is shorter than 32 bytes')
      expect(readdirSync(home)).toEqual([])
    },
  )
})

describe('the key file', () => {
  test('is made on first use with 32 random bytes, for this user alone, and read from then on', async () => {
    const key = await load()
    expect(key).toHaveLength(32)
    expect(readFileSync(keyFile)).toEqual(key)
    expect(lstatSync(keyFile).mode & 0o777).toBe(0o600)
    expect(lstatSync(dirname(keyFile)).mode & 0o777).toBe(0o700)
    expect(readdirSync(dirname(keyFile))).toEqual(['cache-key'])
    expect(await load()).toEqual(key)
    const other = join(base, 'other')
    mkdirSync(other)
    expect(await load({}, { home: other })).not.toEqual(key)
  })

  test('lies in XDG_CONFIG_HOME if that is absolute', async () => {
    const key = await load({ XDG_CONFIG_HOME: join(base, 'xdg') })
    expect(readFileSync(join(base, 'xdg', 'depgate', 'cache-key'))).toEqual(key)
    await load({ XDG_CONFIG_HOME: 'relative' })
    expect(lstatSync(keyFile).isFile()).toBe(true)
  })

  test('is the same for all who come at once', async () => {
    const keys = await Promise.all(Array.from({ length: 50 }, () => load()))
    expect(new Set(keys.map(String)).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    expect(readdirSync(dirname(keyFile))).toEqual(['cache-key'])
  })

  test('may lie behind a linked configuration folder', async () => {
    mkdirSync(join(base, 'dotfiles'))
    symlinkSync(join(base, 'dotfiles'), join(home, '.config'))
    expect(await load()).toHaveLength(32)
  })
})

describe('a key file is refused, with the reason, when it', () => {
  const prepared: [string, () => void][] = [
    [
      'is a symbolic link',
      () => {
        writeFileSync(join(base, 'elsewhere'), 'k'.repeat(32), { mode: 0o600 })
        symlinkSync(join(base, 'elsewhere'), keyFile)
      },
    ],
    ['is not a regular file', () => mkdirSync(keyFile)],
    ['is not a regular file', () => void execFileSync('mkfifo', ['-m', '600', keyFile])],
    ['can be read or written by other users', () => writeFileSync(keyFile, 'k'.repeat(32), { mode: 0o640 })],
    [
      'can be read or written by other users',
      () => {
        writeFileSync(keyFile, 'k'.repeat(32))
        chmodSync(keyFile, 0o602)
      },
    ],
    ['does not hold 32 to 4096 bytes', () => writeFileSync(keyFile, 'k'.repeat(31), { mode: 0o600 })],
    ['does not hold 32 to 4096 bytes', () => writeFileSync(keyFile, '', { mode: 0o600 })],
    ['does not hold 32 to 4096 bytes', () => writeFileSync(keyFile, 'k'.repeat(5000), { mode: 0o600 })],
  ]
  test.each(prepared)('%s', async (reason, prepare) => {
    mkdirSync(dirname(keyFile), { recursive: true })
    prepare()
    expect(await load()).toBe(`The disk cache is off: the key file ${reason}.`)
  })

  test.skipIf(process.getuid?.() !== 0)('belongs to another user', async () => {
    await load()
    chownSync(keyFile, 12_345, 12_345)
    expect(await load()).toContain('belongs to another user')
  })

  test.each([
    ['the home is the project', () => ({ home: project })],
    ['the home lies in the project', () => ({ home: join(project, 'home') })],
    ['the project is the configuration folder', () => ({ project: join(home, '.config') })],
    [
      'the home leads into the project by a link',
      () => {
        symlinkSync(project, join(base, 'link'))
        return { home: join(base, 'link') }
      },
    ],
  ])('would lie inside the project: %s', async (_name, places) => {
    expect(await load({}, places())).toContain('would lie inside the project or the cache')
    expect(readdirSync(project)).toEqual([])
  })

  test('would lie inside the cache', async () => {
    const secret = await loadCacheSecret({ env: {}, home, project, cacheDirectory: join(home, '.config') })
    expect(secret).toMatchObject({ warning: { code: 'cache-key-refused' } })
  })

  test('has nowhere to be', async () => {
    expect(await load({}, { home: '' })).toContain('there is no home folder')
    writeFileSync(join(home, '.config'), 'a file')
    expect(await load()).toMatch(/the key file cannot be used \((ENOTDIR|EEXIST)\)/)
  })
})

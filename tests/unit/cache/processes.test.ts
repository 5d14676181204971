/** Several real processes at one cache, on disks that fail: what no single process can show. */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const repository = resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

let build: string
let script: string
/** The sources of the cache as JavaScript, because a child process has no TypeScript. */
beforeAll(() => {
  build = mkdtempSync(join(tmpdir(), 'depgate-cache-build-'))
  script = join(build, 'out/tests/unit/cache/cache-process.js')
  symlinkSync(join(repository, 'node_modules'), join(build, 'node_modules'))
  writeFileSync(
    join(build, 'package.json'),
    JSON.stringify({ type: 'module', imports: { '#*': './out/src/*.js' } }),
  )
  const compilerOptions = {
    rootDir: repository,
    outDir: join(build, 'out'),
    typeRoots: [join(repository, 'node_modules/@types')],
  }
  const include = [join(import.meta.dirname, 'cache-process.ts')]
  const config = { extends: join(repository, 'tsconfig.build.json'), include, compilerOptions }
  writeFileSync(join(build, 'tsconfig.json'), JSON.stringify(config))
  execFileSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', build])
}, 60_000)
afterAll(() => rmSync(build, { recursive: true, force: true }))

let base: string
let directory: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'depgate-processes-'))
  directory = join(base, 'cache')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const argumentsOf = (job: string, folder: string, count: number, size = 1000) => [
  script,
  job,
  folder,
  String(count),
  String(size),
]

interface Outcome {
  found: number
  wrong: string[]
  warnings: string[]
  rejected: number
}

async function outcomeOf(process: Promise<{ stdout: string }>): Promise<Outcome> {
  const { stdout } = await process
  const parsed: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  if (typeof parsed !== 'object' || parsed === null) return expect.unreachable(stdout)
  return { found: 0, wrong: [], warnings: [], rejected: 0, ...parsed }
}

const node = (job: string, count: number, size?: number) =>
  outcomeOf(run(process.execPath, argumentsOf(job, directory, count, size)))

/** The same behind a shell command that limits or frees something first. */
const limited = (command: string, job: string, count: number, size?: number) =>
  outcomeOf(
    run('/bin/sh', [
      '-c',
      `${command}; exec "$@"`,
      'sh',
      process.execPath,
      ...argumentsOf(job, directory, count, size),
    ]),
  )

const told = (code: string) => [`cache-write-failed: The disk cache could not be written (${code}).`]

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('eight processes that put the same keys at once leave whole records and no warning', async () => {
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => node('put', 40)))
  for (const outcome of outcomes) expect(outcome).toMatchObject({ wrong: [], warnings: [], rejected: 0 })
  expect(await node('get', 40)).toMatchObject({ found: 40, wrong: [], warnings: [], rejected: 0 })
})

test('eight processes that need a key at once agree on one', async () => {
  const args = argumentsOf('key', base, 0)
  const keys = await Promise.all(Array.from({ length: 8 }, () => run(process.execPath, args)))
  expect(keys[0]?.stdout).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1)
  expect(readdirSync(join(base, '.config', 'depgate'))).toEqual(['cache-key'])
})

test('a process killed in mid-write, again and again, leaves nothing that is read wrongly', async () => {
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, argumentsOf('put-forever', directory, 30, 20_000), {
      stdio: 'pipe',
    })
    await once(child.stdout, 'data')
    await sleep((round * 7) % 60)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await node('get', 30)).toMatchObject({ wrong: [], warnings: [], rejected: 0 })
  }
  expect(await node('put', 30)).toMatchObject({ found: 30, wrong: [], warnings: [] })
})

describe('modes', () => {
  test.each(['000', '022', '077'])('under umask %s files are 0600 and folders 0700', async (mask) => {
    expect(await limited(`umask ${mask}`, 'put', 20)).toMatchObject({ found: 20, warnings: [] })
    await limited(`umask ${mask}`, 'put', 20)
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
    expect(entries.length).toBeGreaterThan(40)
    const odd = entries.filter(
      (entry) =>
        (lstatSync(join(entry.parentPath, entry.name)).mode & 0o777) !==
        (entry.isDirectory() ? 0o700 : 0o600),
    )
    expect(odd.map((entry) => join(entry.parentPath, entry.name))).toEqual([])
    expect(lstatSync(directory).mode & 0o777).toBe(0o700)
  })
})

describe('a disk that takes no more', () => {
  test('because files may not grow: one warning', async () => {
    const outcome = await limited('ulimit -f 8', 'put', 30, 50_000)
    expect(outcome).toMatchObject({ found: 0, wrong: [], warnings: told('EFBIG') })
    expect(await node('put', 5)).toMatchObject({ found: 5, warnings: [] })
  })

  test('because few files may be open: all the same records', async () => {
    expect(await limited('ulimit -n 64', 'put', 300)).toMatchObject({ found: 300, wrong: [], warnings: [] })
  })

  test.skipIf(!canMount())(
    'because it is full, or read-only: one warning, and what was there stays readable',
    async () => {
      mkdirSync(directory, { mode: 0o700 })
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k,mode=0700', 'tmpfs', directory])
      try {
        expect(await node('put', 3)).toMatchObject({ found: 3, warnings: [] })
        expect(await node('put', 30, 50_000)).toMatchObject({ wrong: [], warnings: told('ENOSPC') })
        execFileSync('mount', ['-o', 'remount,ro', directory])
        const outcome = await node('put', 3)
        expect(outcome).toMatchObject({ wrong: [], warnings: told('EROFS') })
        expect(outcome.found).toBeGreaterThan(0)
      } finally {
        execFileSync('umount', [directory])
      }
    },
  )
})

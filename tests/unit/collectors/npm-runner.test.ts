import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runNpmLs } from '#collectors/npm-runner'
import type { NpmRun } from '#collectors/npm-runner'
import { addFiles, emptyFolder } from './project-folder.ts'

/** Runs a script in npm's place. */
async function run(script: string, more: Partial<NpmRun> = {}) {
  const folder = emptyFolder()
  addFiles(folder, { 'npm-cli.js': script })
  const children: (number | undefined)[] = []
  const outcome = await runNpmLs({
    program: join(folder, 'npm-cli.js'),
    project: folder,
    env: process.env,
    signal: AbortSignal.timeout(20_000),
    onChild: (pid) => children.push(pid),
    ...more,
  })
  return { outcome, children, folder }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

describe('runNpmLs', () => {
  test('gives stdout whole, and tells when the child begins and ends', async () => {
    const { outcome, children } = await run(
      `process.stdout.write(JSON.stringify({ a: 'x'.repeat(3_000_000) }))`,
    )
    expect(outcome.ok && outcome.value.length).toBe(3_000_008)
    expect(children).toEqual([expect.any(Number), undefined])
  })

  test('exit 1 with text is text, exit 1 without and any other exit is a failure', async () => {
    expect((await run(`console.log('{}'); process.exitCode = 1`)).outcome).toEqual({
      ok: true,
      value: '{}\n',
    })
    const silent = await run(
      `console.error('npm error code EX\\nnpm error at /home/me/x https://registry.example/y\\nmore'); process.exitCode = 1`,
    )
    expect(silent.outcome).toMatchObject({
      ok: false,
      failure: { code: 'npm-ls-failed', message: 'npm ls ended with 1: code EX; at <path> <address>.' },
    })
    expect((await run(`console.log('{}'); process.exitCode = 7`)).outcome).toMatchObject({
      ok: false,
      failure: { code: 'npm-ls-failed' },
    })
    const killed = await run(
      `console.log('{}'); process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)`,
    )
    expect(killed.outcome).toMatchObject({ ok: false, failure: { message: 'npm ls ended by SIGTERM.' } })
  })

  test('a program that is not there is a failure', async () => {
    const { outcome } = await run('', { program: '/nowhere/npm-cli.js' })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'npm-ls-failed' } })
    expect(JSON.stringify(outcome)).not.toContain('/nowhere')
  })

  test('stops at the cap', async () => {
    const { outcome, children } = await run(`setInterval(() => process.stdout.write('x'.repeat(65536)), 1)`, {
      maxBytes: 1024 * 1024,
    })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'npm-ls-too-large' } })
    expect(children.at(-1)).toBeUndefined()
  })

  test('the signal ends npm and everything npm started', async () => {
    const folder = emptyFolder()
    const stop = new AbortController()
    const pidFile = join(folder, 'pid')
    const pending = run(
      `const { spawn } = require('child_process')
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
       require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid))
       process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`,
      { signal: stop.signal },
    )
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '')
      await new Promise((resolve) => setTimeout(resolve, 20))
    stop.abort()
    const { outcome, children } = await pending
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'npm-ls-timeout' } })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(isAlive(Number(readFileSync(pidFile, 'utf8')))).toBe(false)
    expect(isAlive(children[0] ?? 0)).toBe(false)
  })

  test('a signal that came before starts nothing', async () => {
    const { outcome, children } = await run(`console.log('{}')`, { signal: AbortSignal.abort() })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'npm-ls-timeout' } })
    expect(children).toEqual([])
  })

  test.each([
    ['in the group', false],
    ['in a group of its own', true],
  ])('a grandchild %s that holds the pipe does not hold us', async (_, detached) => {
    const { outcome } = await run(
      `const { spawn } = require('child_process')
       spawn(process.execPath, ['-e', 'setTimeout(() => {}, 15000)'], { stdio: 'inherit', detached: ${detached} }).unref()
       process.stdout.write('{"version":"1.0.0"}', () => process.exit(0))`,
      { signal: AbortSignal.timeout(10_000) },
    )
    expect(outcome).toEqual({ ok: true, value: '{"version":"1.0.0"}' })
  })

  test('nothing of ours that steers npm or node reaches the child, and nothing is left behind', async () => {
    const { outcome, folder } = await run(
      `console.log(JSON.stringify({ env: process.env, argv: process.argv.slice(2), cwd: process.cwd() }))`,
      {
        env: {
          PATH: process.env['PATH'],
          HOME: '/home/somebody',
          HTTPS_PROXY: 'http://127.0.0.1:1',
          npm_config_omit: 'dev',
          NPM_CONFIG_GLOBAL: 'true',
          npm_lifecycle_event: 'test',
          npm_package_name: 'x',
          NODE_ENV: 'production',
          NODE_OPTIONS: '--require /nowhere/x.js',
          INIT_CWD: '/x',
        },
      },
    )
    const said: unknown = outcome.ok ? JSON.parse(outcome.value) : undefined
    expect(said).toMatchObject({ env: { HOME: '/home/somebody', HTTPS_PROXY: 'http://127.0.0.1:1' } })
    expect(JSON.stringify(said)).not.toMatch(/npm_|NODE_ENV|NODE_OPTIONS|INIT_CWD/i)
    expect(said).toHaveProperty(
      'argv',
      expect.arrayContaining(['ls', '--all', '--json', `--prefix=${folder}`, '--no-link', '--include=dev']),
    )
    expect(said).toHaveProperty('cwd', expect.stringContaining('depgate-npm-'))
    const scratch = /depgate-npm-\w+/.exec(outcome.ok ? outcome.value : '')?.[0] ?? ''
    expect(scratch).not.toBe('')
    expect(readdirSync(tmpdir())).not.toContain(scratch)
  })
})

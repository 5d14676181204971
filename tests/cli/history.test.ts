/** `depgate history`: stored runs listed, shown again, pruned and exported. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeEntry } from '#history/entry'
import { storeRun } from '#history/history-folder'
import { runName } from '#history/run-name'
import type { RunReport } from '#model/run-report'
import { auditRun } from '../support/audit.ts'
import { runCli } from '../support/cli.ts'
import type { CliResult } from '../support/cli.ts'
import { packageReport } from '../support/report.ts'

const KEY = 'k'.repeat(32)

let base: string
let directory: string
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'depgate-history-cli-'))
  directory = join(base, 'project/.cache/depgate-history')
  mkdirSync(join(base, 'project'))
  for (const [day, id] of [
    ['01', 'aaaaaaaa-1'],
    ['02', 'aaaaaaab-2'],
    ['03', 'bbbbbbbb-3'],
  ]) {
    const verdict = day === '02' ? 'violation' : 'pass'
    const packages = [packageReport('a@1.0.0', { integrity: ['sha512-x'] })]
    const run = auditRun(`2026-01-${day}T04:17:00.000Z`, { verdict, packages }, id)
    const name = runName(run.run.startedAt, run.run.id)
    await storeRun({ directory, project: base }, name, encodeEntry(run, name, Buffer.from(KEY), 0))
  }
  writeFileSync(join(directory, runName('2026-01-04T04:17:00.000Z', 'cccccccc-4')), 'half')
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const history = (
  args: string[],
  env: Record<string, string> = { DEPGATE_CACHE_KEY: KEY },
): Promise<CliResult> => runCli(['history', ...args], { cwd: join(base, 'project'), home: base, env })

describe('depgate history', () => {
  test('lists what is there as a table, and names what is not', async () => {
    const { code, stdout, stderr } = await history([])
    expect(code).toBe(0)
    expect(stdout).toBe(
      'run       began                 verdict    packages  denied  warned  unknown  open  seconds\n' +
        'aaaaaaaa  2026-01-01 04:17 UTC  pass              1       0       0        0     0      0.8\n' +
        'aaaaaaab  2026-01-02 04:17 UTC  violation         1       0       0        0     0      0.8\n' +
        'bbbbbbbb  2026-01-03 04:17 UTC  pass              1       0       0        0     0      0.8\n',
    )
    expect(stderr).toBe(
      'depgate: The stored run 20260104T041700000Z-cccccccc-4.run is damaged and was left out.\n',
    )
  })

  test('shows the one that is meant, with the runs before it and the exit code of its verdict', async () => {
    const { code, stdout } = await history(['show', 'aaaaaaab', '--format', 'json'])
    expect(code).toBe(1)
    const report = JSON.parse(stdout) as RunReport
    expect(report.run.id).toBe('aaaaaaab-2')
    expect(report.audit?.trend.map(({ id }) => id)).toEqual(['aaaaaaaa-1', 'aaaaaaab-2'])
    expect(report.packages).toMatchObject([{ id: 'a@1.0.0', integrity: [] }])
    const newest = await history(['show', '--quiet'])
    expect(newest.code).toBe(0)
    expect(newest.stdout).toContain('depgate  pass: the 1 package may be used')
  })

  test.each([
    [['show', 'aaaa'], '2 runs begin with aaaa\n  fix: Write more of the id.'],
    [['show', 'zzzz'], 'there is no such stored run\n  fix: `depgate history` lists those there are.'],
    [['show', 'cccccccc'], 'The stored run 20260104T041700000Z-cccccccc-4.run is damaged and was left out.'],
    [['export'], 'export needs a folder\n  fix: Name it: `depgate history export runs`.'],
    [['--format', 'sarif'], 'the list of runs is shown as human or json'],
  ])('%j is refused', async (args, message) => {
    const { code, stdout, stderr } = await history(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`depgate: ${message}`)
  })

  test('with another key there is nothing to show', async () => {
    const { stdout, stderr } = await history([], { DEPGATE_CACHE_KEY: 'x'.repeat(32) })
    expect(stdout).toBe('there is no stored run; depgate audit stores one\n')
    expect(stderr).toContain('3 stored runs were not sealed with this key')
  })

  test('exports every run so that it can be read without a key', async () => {
    expect((await history(['export', 'runs'])).stdout).toBe('3 runs in runs\n')
    const files = readdirSync(join(base, 'project/runs'))
    expect(files).toHaveLength(3)
    const text = readFileSync(join(base, 'project/runs', files[1] ?? ''), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ verdict: 'violation', schemaVersion: 1 })
  })

  test('prunes by the policy, once it is no rehearsal', async () => {
    const policy = { licenses: { allow: [] }, history: { runs: 2, days: 1 } }
    writeFileSync(join(base, 'project/depgate.config.json'), JSON.stringify(policy))
    const gone = '20260101T041700000Z-aaaaaaaa-1.run\n20260102T041700000Z-aaaaaaab-2.run\n'
    expect((await history(['prune', '--dry-run'])).stdout).toBe(`${gone}2 runs would go, 2 kept\n`)
    expect((await history(['prune'])).stdout).toBe(`${gone}2 runs gone, 2 kept\n`)
    expect(readdirSync(directory).filter((name) => name.endsWith('.run'))).toHaveLength(2)
  })
})

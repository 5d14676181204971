/** A real change of a real project: what diff finds is what anybody finds who counts the entries of both lockfiles. */
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import { startFakeRegistry } from '../support/fake-registry.ts'
import type { FakeRegistry } from '../support/fake-registry.ts'
import { startRepository } from '../support/repository.ts'
import { reportProblems } from '../support/valid-reports.ts'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/lockfiles/checkout')
const POLICY = { extends: 'depgate:permissive', licenses: { scopes: { dev: { allow: ['group:content'] } } } }

interface Entry {
  name?: string
  version: string
  license?: string
  integrity: string
  dev?: boolean
}

let folder: string
let registry: FakeRegistry
let report: RunReport

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-real-'))
  registry = await startFakeRegistry()
  for (const side of ['before', 'after'])
    for (const [id, [{ license, integrity } = { integrity: '' }]] of entriesOf(side)) {
      const at = id.lastIndexOf('@')
      registry.publish(id.slice(0, at), id.slice(at + 1), { license, dist: { integrity } })
    }
  write('before')
  writeFileSync(join(folder, 'depgate.config.json'), JSON.stringify(POLICY))
  startRepository(folder)
  write('after')
  const { stdout, code } = await runCli(['diff', 'main', '--format', 'json', '--deadline', '2m'], {
    cwd: folder,
    home: folder,
    registry: registry.url,
  })
  // Nobody has their tarballs here, and without a second witness nothing passes.
  expect(code).toBe(3)
  report = JSON.parse(stdout) as RunReport
})
afterAll(async () => {
  await registry.close()
  rmSync(folder, { recursive: true, force: true })
})

function fixture(side: string, file: string): string {
  return brotliDecompressSync(readFileSync(join(FIXTURES, `${side}.${file}.br`))).toString('utf8')
}

function write(side: string): void {
  for (const file of ['package.json', 'package-lock.json'])
    writeFileSync(join(folder, file), fixture(side, file))
}

/** All entries of a lockfile by id, read as simply as can be. */
function entriesOf(side: string): Map<string, Entry[]> {
  const { packages } = JSON.parse(fixture(side, 'package-lock.json')) as { packages: Record<string, Entry> }
  const ids = new Map<string, Entry[]>()
  for (const [location, entry] of Object.entries(packages)) {
    if (location === '') continue
    const id = `${entry.name ?? location.split('node_modules/').at(-1) ?? ''}@${entry.version}`
    ids.set(id, [...(ids.get(id) ?? []), entry])
  }
  return ids
}

const idOf = (name: string, version: string): string => `${name}@${version}`
const isDevOnly = (entries: Entry[] | undefined): boolean =>
  entries?.every(({ dev }) => dev === true) === true

test('every version that came, and every one that went', () => {
  const [before, after] = [entriesOf('before'), entriesOf('after')]
  const changes = (report.change?.packages ?? []).filter(({ type }) => type !== 'changed')
  const came = changes.flatMap(({ name, after: state }) => (state ? [idOf(name, state.version)] : []))
  const went = changes.flatMap(({ name, before: state }) => (state ? [idOf(name, state.version)] : []))
  expect(came.toSorted()).toEqual([...after.keys()].filter((id) => !before.has(id)).toSorted())
  expect(went.toSorted()).toEqual([...before.keys()].filter((id) => !after.has(id)).toSorted())
  expect([came.length, went.length].every((count) => count > 50)).toBe(true)
})

test('what npm says ships now and did not ship before is among what has changed', () => {
  const [before, after] = [entriesOf('before'), entriesOf('after')]
  const moved = [...after.keys()].filter(
    (id) => before.has(id) && isDevOnly(before.get(id)) && !isDevOnly(after.get(id)),
  )
  expect(moved.map((id) => id.slice(0, id.lastIndexOf('@')))).toContain('prettier')
  const changed = (report.change?.packages ?? []).filter(
    ({ type, differs }) => type === 'changed' && differs.includes('kinds'),
  )
  const ids = changed.map(({ name, after: state }) => idOf(name, state?.version ?? ''))
  expect(ids).toEqual(expect.arrayContaining(moved))
  for (const { name, before: was, after: is } of changed.filter(({ name: which }) =>
    moved.some((id) => id.startsWith(`${which}@`)),
  ))
    expect([name, was?.kinds.includes('production'), is?.kinds.includes('production')]).toEqual([
      name,
      false,
      true,
    ])
})

test('old licences are those that the registry has', () => {
  const before = entriesOf('before')
  const removed = (report.change?.packages ?? []).filter(({ type }) => type === 'removed')
  expect(removed.length).toBeGreaterThan(20)
  for (const { name, before: was } of removed)
    expect([name, was?.license]).toEqual([
      name,
      before.get(idOf(name, was?.version ?? ''))?.[0]?.license ?? null,
    ])
})

test('every format of the report is valid', async () => {
  expect(await reportProblems(report)).toEqual([])
})

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import { noting, writtenParts } from '../../../src/run/policy-parts.ts'

const POLICY = 'depgate.config.json'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

/** A state of the project, under the same paths as all others. */
function state(name: string, files: Record<string, string>): DiskReader {
  const at = join(folder, name)
  mkdirSync(at)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text)
  const disk = openDisk(at)
  const moved = (path: string): string => join(at, path.slice('/app'.length))
  return { ...disk, file: (path, max) => disk.file(moved(path), max), kind: (path) => disk.kind(moved(path)) }
}

/** What is written of a file, and of a package that is extended. */
function written(own: DiskReader, common: DiskReader, tip: DiskReader, file = POLICY): string[] {
  const parts = { files: new Set([`/app/${file}`]), packages: new Set(['rules']) }
  return writtenParts(parts, { own, common, tip, folder: '/app' })
}

test('a file is written if it is neither as it was nor as the branch has it', () => {
  const [old, other, none] = [{ [POLICY]: 'old' }, { [POLICY]: 'other' }, {}].map((files, at) =>
    state(`state ${at}`, files),
  ) as [DiskReader, DiskReader, DiskReader]
  expect(written(old, old, other)).toEqual([])
  expect(written(other, old, other)).toEqual([])
  expect(written(none, none, other)).toEqual([])
  expect(written(other, old, none)).toEqual([POLICY])
  expect(written(none, old, other)).toEqual([POLICY])
})

test('of package.json the policy counts alone', () => {
  const [one, two, three] = [
    { name: 'app', depgate: { a: 1, b: 2 } },
    { name: 'app', version: '2.0.0', depgate: { b: 2, a: 1 } },
    { name: 'app', depgate: { a: 2 } },
  ].map((manifest, at) => state(`state ${at}`, { 'package.json': JSON.stringify(manifest) })) as [
    DiskReader,
    DiskReader,
    DiskReader,
  ]
  expect(written(two, one, three, 'package.json')).toEqual([])
  expect(written(three, one, two, 'package.json')).toEqual(['package.json'])
})

test('what cannot be read may be anything', () => {
  const linked = state('linked', {})
  symlinkSync('elsewhere', join(folder, 'linked', POLICY))
  expect(written(linked, linked, linked)).toEqual([POLICY])
})

test('a package is written if it is pinned otherwise', () => {
  const [one, two, none] = ['1.0.0', '2.0.0', undefined].map((version, at) =>
    state(`state ${at}`, {
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: version === undefined ? {} : { 'node_modules/rules': { version } },
      }),
    }),
  ) as [DiskReader, DiskReader, DiskReader]
  expect(written(one, one, two)).toEqual([])
  expect(written(two, one, none)).toEqual(['rules'])
  expect(written(none, one, two)).toEqual(['rules'])
})

test('what is read is noted, found or not', () => {
  const files = new Set<string>()
  const disk = noting(openDisk(folder), files)
  disk.file('/app/one')
  disk.linkedFile('/app/two')
  disk.kind('/app/three')
  expect([...files]).toEqual(['/app/one', '/app/two'])
})

/** What a run may rest on of the files that npm's configuration is read from. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNpmrcDisk } from '../../src/npm-configuration.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-npmrc-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each<[string, (file: string) => unknown, boolean]>([
  ['a file', (file) => writeFileSync(file, 'registry=https://registry.example/'), true],
  ['no file', () => undefined, true],
  ['a pipe', (file) => spawnSync('mkfifo', [file]), false],
  ['a folder', (file) => mkdirSync(file), false],
])('whether looking at %s again would show the same', (_what, make, isClear) => {
  const file = join(folder, '.npmrc')
  make(file)
  const npmrc = openNpmrcDisk(folder)
  npmrc.disk.linkedFile(file)
  npmrc.disk.linkedFile(devNull)
  expect(npmrc.isClear()).toBe(isClear)
})

test('the variables of all files', () => {
  writeFileSync(join(folder, '.npmrc'), '//registry.example/:_authToken=${TOKEN}')
  const npmrc = openNpmrcDisk(folder)
  npmrc.disk.linkedFile(join(folder, '.npmrc'))
  expect(npmrc.variables()).toEqual(['TOKEN'])
})

/** Whether change times may be believed is tried out where the cache lies. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder } from '#cache/folder'
import { honestDevice } from '#cache/honest-device'

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-device-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the device of the cache folder, and nothing is left behind', async () => {
  const folder = project()
  const directory = join(folder, '.cache')
  await createFolder(directory)
  expect(await honestDevice({ directory, project: folder })).toBe(statSync(directory).dev)
  expect(
    readdirSync(join(directory, readdirSync(directory).find((name) => name.startsWith('v')) ?? '')),
  ).toEqual([])
})

test('no device without a folder, and none through a link', async () => {
  const folder = project()
  expect(await honestDevice({ directory: join(folder, '.cache'), project: folder })).toBeUndefined()
  mkdirSync(join(folder, 'elsewhere'))
  await createFolder(join(folder, 'elsewhere'))
  symlinkSync('elsewhere', join(folder, '.cache'))
  expect(await honestDevice({ directory: join(folder, '.cache'), project: folder })).toBeUndefined()
})

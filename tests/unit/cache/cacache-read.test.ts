import cacache from 'cacache'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { bucketPath } from '#cache/cacache-layout'
import { readContent, readIndexEntry } from '#cache/cacache-read'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'depgate-cacache-'))
  const folder = root
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

async function bodyOf(key: string): Promise<string | undefined> {
  const entry = await readIndexEntry(root, key)
  return entry && (await readContent(entry)).toString()
}

const bucket = (key: string): string => join(root, ...bucketPath(key))

test('reads what cacache has written, the latest of a key', async () => {
  for (const key of ['a', '__proto__', '\n\t💥', '\ud800', '']) {
    await cacache.put(root, key, `one ${key}`)
    await cacache.put(root, key, `two ${key}`)
    expect(await bodyOf(key)).toBe(Buffer.from(`two ${key}`).toString())
    expect((await readIndexEntry(root, key))?.path).toBe((await cacache.get.info(root, key))?.path)
  }
})

test('a key that was removed has no entry, and one that never was has no bucket', async () => {
  await cacache.put(root, 'a', 'body')
  await cacache.rm.entry(root, 'a')
  expect(await readIndexEntry(root, 'a')).toBeUndefined()
  await expect(readIndexEntry(root, 'b')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a line that was cut or altered does not count', async () => {
  await cacache.put(root, 'a', 'body')
  const text = readFileSync(bucket('a'), 'utf8')
  appendFileSync(bucket('a'), text.replace('"key":"a"', '"key":"a","x":1'))
  appendFileSync(bucket('a'), text.slice(0, -3))
  appendFileSync(bucket('a'), '\nnonsense\n\t\n')
  expect(await bodyOf('a')).toBe('body')
})

test('the entry of another key in the same bucket does not count', async () => {
  await cacache.put(root, 'other', 'theirs')
  await cacache.put(root, 'a', 'ours')
  appendFileSync(bucket('a'), readFileSync(bucket('other')))
  expect(await bodyOf('a')).toBe('ours')
})

test('an integrity that is none of ours leads nowhere', async () => {
  await cacache.put(root, 'a', 'body', { algorithms: ['sha1'] })
  await expect(readIndexEntry(root, 'a')).rejects.toThrow(TypeError)
})

test('content that was altered is not read', async () => {
  await cacache.put(root, 'a', 'body')
  const entry = await readIndexEntry(root, 'a')
  writeFileSync(entry?.path ?? expect.unreachable(), 'else')
  await expect(bodyOf('a')).rejects.toThrow(TypeError)
})

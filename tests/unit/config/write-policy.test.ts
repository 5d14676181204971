import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readForEdit, replacePolicy } from '#config/write-policy'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-write-'))
  file = join(folder, 'depgate.config.json')
  writeFileSync(file, '\uFEFF{}\n')
})
afterEach(() => rmSync(folder, { recursive: true }))

function read(path = file) {
  const result = readForEdit(path)
  if (!result.ok) throw new Error(result.problem.message)
  return result.policy
}

test('the file is replaced with its mode, and nothing is left beside it', () => {
  chmodSync(file, 0o644)
  const policy = read()
  expect(policy.text).toBe('\uFEFF{}\n')
  expect(replacePolicy(policy, `${policy.text}// more\n`)).toBeUndefined()
  expect(readFileSync(file, 'utf8')).toBe('\uFEFF{}\n// more\n')
  expect(statSync(file).mode & 0o777).toBe(0o644)
  expect(readdirSync(folder)).toEqual(['depgate.config.json'])
})

test('what somebody else wrote meanwhile stays', () => {
  const policy = read()
  writeFileSync(file, 'theirs')
  expect(replacePolicy(policy, 'ours')?.message).toBe('was changed meanwhile')
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  expect(readdirSync(folder)).toEqual(['depgate.config.json'])
})

test('a symbolic link is neither read nor written through', () => {
  const other = join(folder, 'other')
  writeFileSync(other, '{}')
  const policy = read(other)
  rmSync(file)
  symlinkSync(other, file)
  expect(readForEdit(file)).toMatchObject({ ok: false })
  expect(replacePolicy({ ...policy, path: file }, 'ours')?.message).toContain('symbolic link')
  expect(readFileSync(other, 'utf8')).toBe('{}')
})

test('a file that is gone, or no text, is said so', () => {
  expect(readForEdit(join(folder, 'none'))).toMatchObject({ problem: { message: 'cannot be read (ENOENT)' } })
  writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]))
  expect(readForEdit(file)).toMatchObject({ ok: false })
})

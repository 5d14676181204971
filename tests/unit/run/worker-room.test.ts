import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { youngRoomMb } from '../../../src/run/worker-room.ts'

let project: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'depgate-room-'))
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

test('a tree of common size leaves room for young objects; a large one, and one of unknown size, do not', () => {
  const tight = youngRoomMb()
  expect(youngRoomMb(project)).toBe(tight)
  const lockfile = join(project, 'package-lock.json')
  writeFileSync(lockfile, ' '.repeat(1024 * 1024))
  expect(youngRoomMb(project)).toBeGreaterThan(tight)
  writeFileSync(lockfile, ' '.repeat(1.25 * 1024 * 1024 + 1))
  expect(youngRoomMb(project)).toBe(tight)
})

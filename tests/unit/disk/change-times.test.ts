/** Change times tell of every change, and say nothing where they are too young or may not be believed. */
import { linkSync, lstatSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bootId, changeTimes } from '#disk/change-times'
import type { TimesGround } from '#disk/change-times'
import { openDisk } from '#disk/disk'
import { CHANGES, lookAround, world } from './looked-at-world.ts'

const always = (): boolean => true
const ground = (root: string): TimesGround => ({ device: lstatSync(root).dev, boot: 'boot' })

/** A world that was looked at. */
function lookedAt() {
  const root = world()
  const { looks } = lookAround(openDisk(root), root)
  return { root, looks }
}

/** The times of what was looked at on its own device, or on one where nothing lies. */
function timesOf(place: ReturnType<typeof lookedAt>, other: Partial<TimesGround> = {}): string | undefined {
  return changeTimes([place], { ...ground(place.root), ...other }, Infinity, always)
}

test('nothing has changed: the same times', () => {
  const place = lookedAt()
  expect(timesOf(place)).toMatch(/^[0-9a-f]{64}$/)
  expect(timesOf(place)).toBe(timesOf(place))
})

describe.each([
  ['told by times', {}],
  ['read, on a device whose times are not believed', { device: -1 }],
])('noticed, %s', (_how, other) => {
  test.each(CHANGES)('%s', (_name, change) => {
    const place = lookedAt()
    const before = timesOf(place, other)
    change(place.root)
    const after = timesOf(place, other)
    expect(after).toMatch(/^[0-9a-f]{64}$/)
    expect(after).not.toBe(before)
  })
})

test('a file replaced by one of the same size is noticed', () => {
  const place = lookedAt()
  const before = timesOf(place)
  writeFileSync(join(place.root, 'folder/new'), 'tExt')
  renameSync(join(place.root, 'folder/new'), join(place.root, 'file'))
  expect(timesOf(place)).not.toBe(before)
})

test('a second name for a file counts as a change: its time is that of the last change of either', () => {
  const place = lookedAt()
  const before = timesOf(place)
  linkSync(join(place.root, 'file'), join(place.root, 'folder/sub/second'))
  expect(timesOf(place)).not.toBe(before)
})

test('another start of the system is another time', () => {
  const place = lookedAt()
  expect(timesOf(place, { boot: 'other' })).not.toBe(timesOf(place))
})

describe('nothing is said', () => {
  test('where something changed too shortly before', () => {
    const place = lookedAt()
    const youngest = Math.max(
      ...['.', ...readdirSync(place.root), 'folder/sub'].map(
        (name) => lstatSync(join(place.root, name)).ctimeMs,
      ),
    )
    expect(changeTimes([place], ground(place.root), youngest + 1, always)).toBe(timesOf(place))
    expect(changeTimes([place], ground(place.root), youngest, always)).toBeUndefined()
  })

  test('where there is no time left', () => {
    const place = lookedAt()
    expect(changeTimes([place], ground(place.root), Infinity, () => false)).toBeUndefined()
  })

  test('of what are no looks', () => {
    const { root } = lookedAt()
    expect(changeTimes([{ root, looks: ['x:file'] }], ground(root), Infinity, always)).toBeUndefined()
  })
})

test('the system says when it was started, or nothing', () => {
  expect(bootId() ?? 'none').toMatch(process.platform === 'linux' ? /^[0-9a-f-]{36}$/ : /^none$/)
})

import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import type { Encoding } from '#registry/body'
import { createHeadRoom } from '#registry/head-room'
import { packumentReader, quickPackumentReader } from '#registry/packument-reader'

const WANTED = {
  values: new Set(['name']),
  membersOf: { key: 'versions', values: new Set(['license']) },
}
const KIB = 1024
const CHUNK = 16 * KIB
const { signal } = new AbortController()

/** A packument with so much that nobody asked for; what is random stays as large when it is compressed. */
function packument(readmeBytes: number, random = false): Buffer {
  const readme = random
    ? randomBytes(readmeBytes).toString('base64').slice(0, readmeBytes)
    : 'x'.repeat(readmeBytes)
  return Buffer.from(JSON.stringify({ name: 'a', versions: { '1.0.0': { license: 'MIT' } }, readme }))
}

/** Its bytes as they come, and how many were asked for. */
function arriving(bytes: Buffer): AsyncIterable<Buffer> & { taken: number } {
  const body = {
    taken: 0,
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const chunk = bytes.subarray(at, at + CHUNK)
        body.taken += chunk.length
        await Promise.resolve()
        yield chunk
      }
    },
  }
  return body
}

const closed = (): Promise<never> => Promise.reject(new Error('nobody gets in'))
const never = (): Promise<never> => new Promise(() => undefined)

const picked = '{"name":"a","versions":{"1.0.0":{"license":"MIT"}}}'

test('common sizes are left as they are, without the gate', async () => {
  const bytes = packument(1500 * KIB)
  const reader = quickPackumentReader(WANTED, createHeadRoom())
  for (const [encoding, wire] of [
    ['gzip', gzipSync(bytes)],
    ['identity', bytes],
  ] as const)
    expect(await reader.read(arriving(wire), encoding, closed, signal)).toBe(bytes.toString())
})

test.each<[string, Encoding, Buffer]>([
  ['long', 'identity', packument(2500 * KIB)],
  ['long on the wire', 'gzip', gzipSync(packument(1900 * KIB, true), { level: 0 })],
  ['long once it is inflated', 'gzip', gzipSync(packument(2500 * KIB))],
  // Only the last of several parts says how long it is.
  ['longer than it says', 'gzip', Buffer.concat([gzipSync(packument(2500 * KIB)), gzipSync(' ')])],
])('what is %s is scanned, one at a time', async (_, encoding, wire) => {
  const reader = quickPackumentReader(WANTED, createHeadRoom())
  const gate = pLimit(1)
  const texts = await Promise.all(
    [1, 2].map(() => reader.read(arriving(wire), encoding, (task) => gate(task), signal)),
  )
  expect(texts).toEqual([picked, picked])
})

test('what says that it is longer than it is is read all the same', async () => {
  const wire = Buffer.concat([gzipSync(packument(10)).subarray(0, -4), Buffer.from([0, 0, 0, 0x7f])])
  const reader = quickPackumentReader(WANTED, createHeadRoom())
  const gate = pLimit(1)
  const answer = reader.read(arriving(wire), 'gzip', (task) => gate(task), signal)
  await expect(answer).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })
  const slow = packumentReader(WANTED).read(arriving(wire), 'gzip', (task) => gate(task), signal)
  await expect(slow).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })
})

test('64 long answers that wait for each other have no more than the room together, and all are read', async () => {
  const wire = packument(3 * KIB * KIB)
  const reader = quickPackumentReader(WANTED, createHeadRoom(4 * KIB * KIB, 64 * KIB))
  const gate = pLimit(1)
  let open: (() => void) | undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  let atTheGate = 0
  const bodies = Array.from({ length: 64 }, () => arriving(wire))
  const reading = bodies.map((body) =>
    reader.read(
      body,
      'identity',
      (task) => {
        if (++atTheGate === bodies.length) open?.()
        return gate(async () => {
          await opened
          return task()
        })
      },
      signal,
    ),
  )
  await opened
  const waiting = bodies.reduce((sum, { taken }) => sum + taken, 0)
  expect(waiting).toBeGreaterThan(4 * KIB * KIB)
  expect(waiting).toBeLessThanOrEqual(4 * KIB * KIB + 64 * (64 * KIB + CHUNK))
  expect(await Promise.all(reading)).toEqual(bodies.map(() => picked))
})

test('those of common size overtake long ones that fill the room', async () => {
  const reader = quickPackumentReader(WANTED, createHeadRoom(KIB * KIB, 64 * KIB))
  void reader.read(arriving(packument(3 * KIB * KIB)), 'identity', never, signal)
  await new Promise((resolve) => setImmediate(resolve))
  const bytes = packument(60 * KIB)
  expect(await reader.read(arriving(bytes), 'identity', never, signal)).toBe(bytes.toString())
})

test('an answer that breaks off gives its room back', async () => {
  const room = createHeadRoom(KIB * KIB, 64 * KIB)
  const reader = quickPackumentReader(WANTED, room)
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(900 * KIB)
    await Promise.resolve()
    throw new Error('cut off')
  }
  const gate = pLimit(1)
  for (let times = 0; times < 3; times++)
    await expect(reader.read(broken(), 'identity', (task) => gate(task), signal)).rejects.toThrow('cut off')
  expect(room().take(1000 * KIB)).toBe(true)
})

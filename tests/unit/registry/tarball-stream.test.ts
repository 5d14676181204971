import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { TARBALL_LIMITS, tarballReader } from '#registry/tarball-stream'
import type { TarballRead, TarballSink } from '#registry/tarball-stream'
import { integrityOf } from '../../support/tarball.ts'
import { codeOf } from './clients.ts'

/** Counts what it gets; `flaw` after so many bytes. */
function counter(flawAfter = Number.POSITIVE_INFINITY): TarballSink<number> {
  let bytes = 0
  return {
    push: (chunk) => ((bytes += chunk.length) > flawAfter ? 'is odd' : undefined),
    finish: () => bytes,
  }
}

function gate<T>(task: () => Promise<T>): Promise<T> {
  return task()
}

async function* inPieces(bytes: Buffer, size = 10_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Reading {
  integrity?: string
  sink?: TarballSink<number>
  limits?: Partial<typeof TARBALL_LIMITS>
  source?: AsyncIterable<Buffer>
  signal?: AbortSignal
}

async function read(bytes: Buffer, reading: Reading = {}): Promise<TarballRead<number>> {
  const { integrity = integrityOf(bytes), sink = counter(), limits, source = inPieces(bytes) } = reading
  const expected = { algorithm: integrity.slice(0, integrity.indexOf('-')), digests: [integrity] }
  const reader = tarballReader('a@1.0.0', expected, () => sink, { ...TARBALL_LIMITS, ...limits })
  const outcome = await reader.read(source, 'identity', gate, reading.signal ?? new AbortController().signal)
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}

const BYTES = randomBytes(300_000)
const TARBALL = gzipSync(BYTES)
const BOMB = gzipSync(Buffer.alloc(8 * 1024 * 1024))

test('hands on all that a tarball inflates to, with the hash it has', async () => {
  expect(await read(TARBALL)).toEqual({
    ok: true,
    value: { value: BYTES.length, integrity: integrityOf(TARBALL) },
  })
})

test('is read to its end although the sink wants no more, and the hash decides first', async () => {
  const sink = counter(1000)
  expect(codeOf(await read(TARBALL, { sink }))).toBe('tarball-unreadable')
  expect(codeOf(await read(TARBALL, { sink, integrity: integrityOf(BYTES) }))).toBe('integrity-mismatch')
})

test('stops inflating at the cap, and goes on hashing', async () => {
  const limits = { inflatedBytes: 1024 * 1024 }
  const outcome = await read(BOMB, { limits })
  expect(outcome.ok || outcome.failure.message).toContain('larger inflated')
  expect(codeOf(await read(BOMB, { limits, integrity: integrityOf(BYTES) }))).toBe('integrity-mismatch')
  expect(codeOf(await read(BOMB))).toBe('ok')
})

test('stops inflating what is compressed beyond reason', async () => {
  const outcome = await read(BOMB, { limits: { plainBytes: 1024 * 1024 } })
  expect(outcome.ok || outcome.failure.message).toContain('compressed as no package can be')
  expect(codeOf(await read(TARBALL, { limits: { plainBytes: 1024 } }))).toBe('ok')
})

test('the sink is not asked what it read of a tarball that is another one', async () => {
  let finished = 0
  const sink = { ...counter(), finish: () => ++finished }
  await read(TARBALL, { sink, integrity: integrityOf(BYTES) })
  expect(finished).toBe(0)
})

test.each([
  ['is no gzip', randomBytes(70_000), 'compressed'],
  ['ends too early', TARBALL.subarray(0, -100), 'cut off'],
  ['has no bytes', Buffer.alloc(0), 'cut off'],
  ['has a broken checksum', Buffer.concat([TARBALL.subarray(0, -8), Buffer.alloc(8, 1)]), 'compressed'],
])('says of one that %s what is wrong', async (_, bytes, why) => {
  const outcome = await read(bytes)
  expect(outcome.ok ? 'ok' : outcome.failure).toMatchObject({ code: 'tarball-unreadable' })
  expect(outcome.ok || outcome.failure.message).toContain(why)
})

test('throws what the caller turns into failures: too many bytes, a broken stream, the end of the run', async () => {
  await expect(read(TARBALL, { limits: { wireBytes: 100_000 } })).rejects.toMatchObject({
    code: 'DEPGATE_TOO_LARGE',
  })
  await expect(read(TARBALL, { source: broken() })).rejects.toThrow('reset')
  const stop = new AbortController()
  stop.abort()
  await expect(read(TARBALL, { signal: stop.signal })).rejects.toThrow(/abort/i)
})

test('is no bad tarball because the run ended while it was inflated', async () => {
  const stop = new AbortController()
  const sink = counter()
  const push = (chunk: Buffer): string | undefined => {
    stop.abort()
    return sink.push(chunk)
  }
  await expect(read(BOMB, { sink: { ...sink, push }, signal: stop.signal })).rejects.toThrow(/abort/i)
})

async function* broken(): AsyncGenerator<Buffer> {
  yield TARBALL.subarray(0, 1000)
  throw new Error('reset')
}

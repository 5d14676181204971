import { gzipSync } from 'node:zlib'
import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { MAX_WIRE_BYTES, readBody, TOO_LARGE } from '#registry/body'

const gate = pLimit(1)
const open = new AbortController().signal
const MEGABYTE = 1024 * 1024

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(MEGABYTE)
}

test.each([1, 7, 1000, 100_000])('reads small and large bodies in pieces of %d', async (size) => {
  for (const length of [0, 1, 100, 3000]) {
    const bytes = Buffer.from('x'.repeat(length))
    expect(await readBody(inPieces(bytes, size), 'identity', gate, open)).toEqual(bytes)
    expect(await readBody(inPieces(gzipSync(bytes), size), 'gzip', gate, open)).toEqual(bytes)
  }
})

test('reads a body that is small on the wire and large inflated, and the other way round', async () => {
  const blanks = Buffer.alloc(2 * MEGABYTE, ' ')
  expect(blanks.equals(await readBody(inPieces(gzipSync(blanks), 500), 'gzip', gate, open))).toBe(true)
  expect(blanks.equals(await readBody(inPieces(blanks, 10_000), 'identity', gate, open))).toBe(true)
})

test('a gzip stream cut anywhere is an error', async () => {
  const whole = gzipSync('{"name":"a","version":"1.0.0"}')
  for (let length = 1; length < whole.length; length++) {
    await expect(readBody(inPieces(whole.subarray(0, length), 10), 'gzip', gate, open)).rejects.toThrow()
  }
})

test('a large gzip stream cut at its end is an error', async () => {
  const whole = gzipSync(Buffer.from(Array.from({ length: 300_000 }, () => Math.floor(Math.random() * 256))))
  await expect(readBody(inPieces(whole.subarray(0, -1), 10_000), 'gzip', gate, open)).rejects.toMatchObject({
    code: 'Z_BUF_ERROR',
  })
})

test('a flipped bit in a gzip stream is never another body', async () => {
  const body = '{"name":"a","version":"1.0.0","license":"GPL-3.0-only"}'
  const whole = gzipSync(body)
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const copy = Buffer.from(whole)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const read = await readBody(inPieces(copy, 1000), 'gzip', gate, open).catch(() => undefined)
    if (read !== undefined && read.length > 0) expect(read.toString()).toBe(body)
  }
})

test('what passes a cap is an error', async () => {
  await expect(readBody(endless(), 'identity', gate, open)).rejects.toMatchObject({ code: TOO_LARGE })
  await expect(
    readBody(inPieces(Buffer.alloc(MAX_WIRE_BYTES + 1), MEGABYTE), 'identity', gate, open),
  ).rejects.toMatchObject({ code: TOO_LARGE })
  const member = gzipSync(Buffer.alloc(MEGABYTE))
  const bomb = Buffer.concat(Array.from({ length: 40 }, () => member))
  await expect(readBody(inPieces(bomb, 5000), 'gzip', gate, open)).rejects.toMatchObject({ code: TOO_LARGE })
})

test('sixteen bombs at once take the memory of one', async () => {
  const member = gzipSync(Buffer.alloc(MEGABYTE))
  const bomb = Buffer.concat(Array.from({ length: 400 }, () => member))
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
  const reads = Array.from({ length: 16 }, () => readBody(inPieces(bomb, 16_384), 'gzip', gate, open))
  const results = await Promise.allSettled(reads)
  clearInterval(timer)
  expect(results.every(({ status }) => status === 'rejected')).toBe(true)
  expect((peak - before) / MEGABYTE).toBeLessThan(300)
}, 30_000)

test('a bomb whose time is over is not inflated any further', async () => {
  const member = gzipSync(Buffer.alloc(MEGABYTE))
  const bomb = Buffer.concat(Array.from({ length: 400 }, () => member))
  const stop = new AbortController()
  const pieces = inPieces(bomb, 1_000_000)
  const waiting = gate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    stop.abort()
  })
  await expect(readBody(pieces, 'gzip', gate, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
  await waiting
})

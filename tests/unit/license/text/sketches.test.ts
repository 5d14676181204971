import { expect, test } from 'vitest'
import { bySketchBucket, readSketches, sharedHashes, trigramHashes } from '#license/text/sketches'

test('runs of three words are hashed once each', () => {
  expect(trigramHashes([1, 2, 3, 1, 2, 3]).size).toBe(3)
  expect(trigramHashes([1, 2]).size).toBe(0)
})

test('the hash of three words tells them apart, and stays as the index has it', () => {
  expect([...trigramHashes([0, 1, 2, 3])]).toEqual([647097050, 2774647360])
  const all = new Set<number>()
  for (const a of [0, 1, 2])
    for (const b of [0, 1, 2])
      for (const c of [0, 1, 2]) {
        const [hash = 0] = trigramHashes([a, b, c])
        expect(hash).toBeGreaterThanOrEqual(0)
        all.add(hash)
      }
  expect(all.size).toBe(27)
})

type Entries = readonly (readonly [hash: number, text: number])[]

function sketchesOf(entries: Entries): ReturnType<typeof readSketches> {
  return readSketches(bytesOf(entries, 'LE'), entries.length)
}

function bytesOf(entries: Entries, order: 'BE' | 'LE'): Uint8Array {
  const sorted = entries.toSorted((a, b) => bySketchBucket(a[0], b[0]) || a[1] - b[1])
  const view = new DataView(new ArrayBuffer(6 * sorted.length))
  sorted.forEach(([hash, text], at) => {
    view.setUint32(4 * at, hash, order === 'LE')
    view.setUint16(4 * sorted.length + 2 * at, text, order === 'LE')
  })
  return new Uint8Array(view.buffer)
}

test('bytes are turned round where the machine has the other order, and wherever they begin', () => {
  const entries = [
    [0x01020304, 0x0506],
    [0xfffefdfc, 1],
  ] as const
  const here = sketchesOf(entries)
  expect([...here.hashes]).toEqual([0x01020304, 0xfffefdfc])
  expect([...here.texts]).toEqual([0x0506, 1])
  expect(readSketches(bytesOf(entries, 'BE'), 2, 'BE')).toEqual(here)
  const behind = Buffer.concat([Buffer.of(1), bytesOf(entries, 'LE'), Buffer.of(2, 3)]).subarray(1)
  expect(readSketches(behind, 2)).toEqual(here)
  expect([...behind.subarray(0, 4)]).toEqual([4, 3, 2, 1])
})

test('each hash of a sketch is found, in the first bucket, in the last, and beside others in its own', () => {
  const [run = 0] = trigramHashes([1, 2, 3])
  // Fourteen bits say the bucket: these share that of the run.
  const beside = [0x4000, 0x8000, 0xff0000].map((high) => (run ^ high) >>> 0)
  const around = [0, 0x3fff, 0x4000, 0xffffffff].map((hash) => [hash, 3] as const)
  const sketches = sketchesOf([...beside.map((hash) => [hash, 0] as const), [run, 1], [run, 2], ...around])
  expect([...sharedHashes([1, 2, 3], sketches, 4)]).toEqual([0, 1, 1, 0])
  expect([...sharedHashes([1, 2, 3, 1, 2, 3], sketches, 4)]).toEqual([0, 1, 1, 0])
  expect([...sharedHashes([3, 2, 1], sketches, 4)]).toEqual([0, 0, 0, 0])
  expect([...sharedHashes([1, 2, 3], sketchesOf([]), 2)]).toEqual([0, 0])
})

test.each([0, 1, 0x3ffe, 0x3fff])('a hash in bucket %s is found', (bucket) => {
  const third = Array.from({ length: 1_000_000 }, (_, at) => at).find((at) => {
    const [hash = 0] = trigramHashes([1, 2, at])
    return (hash & 0x3fff) === bucket
  })
  if (third === undefined) throw new Error(`no run has a hash in bucket ${bucket}`)
  const words = [1, 2, third]
  expect([...sharedHashes(words, sketchesOf([...trigramHashes(words)].map((hash) => [hash, 0])), 1)]).toEqual(
    [1],
  )
})

test('what stands behind the last word is no word', () => {
  const [behind = 0] = trigramHashes([1, 2, 0])
  expect([...sharedHashes([1, 2], sketchesOf([[behind, 0]]), 1)]).toEqual([0])
})

test('hashes lie by their buckets, and in order within them', () => {
  const hashes = [3, 0xffff0001, 0x4001, 1, 0x8001]
  expect(hashes.toSorted(bySketchBucket)).toEqual([1, 0x4001, 0x8001, 0xffff0001, 3])
})

test('whatever the hashes are, what is found is what a plain search finds', () => {
  const words = Array.from({ length: 400 }, (_, at) => (at * at) % 37)
  const hashes = [...trigramHashes(words)]
  const entries = hashes.flatMap((hash, at) =>
    at % 3 === 0 ? [[hash, at % 5] as const] : at % 7 === 0 ? [[hash, 1] as const, [hash, 4] as const] : [],
  )
  const plain = [0, 1, 2, 3, 4].map((text) => entries.filter(([, of]) => of === text).length)
  expect([...sharedHashes(words, sketchesOf(entries), 5)]).toEqual(plain)
})

import { createReadBatches } from '#cache/redis-reads'
import { expect, test } from 'vitest'

const MAX_BYTES = 100_000

/** A server of values that cuts them as Redis does, and remembers how it was asked. */
function server(values: Record<string, Uint8Array | string>) {
  const asked: { names: number; maxBytes: number }[] = []
  let inTheAir = 0
  let most = 0
  const batches = createReadBatches({
    maxBytes: MAX_BYTES,
    async read(names, maxBytes) {
      asked.push({ names: names.length, maxBytes })
      most = Math.max(most, ++inTheAir)
      await Promise.resolve()
      inTheAir--
      return names.map((name) => {
        const value = values[name] ?? new Uint8Array()
        return typeof value === 'string' ? value : value.subarray(0, maxBytes)
      })
    },
  })
  return { batches, asked, most: () => most }
}

const size = (answer: Uint8Array | 'unfit' | undefined) =>
  answer instanceof Uint8Array ? answer.byteLength : answer

test('what is asked in one turn is asked in one batch', async () => {
  const { batches, asked } = server({ a: new Uint8Array(3) })
  expect(size(await batches.get('a'))).toBe(3)
  const answers = await Promise.all(Array.from({ length: 1000 }, (_value, at) => batches.get(`${at}`)))
  expect(answers.every((answer) => answer === undefined)).toBe(true)
  expect(asked.map(({ names }) => names)).toEqual([1, 1000])
})

test('a tree of ten thousand is asked in ten batches, a few at a time', async () => {
  const { batches, asked, most } = server({})
  await Promise.all(Array.from({ length: 10_000 }, (_value, at) => batches.get(`${at}`)))
  expect(asked).toHaveLength(10)
  expect(most()).toBeLessThanOrEqual(4)
})

test('no value is read whole before its size is known, and one that is too large never', async () => {
  const { batches, asked } = server({
    small: new Uint8Array(8192),
    large: new Uint8Array(8193),
    largest: new Uint8Array(MAX_BYTES),
    'too large': new Uint8Array(MAX_BYTES + 1),
    huge: new Uint8Array(10 * MAX_BYTES),
  })
  const names = ['small', 'large', 'largest', 'too large', 'huge', 'absent']
  const answers = await Promise.all(names.map((name) => batches.get(name)))
  expect(answers.map(size)).toEqual([8192, 8193, MAX_BYTES, 'unfit', 'unfit', undefined])
  expect(asked).toEqual([
    { names: 6, maxBytes: 8193 },
    { names: 4, maxBytes: MAX_BYTES + 1 },
  ])
})

test('large values are read up to a sum, whoever asks and when', async () => {
  const count = 1000
  const large = Object.fromEntries(
    Array.from({ length: count }, (_value, at) => [`${at}`, new Uint8Array(MAX_BYTES)]),
  )
  const { batches } = server(large)
  const answers = await Promise.all(Object.keys(large).map((name) => batches.get(name)))
  const read = answers.filter((answer) => answer !== undefined).length
  expect(read).toBeGreaterThan(160)
  expect(read).toBeLessThan(180)
  expect(await batches.get('0')).toBeUndefined()
})

test('every question is answered, in whatever order large and small ones come', async () => {
  const { batches } = server({ large: new Uint8Array(9000), other: new Uint8Array(9000) })
  for (let round = 0; round < 50; round++) {
    const first = batches.get('large')
    for (let turn = 0; turn < round % 5; turn++) await new Promise((done) => setImmediate(done))
    expect([size(await batches.get('other')), size(await first)]).toEqual([9000, 9000])
  }
})

test('what has no bytes is unfit, and nothing is known once Redis is left out', async () => {
  const { batches } = server({ list: 'WRONGTYPE' })
  expect(await batches.get('list')).toBe('unfit')
  const out = createReadBatches({ maxBytes: MAX_BYTES, read: () => Promise.resolve(undefined) })
  expect(await Promise.all([out.get('a'), out.get('b')])).toEqual([undefined, undefined])
})

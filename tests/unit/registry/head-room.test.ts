import { createHeadRoom } from '#registry/head-room'
import { expect, test } from 'vitest'

test('answers take room together, and give it back', () => {
  const room = createHeadRoom(100, 10)
  const [one, other] = [room(), room()]
  expect(one.take(60)).toBe(true)
  expect(other.take(39)).toBe(true)
  expect(other.take(1)).toBe(false)
  one.leave()
  expect(other.take(1)).toBe(true)
  one.leave()
  expect(other.take(58)).toBe(true)
  expect(other.take(1)).toBe(false)
})

test('however full it is, each answer may have a little', () => {
  const room = createHeadRoom(100, 10)
  room().take(1000)
  const small = room()
  expect(small.take(9)).toBe(true)
  expect(small.take(1)).toBe(false)
})

test('64 answers without end hold 20 MiB and a chunk each', () => {
  const room = createHeadRoom()
  const chunk = 16 * 1024
  let held = 0
  for (let answers = 0; answers < 64; answers++) {
    const place = room()
    do held += chunk
    while (place.take(chunk))
  }
  expect(held).toBeGreaterThan(16 * 1024 * 1024)
  expect(held).toBeLessThanOrEqual((20 + 1) * 1024 * 1024)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { createPatience } from '#cache/patience'
import { expect, test } from 'vitest'

const never = new Promise<string>(() => undefined)
const clock = (): number => performance.now()

/** Patience with a count of its ends. */
function patient(ms: number, time = clock) {
  const ended = { times: 0 }
  return { ended, patience: createPatience({ ms, clock: time, onEnd: () => ended.times++ }) }
}

test('gives what comes in time, and what fails', async () => {
  const { patience, ended } = patient(1000)
  expect(await patience.wait(sleep(30, 'here'))).toBe('here')
  await expect(patience.wait(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(ended.times).toBe(0)
})

test('comes to an end once, for all who wait and for all who come later', async () => {
  const { patience, ended } = patient(60)
  expect(await Promise.all([patience.wait(never), patience.wait(never)])).toEqual([undefined, undefined])
  expect(await patience.wait(never)).toBeUndefined()
  expect(ended.times).toBe(1)
})

test('waits that follow each other are counted together', async () => {
  const { patience, ended } = patient(100)
  let waits = 0
  while (ended.times === 0 && waits < 1000) {
    await patience.wait(sleep(15))
    waits++
  }
  expect(waits).toBeLessThanOrEqual(8)
})

test('waits that go on at once are counted once', async () => {
  const { patience, ended } = patient(400)
  await Promise.all(Array.from({ length: 50 }, () => patience.wait(sleep(40))))
  expect(ended.times).toBe(0)
})

test('time that this thread spent on other work is not held against whom it waits for', async () => {
  const { patience, ended } = patient(100)
  const answer = patience.wait(sleep(5, 'here'))
  const until = performance.now() + 300
  while (performance.now() < until);
  expect(await answer).toBe('here')
  expect(ended.times).toBe(0)
})

test('who delivers is waited for a little longer', async () => {
  const { patience } = patient(40)
  patience.earn(10_000)
  expect(await patience.wait(sleep(150, 'late'))).toBe('late')
})

import { expect, test } from 'vitest'
import { sleep } from '#registry/sleep'

test('an abort wakes at once, and a wait of zero is none', async () => {
  const stop = new AbortController()
  const long = sleep(60_000, stop.signal)
  stop.abort()
  await long
  await sleep(60_000, stop.signal)
  await sleep(0, new AbortController().signal)
  await sleep(-1, new AbortController().signal)
  await sleep(1, new AbortController().signal)
  expect(stop.signal.aborted).toBe(true)
})

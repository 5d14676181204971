import { expect, test } from 'vitest'
import { createSingleFlight } from '#registry/single-flight'

test('the same key in the air runs once, another key on its own', async () => {
  const share = createSingleFlight<string>()
  let runs = 0
  const task = async (): Promise<string> => {
    runs++
    await new Promise((resolve) => setImmediate(resolve))
    return 'answer'
  }
  const answers = await Promise.all([share('a', task), share('a', task), share('b', task)])
  expect(answers).toEqual(['answer', 'answer', 'answer'])
  expect(runs).toBe(2)
})

test('after landing the key is free again, also after an error', async () => {
  const share = createSingleFlight<number>()
  await expect(share('a', () => Promise.reject(new Error('bug')))).rejects.toThrow('bug')
  expect(await share('a', async () => 1)).toBe(1)
  expect(await share('a', async () => 2)).toBe(2)
})

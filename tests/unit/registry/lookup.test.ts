import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { createLookup } from '#registry/lookup'

const BOTH: LookupAddress[] = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
]

function ask(lookup: LookupFunction, options: { all?: boolean; family?: number } = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookup('registry.example', options, (error, address, family) => {
      if (error) reject(error)
      else resolve(options.all ? address : [address, family])
    })
  })
}

test('one resolution serves every socket', async () => {
  let asked = 0
  const lookup = createLookup(async () => {
    asked++
    await new Promise((resolve) => setImmediate(resolve))
    return BOTH
  })
  const answers = await Promise.all(Array.from({ length: 32 }, () => ask(lookup, { all: true })))
  expect(answers).toHaveLength(32)
  for (const answer of answers) expect(answer).toEqual(BOTH)
  await ask(lookup)
  expect(asked).toBe(1)
})

test('the form of the answer is the one that was asked for', async () => {
  const lookup = createLookup(async () => BOTH)
  expect(await ask(lookup)).toEqual(['::1', 6])
  expect(await ask(lookup, { family: 4 })).toEqual(['127.0.0.1', 4])
  expect(await ask(lookup, { family: 0 })).toEqual(['::1', 6])
})

test('no fitting address is an error, not a hang', async () => {
  const lookup = createLookup(async () => [{ address: '::1', family: 6 }])
  await expect(ask(lookup, { family: 4 })).rejects.toThrow('no address')
})

test('a failure is passed on and forgotten', async () => {
  let asked = 0
  const lookup = createLookup(async () => {
    if (++asked === 1) throw Object.assign(new Error('no'), { code: 'EAI_AGAIN' })
    return BOTH
  })
  await expect(ask(lookup)).rejects.toThrow('no')
  expect(await ask(lookup, { all: true })).toEqual(BOTH)
})

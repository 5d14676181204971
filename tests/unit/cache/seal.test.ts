import { SEAL_BYTES, seal, unseal } from '#cache/seal'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const NOW = Date.UTC(2027, 0, 1)
const secret = Buffer.alloc(32, 1)
const record = { body: Buffer.from('{"license":"MIT"}'), storedAt: NOW }
const sealed = seal(secret, 'key', record)

const minutes = (count: number) => NOW + count * 60_000
const at = (storedAt: number) => unseal(secret, 'key', seal(secret, 'key', { ...record, storedAt }), NOW)

test('what was sealed comes back, whatever it is', () => {
  const times = fc.integer({ min: 0, max: NOW })
  fc.assert(
    fc.property(fc.string(), fc.uint8Array(), times, (key, body, storedAt) => {
      const opened = unseal(secret, key, seal(secret, key, { body, storedAt }), NOW)
      expect(opened).toEqual({ body: Buffer.from(body), storedAt })
    }),
  )
})

describe('is rejected', () => {
  test('any single flipped bit', () => {
    fc.assert(
      fc.property(fc.nat(sealed.byteLength * 8 - 1), (bit) => {
        const altered = Buffer.from(sealed)
        altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(unseal(secret, 'key', altered, NOW)).toBe('rejected')
      }),
      { numRuns: 1000 },
    )
  })

  test('any shorter or longer version', () => {
    for (let length = 0; length < sealed.byteLength; length++) {
      expect(unseal(secret, 'key', sealed.subarray(0, length), NOW)).toBe('rejected')
    }
    expect(unseal(secret, 'key', Buffer.concat([sealed, Buffer.alloc(1)]), NOW)).toBe('rejected')
  })

  test('any bytes that nobody sealed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(unseal(secret, 'key', bytes, NOW)).toBe('rejected')
      }),
    )
    expect(unseal(secret, 'key', record.body, NOW)).toBe('rejected')
  })

  test('another secret', () => {
    expect(unseal(Buffer.alloc(32, 2), 'key', sealed, NOW)).toBe('rejected')
  })

  test('a valid record under another key', () => {
    expect(unseal(secret, 'key2', sealed, NOW)).toBe('rejected')
  })

  test('bytes moved from the body into the key', () => {
    const moved = seal(secret, 'keyA', { body: Buffer.from('B'), storedAt: NOW })
    const altered = Buffer.concat([moved.subarray(0, SEAL_BYTES), Buffer.from('AB')])
    expect(unseal(secret, 'key', altered, NOW)).toBe('rejected')
  })

  test('a time in the future, beyond what clocks differ by', () => {
    expect(at(minutes(5))).toMatchObject({ storedAt: minutes(5) })
    expect(at(minutes(5) + 1)).toBe('rejected')
    expect(at(Number.NaN)).toBe('rejected')
    expect(at(Number.POSITIVE_INFINITY)).toBe('rejected')
  })
})

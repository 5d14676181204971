import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePack, encodePack } from '#cache/pack'
import type { Pack } from '#cache/pack'

const record = fc.record({ body: fc.uint8Array({ maxLength: 50 }), storedAt: fc.nat() })
const packs = fc
  .array(fc.tuple(fc.string({ unit: 'grapheme' }), record))
  .map((entries): Pack => new Map(entries))

function plain(pack: Pack): Map<string, unknown> {
  return new Map([...pack].map(([key, { body, storedAt }]) => [key, { body: [...body], storedAt }]))
}

describe('a pack', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(packs, (pack) => {
        expect(plain(decodePack(encodePack(pack, 1e6)))).toEqual(plain(pack))
      }),
    )
  })

  test('that was cut short, or never was one, is empty and never a part of one', () => {
    fc.assert(
      fc.property(packs, fc.nat(), (pack, cut) => {
        const bytes = encodePack(pack, 1e6)
        const kept = bytes.subarray(0, cut % (bytes.byteLength + 1))
        const decoded = decodePack(kept)
        for (const [key, value] of plain(decoded)) expect(plain(pack).get(key)).toEqual(value)
        if (kept.byteLength === bytes.byteLength) expect(decoded.size).toBe(pack.size)
      }),
    )
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodePack(bytes)))
  })

  test('that grows too large forgets what was stored longest ago', () => {
    const body = new Uint8Array(100)
    const pack: Pack = new Map([1, 3, 2].map((storedAt) => [`${storedAt}`, { body, storedAt }]))
    expect([...decodePack(encodePack(pack, 250)).keys()]).toEqual(['3', '2'])
  })
})

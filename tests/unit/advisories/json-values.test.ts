/** A stream of JSON in pieces, wherever it is cut. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonValues, MAX_VALUE_BYTES } from '#advisories/json-values'
import type { JsonPiece } from '#advisories/json-values'

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function piecesOf(text: string | Buffer, size = 7): Promise<JsonPiece[]> {
  const pieces: JsonPiece[] = []
  for await (const piece of jsonValues(chunked(Buffer.from(text), size))) pieces.push(piece)
  return pieces
}

const parsed = (text: string): unknown => JSON.parse(text)
const said = (pieces: JsonPiece[]) => pieces.map((piece) => (piece.ok ? piece.text : piece.reason))

test('every form holds the same values', async () => {
  const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      async (values, size) => {
        const texts = values.map((each) => JSON.stringify(each))
        const forms = [
          JSON.stringify(values),
          JSON.stringify(values, null, 2),
          texts.join('\n'),
          texts.join(''),
        ]
        for (const form of forms) {
          const pieces = await piecesOf(form, size)
          expect(pieces.map((piece) => (piece.ok ? parsed(piece.text) : piece.reason))).toEqual(
            values.map((each) => parsed(JSON.stringify(each))),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

describe('what is no stream of objects is told', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['nothing', '', []],
    ['a byte order mark', '\uFEFF{"a":1}', ['{"a":1}']],
    ['an object that is cut', '{"a":{"b":1}', ['cut']],
    ['text that is cut', '{"a":"}', ['cut']],
    ['an array that is cut between two values', '[{"a":1},', ['{"a":1}', 'cut']],
    ['rubbish', 'Not Found', ['not-json']],
    ['rubbish between lines', '{"a":1}\nNot Found\n{"a":2}', ['{"a":1}', 'not-json', '{"a":2}']],
    ['values behind the array', '[{"a":1}]{"a":2}', ['{"a":1}', 'not-json']],
    ['an array of anything else', '[1]', ['not-json', 'cut']],
    ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), ['not-json']],
    ['braces in text', '{"a":"}{\\"}"}{"b":2}', ['{"a":"}{\\"}"}', '{"b":2}']],
  ])('%s', async (_, text, expected) => {
    expect(said(await piecesOf(text))).toEqual(expected)
  })
})

test('a value beyond the limit is let go, and the next one is read', async () => {
  const large = `{"a":"${'x'.repeat(MAX_VALUE_BYTES)}"}`
  expect(said(await piecesOf(`${large}\n{"b":2}`, 1024 * 1024))).toEqual(['too-large', '{"b":2}'])
  expect(said(await piecesOf(`{"a":"${'x'.repeat(MAX_VALUE_BYTES)}`, 1024 * 1024))).toEqual(['too-large'])
})

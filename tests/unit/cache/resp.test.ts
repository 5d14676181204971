/** The protocol of Redis: whatever pieces replies come in, they are the same, and what is none is refused. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReplyReader, spellCommands } from '#cache/resp'
import type { RedisReply } from '#cache/resp'

const MAX = 1000

/** All replies in bytes that come in pieces of these lengths, again and again. */
function repliesIn(bytes: Buffer, lengths: readonly number[] = [bytes.length]): RedisReply[] {
  const replies: RedisReply[] = []
  const read = createReplyReader(
    (reply) => replies.push(reply),
    () => MAX,
  )
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1
    read(bytes.subarray(at, at + length))
    at += length
  }
  return replies
}

test('commands are spelt with the length of everything in bytes', () => {
  const spelt = spellCommands([
    ['SET', 'ä', Buffer.from([0, 255])],
    ['UNLINK', ''],
  ])
  expect(spelt.toString('latin1')).toBe(
    '*3\r\n$3\r\nSET\r\n$2\r\nÃ¤\r\n$2\r\n\0ÿ\r\n*2\r\n$6\r\nUNLINK\r\n$0\r\n\r\n',
  )
})

test('replies of every kind', () => {
  const bytes = Buffer.from('+OK\r\n:12\r\n-READONLY no\r\n$3\r\na\r\n\r\n$0\r\n\r\n$-1\r\n')
  expect(repliesIn(bytes)).toEqual([
    'done',
    'done',
    { refusal: 'READONLY no' },
    new Uint8Array(Buffer.from('a\r\n')),
    new Uint8Array(),
    new Uint8Array(),
  ])
})

test('the pieces in which replies come make no difference', () => {
  const value = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
      (values, lengths) => {
        const bytes = Buffer.concat(
          values.flatMap((each) => [Buffer.from(`$${each.length}\r\n`), each, Buffer.from('\r\n+OK\r\n')]),
        )
        expect(repliesIn(bytes, lengths)).toEqual(values.flatMap((each) => [new Uint8Array(each), 'done']))
      },
    ),
  )
})

test('a value is a copy: the pieces it came in can go', () => {
  const bytes = Buffer.from('$2\r\nab\r\n')
  const [reply] = repliesIn(bytes)
  bytes.fill(0)
  expect(reply).toEqual(new Uint8Array(Buffer.from('ab')))
})

describe('no reply', () => {
  test.each([
    ['of another protocol', 'HTTP/1.1 400 Bad Request\r\n'],
    ['a list', '*1\r\n'],
    ['a length that is none', '$1e3\r\n'],
    ['a length below nothing', '$-2\r\n'],
    ['a value larger than anybody asked for', `$${MAX + 1}\r\n`],
    ['a line without end', `+${'x'.repeat(20_000)}`],
  ])('%s', (_what, text) => {
    expect(() => repliesIn(Buffer.from(text))).toThrow(RangeError)
  })
})

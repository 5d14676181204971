import { expect, test } from 'vitest'
import { areParties, holdersIn } from '#license/text/parties'
import type { TextWords } from '#license/text/text-words'
import { textWords } from '#license/text/text-words'

function read(text: string): TextWords {
  const words = textWords(text)
  if (words === undefined) throw new Error('the text cannot be read')
  return words
}

test.each([
  ['Copyright 2020 Zoe', 'copyright 2020 zoe'],
  ['Foo bar baz copyright Zoe', 'foo zoe'],
  ['Foo bar baz qux copyright Zoe', ''],
  ['© 2020 Zoe', '2020 zoe'],
  ['© Zoe', ''],
  ['© x2 Zoe', ''],
  ['©', ''],
  ['2020 Zoe', ''],
  ['a 2020 Zoe', ''],
  ['Copyright Zoe\nAnna Quandt\nthe Otto', 'copyright zoe anna quandt otto'],
  ['Copyright Zoe\nOtto says\nRuth', 'copyright zoe'],
  ['Zoe\nCopyright Anna', 'copyright anna'],
  ['copyright zoe', ''],
])('the copyright lines of %j name %j', (text, names) => {
  expect([...holdersIn(read(text))].join(' ')).toBe(names)
})

const ACME = new Set(['acme'])

test.each([
  ['the licensor', true, true],
  ['acme', true, true],
  ['the acme', true, true],
  ['acme zoe', false, false],
  ['zoe acme', false, true],
  ['acme says', false, false],
  ['by acme and zoe', false, true],
  ['Acme Zoe', true, true],
  ['acme inc', true, true],
  ['the users', false, false],
  ['the Users', false, false],
])('%j are parties: %s, and where acme holds the copyright: %s', (text, alone, holding) => {
  const { words, named } = read(text)
  expect([areParties({ words, named }, new Set()), areParties({ words, named }, ACME)]).toEqual([
    alone,
    holding,
  ])
})

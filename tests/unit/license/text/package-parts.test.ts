import { expect, test } from 'vitest'
import { isMerePart, namesPart, speaksOfPart } from '#license/text/package-parts'

function ask(text: string) {
  const words = text.split(' ')
  return { names: namesPart(words), speaks: speaksOfPart(words), isMere: isMerePart(words) }
}

test.each([
  ['the fonts', { names: true, speaks: true, isMere: false }],
  ['the client', { names: true, speaks: true, isMere: true }],
  ['version 1', { names: false, speaks: true, isMere: true }],
  ['apache version 2', { names: false, speaks: false, isMere: true }],
  ['this client', { names: true, speaks: false, isMere: false }],
  ['this', { names: false, speaks: false, isMere: false }],
  ['acme thing', { names: false, speaks: false, isMere: false }],
])('%s', (text, expected) => {
  expect(ask(text)).toEqual(expected)
})

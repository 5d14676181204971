import { expect, test } from 'vitest'
import { knownSentences } from '#license/text/known-sentences'
import { textWords } from '#license/text/text-words'

function mentions(text: string): string[][] {
  const cut = textWords(text)
  return Array.from(cut === undefined ? [] : knownSentences(cut), (sentence) => [
    ...(sentence?.mentions ?? ['none']),
  ])
}

const GNU =
  'This is free software; you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2 of the License'

test('headers name their licence, with and without later versions', () => {
  expect(mentions(GNU).at(-1)).toEqual(['GPL-2.0-only'])
  expect(mentions(`${GNU}, or (at your option) any later version`).at(-1)).toEqual(['GPL-2.0-or-later'])
})

function sentence(name: string): string {
  return `This library is a fork of ${name} extended and distributed under the terms of the MIT license above`
}

test('a sentence with something else in the place of a name is none', () => {
  expect(mentions(sentence('node-zoe'))[0]).toEqual(['MIT'])
  expect(mentions(sentence('what companies must not use'))).not.toContainEqual(['MIT'])
})

test('addresses are passed over', () => {
  expect(mentions('The complete list of contributors can be found at https://acme.example')[0]).toEqual([])
})

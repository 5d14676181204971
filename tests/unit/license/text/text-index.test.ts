import { expect, test } from 'vitest'
import { WORD_KIND, readTextIndex, trigramHashes } from '#license/text/text-index'
import { TELLING_WORDS } from '#license/text/telling-words'
import { INDEX, SPDX_TEXTS } from './spdx-texts.ts'

function knownTexts(): ReturnType<typeof INDEX.text>[] {
  return Array.from({ length: INDEX.size }, (_, at) => INDEX.text(at))
}

test('every id of the list is in the index', () => {
  const ids = new Set(knownTexts().flatMap((text) => text.ids))
  expect(SPDX_TEXTS.filter(({ id }) => !ids.has(id))).toEqual([])
})

test('what may be missing of a licence are titles, names and appendices: no name says what may be done', () => {
  const found = knownTexts().flatMap((text) =>
    [...text.words]
      .filter((_, at) => text.kinds[at] === WORD_KIND.name)
      .map((number) => INDEX.wordOf(number))
      .filter((word) => TELLING_WORDS.has(word)),
  )
  // `<one line to give … what it does>`, `<insert your license name here>`, Michael C. Grant
  expect([...new Set(found)].toSorted()).toEqual(['does', 'grant', 'license'])
})

test('a licence has a body, and everything in it is required', () => {
  for (const text of knownTexts()) {
    const body = [...text.words].filter((_, at) => text.kinds[at] === WORD_KIND.body)
    expect(body.length, text.ids.join()).toBeGreaterThan(5)
    expect(text.required.length).toBeGreaterThan(0)
  }
})

test('the text itself is the first candidate', () => {
  const text = INDEX.text(0)
  expect(INDEX.candidates(text.words)[0]).toBe(0)
  expect(INDEX.candidates([])).toEqual([])
})

test('runs of three words are hashed once each', () => {
  expect(trigramHashes([1, 2, 3, 1, 2, 3]).size).toBe(3)
  expect(trigramHashes([1, 2]).size).toBe(0)
})

test('bytes that are no index are a mistake of ours', () => {
  const bytes = new Uint8Array(6)
  bytes.set([2, 0, 0, 0, 0x7b, 0x7d])
  expect(() => readTextIndex(bytes)).toThrow('has no head')
})

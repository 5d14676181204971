import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { compareWithKnown } from '#license/compare-text'
import { loadTextIndex } from '#license/text/index-file'

const index = loadTextIndex()
const MIT = readFileSync(resolve(import.meta.dirname, '../../../LICENSE'), 'utf8')

function said(text: string, id = 'MIT') {
  const comparison = compareWithKnown(text, id, index)
  return comparison?.changes.map(({ known, found }) => [
    comparison.known.slice(...known).join(' '),
    comparison.found.slice(...found).join(' '),
  ])
}

test('names the words that are new, missing or others, before, inside and behind', () => {
  const changed = `Commons Clause applies.\n${MIT.replace('without restriction', 'with restriction').replace('publish, ', '')}\nNot for sale.`
  const all = said(changed) ?? []
  expect(all).toContainEqual(['without', 'with'])
  expect(all).toContainEqual(['publish', ''])
  expect(all.at(0)?.[1]).toContain('commons clause applies')
  expect(all.at(-1)?.[1]).toContain('not for sale')
})

test('a title that is missing is no difference', () => {
  const body = MIT.slice(MIT.indexOf('Permission'))
  expect(said(body)).toEqual([])
})

test('nothing to compare: binary, an id that is none, another text', () => {
  expect(compareWithKnown('\u0000\u0001', 'MIT', index)).toBeUndefined()
  expect(compareWithKnown(MIT, 'Nope-1.0', index)).toBeUndefined()
  expect(compareWithKnown('nothing of the kind', 'MIT', index)).toBeUndefined()
})

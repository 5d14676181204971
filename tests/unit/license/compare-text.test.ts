import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { compareWithKnown } from '#license/compare-text'
import { INDEX as index, spdxText } from './text/spdx-texts.ts'

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

test('all words of both are shown, strange ones too', () => {
  const comparison = compareWithKnown(`zoe zoe quandt\n${MIT}`, 'MIT', index)
  expect(comparison?.ids).toEqual(['MIT'])
  expect(comparison?.found.slice(0, 3)).toEqual(['zoe', 'zoe', 'quandt'])
  expect(comparison?.known.slice(0, 2)).toEqual(['mit', 'license'])
  expect(comparison?.changes[0]).toEqual({ known: [0, 0], found: [0, 3] })
  const behind = compareWithKnown(`${MIT}\nzoe`, 'MIT', index)
  const [known, found] = [behind?.known.length ?? 0, behind?.found.length ?? 0]
  expect(behind?.changes.at(-1)).toEqual({ known: [known, known], found: [found - 1, found] })
})

test('the same strange words on both sides of a gap are no shared words', () => {
  const changed = MIT.replace('without restriction', 'zoe quandt zoe')
  expect(said(changed)).toContainEqual(['without restriction', 'zoe quandt zoe'])
})

test('an appendix or closing line may be missing as a whole, and not in part', () => {
  const apache = spdxText('Apache-2.0')
  const end = apache.indexOf('END OF TERMS AND CONDITIONS')
  const appendix = apache.indexOf('APPENDIX')
  expect(said(apache.slice(0, end), 'Apache-2.0')).toEqual([])
  expect(said(apache.slice(0, appendix), 'Apache-2.0')).toEqual([])
  const half = said(apache.slice(0, apache.indexOf('To apply the Apache License')), 'Apache-2.0') ?? []
  expect(half.at(-1)?.[0]).toContain('to apply the apache license')
  const without = said(apache.slice(0, end) + apache.slice(appendix), 'Apache-2.0') ?? []
  expect(without).toContainEqual(['end of terms and conditions', ''])
})

test('what stands in the place of a title or name is shown without it', () => {
  expect(said(MIT.replace('MIT License', 'Zoe Terms'))?.[0]).toEqual(['', 'zoe terms'])
})

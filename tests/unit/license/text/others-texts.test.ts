import { expect, test } from 'vitest'
import { readOthers, textsWithin } from '#license/text/others-texts'
import { INDEX, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT')

function limit(text: string): string | undefined {
  return readOthers(text, INDEX).limit
}

test('licences are found, and their own words are no limit', () => {
  expect(readOthers(`lodash\n\n${MIT}\n\nreact\n\n${MIT}`, INDEX)).toEqual({ texts: [['MIT']] })
  expect(readOthers('lodash, react', INDEX)).toEqual({ texts: [] })
  expect(textsWithin(`lodash\n\n${MIT}\n\nfor commercial use`, INDEX)).toEqual([['MIT']])
  expect(textsWithin('lo\u200Bdash', INDEX)).toEqual([])
})

test.each([
  ['For commercial use only', 'for commercial use only'],
  ['lodash\n\nAcme cannot be sold.\n\nreact', 'acme cannot be sold'],
  ['Acme may not be shipped', 'acme may not be shipped'],
  ['Users must not ship it', 'users must not ship it'],
  ['It can not be shipped', 'it can not be shipped'],
])('%j is one', (text, line) => {
  expect(limit(text)).toBe(`below the heading about others: "${line}"`)
  expect(limit(`${MIT}\n\n${text}`)).toBe(`below the heading about others: "${line}"`)
})

test.each(['It may be shipped', 'It is not ours', 'Not that it must', 'Commercials are fun'])(
  '%j is none',
  (text) => {
    expect(limit(text)).toBeUndefined()
  },
)

test('the words of a licence that is not there are a limit', () => {
  expect(limit('including without limitation the rights to use, copy, and/or sell copies')).toBeDefined()
})

test('what a word stands behind decides, not what follows it', () => {
  expect(
    limit(`${MIT}\n\nto use, copy, modify, merge, publish, distribute, sublicense, and/or sell stamps`),
  ).toBeUndefined()
  expect(limit(`${MIT}\n\nnobody may sell copies of the Software`)).toBeDefined()
})

test('a long line is shortened', () => {
  expect(limit(`commercial ${'foo '.repeat(40)}`)).toMatch(
    /^below the heading about others: "commercial (?:foo ){23}…"$/,
  )
})

test('what cannot be read is a limit', () => {
  expect(readOthers('lo\u200Bdash', INDEX)).toEqual({
    texts: [],
    limit: 'it is binary, or has characters that cannot be seen',
  })
})

test('what must not be done is no limit where a licence says so, and only there', () => {
  const zlib = spdxText('Zlib')
  expect(zlib).toMatch(/must not be misrepresented[^]+any source distribution/)
  expect(limit(zlib)).toBeUndefined()
  expect(limit(`${zlib}\n\nIt must not be shipped`)).toBeDefined()
  const borrowed = 'altered from any source distribution must not be shipped'
  expect(readOthers(`${borrowed}\n\n${zlib}`, INDEX)).toEqual({
    texts: [['Zlib']],
    limit: `below the heading about others: "${borrowed}"`,
  })
})

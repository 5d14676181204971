import { expect, test } from 'vitest'
import { textWords } from '#license/text/text-words'

function words(text: string): string {
  return textWords(text)?.words.join(' ') ?? 'none'
}

test.each([
  ['The "Software" — AS IS.', 'the software as is'],
  ["the program's author’s", 'the programs authors'],
  ['R&D © Acme', 'r and d c acme'],
  ['licence, favour, sub-license, non-infringement', 'license favor sublicense noninfringement'],
  ['copyright owner', 'copyright holder'],
  ['1. ape\n2) bee\n(iii) cat\n a) dog', 'ape bee cat dog'],
  ['section 4. of version 2.', 'section 4 of version 2'],
  ['clause.\n5. Next', 'clause next'],
  ['Michael C. Grant', 'michael c grant'],
  ['see http://www.acme.example/x, or <zoe@acme.example>', 'see acme.example/x or zoe@acme.example'],
  ['github.com/acme/zoe', 'github.com/acme/zoe'],
  ['(not.for.sale)', 'not for sale'],
  ['/* // # * -- */', ''],
])('%j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

test('segments end at lines and sentences, not at initials', () => {
  expect(textWords('by J. Doe himself. Then\nmore; and: on')?.segments).toEqual([0, 0, 0, 0, 1, 2, 3, 4])
})

test('an address stands in the segment of the label that leads to it', () => {
  expect(textWords('License: https://acme.example now')?.segments).toEqual([0, 0, 0])
  expect(textWords('License: (https://acme.example)')?.segments).toEqual([0, 0])
  expect(textWords('License:\nhttps://acme.example')?.segments).toEqual([0, 0])
  expect(textWords('License:\n\nhttps://acme.example')?.segments).toEqual([0, 1])
  expect(textWords('License. https://acme.example')?.segments).toEqual([0, 1])
  expect(textWords('License: acme')?.segments).toEqual([0, 1])
})

test('addresses are marked', () => {
  expect(textWords('see https://acme.example now')?.addresses).toEqual([false, true, false])
})

function named(text: string): boolean[] | undefined {
  return textWords(text)?.named
}

test('names are written with capitals, digits or hyphens, and not shouted', () => {
  expect(named('Zoe quandt IBM x2 node-zoe 山田')).toEqual([true, false, true, true, true, true, true])
  expect(named('COMPANIES KEEP AWAY')).toEqual([false, false, false])
})

test('a letter whose small form is longer leaves nothing named, and moves nothing', () => {
  expect(textWords('İ Zoe see https://acme.example now')?.named.slice(1, 3)).toEqual([false, false])
  expect(words('İ Zoe see https://acme.example now')).toContain('zoe see acme.example now')
})

test('more words than any licence has are none', () => {
  expect(textWords('a '.repeat(60_001))).toBeUndefined()
})

test.each([
  ["don't can`t won‘t isnʼt aren’t", 'dont cant wont isnt arent'],
  ["'quoted' words'", 'quoted words'],
  ["a 'b", 'a b'],
  ["é'é x’1", 'éé x 1'],
  ["DON'T", 'dont'],
  ['AT&T &', 'at and t and'],
  ['Zoë\u0308 naïve', 'zoë\u0308 naïve'],
  ['snake_case x-y', 'snake case x y'],
  ['â The â software', 'the software'],
  ['the ï one å two œ three ã', 'the one two three'],
  ['non commercial use', 'noncommercial use'],
  ['the copyright owner and the copyright owners', 'the copyright holder and the copyright holders'],
  ['non\nexclusive', 'nonexclusive'],
])('cuts %j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

test.each([
  ['1. ape', 'ape'],
  ['99) ape', 'ape'],
  ['100. ape', '100 ape'],
  ['a. ape', 'ape'],
  ['(a) ape', 'ape'],
  ['(ii) ape', 'ape'],
  ['iv. ape', 'ape'],
  ['viii) ape', 'ape'],
  ['xiii) ape', 'ape'],
  ['xv) ape', 'xv ape'],
  ['ab) ape', 'ab ape'],
  ['no) ape', 'no ape'],
  ['1 ape', '1 ape'],
  ['1, ape', '1 ape'],
  ['1.5 ape', '1 5 ape'],
  ['x1. ape', 'x1 ape'],
  ['[1) ape', '1 ape'],
  ['ape 1)', 'ape'],
  ['ape, b) bee', 'ape bee'],
  ['ape b) bee', 'ape bee'],
  ['ape b. bee', 'ape b bee'],
  ['ape and b. bee', 'ape and bee'],
  ['ape or b. bee', 'ape or bee'],
  ['ape; b. bee', 'ape bee'],
  ['ape: b. bee', 'ape bee'],
  ['ape. b. bee', 'ape bee'],
  ['ape\nb. bee', 'ape bee'],
  ['ape\n * b. bee', 'ape bee'],
  ['ape - b. bee', 'ape b bee'],
  ['ape (b. bee', 'ape bee'],
  ['ape 2. bee', 'ape bee'],
  ['section 4) bee', 'section 4 bee'],
  ['section: 4) bee', 'section bee'],
  ['version 2. bee', 'version 2 bee'],
  ['clause\n3. bee', 'clause 3 bee'],
  ['[clause]\n3. bee', 'clause bee'],
  ['clauses 1) and 2) bee', 'clauses 1 and bee'],
])('leaves out bullets, and what is none stays: %j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

test.each(
  'version v section sections clause clauses paragraph paragraphs article copyright gpl lgpl agpl exhibit level one two three four five six seven eight nine ten twelve thirty sixty ninety'.split(
    ' ',
  ),
)('what stands behind %s is no bullet', (word) => {
  expect(words(`${word} 3) x`)).toBe(`${word} 3 x`)
})

test.each([
  ['https://acme.example/a?b=c.', 'acme.example/a?b=c'],
  ['http://www.acme.example', 'acme.example'],
  ['git://acme.example/x git+https://acme.example/y', 'acme.example/x acme.example/y'],
  ['www.acme.example.', 'acme.example'],
  ['zoe.quandt+x@mail.acme.example', 'zoe.quandt+x@mail.acme.example'],
  [
    'acme.org/zoe acme.com/zoe acme.net/zoe acme.io/zoe acme.dev/zoe',
    'acme.org/zoe acme.com/zoe acme.net/zoe acme.io/zoe acme.dev/zoe',
  ],
  ['acme.example/zoe', 'acme example zoe'],
  ['acme.com zoe', 'acme com zoe'],
  ['<acme.org> (acme.io/x)', 'acme.org acme.io/x'],
  ['(acme.google) (not.Google)', 'acme google not google'],
  ['[acme.example] "acme.example"', 'acme example acme example'],
  ['(acme.example zoe)', 'acme example zoe'],
  ['http://()', 'address'],
  ['https://---/ x', 'address x'],
  ['https://acme.example/no-sale-use', 'https acme example no sale use'],
  ['https://acme.example/no-sale-use https://acme.example', 'https acme example no sale use acme.example'],
  ['https://acme.example/x">y', 'acme.example/x y'],
  ['x-acme.com/a.', 'x-acme.com/a'],
])('addresses are single words: %j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

const segments = (text: string) => textWords(text)?.segments

test('segments end at lines and at the marks that end a sentence', () => {
  expect(segments('a, b - c [d] e/f')).toEqual([0, 0, 0, 0, 0, 0])
  expect(segments('ape. bee! cat? dog: elk; fox')).toEqual([0, 1, 2, 3, 4, 5])
  expect(segments('ape.bee ape:bee')).toEqual([0, 0, 0, 0])
  expect(segments('by J. Doe')).toEqual([0, 0, 0])
  expect(segments('by J: Doe')).toEqual([0, 0, 1])
  expect(segments('by J.\nDoe')).toEqual([0, 0, 1])
  expect(segments('by Jo. Doe')).toEqual([0, 0, 1])
  expect(segments('ape\n\nbee')).toEqual([0, 1])
  expect(segments('by J). Doe')).toEqual([0, 0, 1])
  expect(segments('. ape')).toEqual([1])
  expect(segments('ape. https://acme.example. bee')).toEqual([0, 1, 1])
  expect(segments('non\nexclusive x')).toEqual([0, 1])
})

test('how a word is written', () => {
  expect(named('x-y z a_b c/d e- f')).toEqual([true, true, false, true, true, true, true, false, false])
  expect(named('-e')).toEqual([true])
  expect(named('A Zoe zOE ZoE')).toEqual([true, true, false, true])
  expect(named('the IBM of NASAX')).toEqual([false, true, false, true])
  expect(named('the ABCDEF of')).toEqual([false, false, false])
  expect(named('KEEP IBM')).toEqual([true, false])
  expect(named('IBM KEEP')).toEqual([false, true])
  expect(named('KEEP, IBM')).toEqual([true, false])
  expect(named('KEEP, - IBM')).toEqual([true, true])
  expect(named('IBM, KEEP')).toEqual([false, true])
  expect(named('IBM, - KEEP')).toEqual([true, true])
  expect(named('IBM a KEEP')?.[0]).toBe(true)
  expect(named('KEEP a IBM')?.[2]).toBe(true)
  expect(named('the ABC IBM of')).toEqual([false, true, true, false])
  expect(named('é É 山 ъ')).toEqual([false, true, true, false])
  expect(named('non-exclusive https://acme.example')).toEqual([true, true])
})

test('sixty thousand words are read', () => {
  expect(textWords('a '.repeat(60_000))?.words).toHaveLength(60_000)
})

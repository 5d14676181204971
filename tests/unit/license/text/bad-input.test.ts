/** Files that are no licence text, or a flood of almost one: never accepted, and read in bounded time. */
import { expect, test } from 'vitest'
import { readText } from '#license/text/read-text'
import { textsWithin } from '#license/text/others-texts'
import { INDEX, recognise, spdxText } from './spdx-texts.ts'
import { processorTime } from '../../../support/processor-time.ts'

const CAP = 262_144
const MIT = spdxText('MIT')
const BSD = spdxText('BSD-3-Clause')

/** Milliseconds for one file on a machine that does other things as well; one alone takes a tenth of it. */
const MOST = 2000

function fill(piece: string): string {
  return piece.repeat(Math.ceil(CAP / piece.length)).slice(0, CAP)
}

const FLOODS: Readonly<Record<string, string>> = {
  'MIT again and again, a word changed in each': Array.from({ length: 240 }, (_, at) =>
    MIT.replace('deal', `deal${at}`),
  )
    .join('\n')
    .slice(0, CAP),
  'almost MIT, a line a word': fill(
    `${MIT.replace('without restriction', 'with restriction').replaceAll(/\s+/g, '\n')}\n`,
  ),
  'a hundred thousand lines': 'MIT\n'.repeat(65_000),
  'licences in turn, none whole': fill(`${MIT.slice(0, 700)}\n${BSD.slice(0, 700)}\n`),
  'one word': fill('a'),
  'permission is hereby granted': fill('permission is hereby granted '),
  'neither the name of': fill('neither the name of x nor '),
  'neither the name': fill('neither the name '),
  'in no event shall': fill('in no event shall '),
  'specific prior written permission of': fill('specific prior written permission of '),
  years: fill('2001 '),
  'long digits': `1 1 ${fill('1')}x`,
  'digits and words of a table': fill('1 2 yes no '),
  footnotes: fill('footnotes '),
  'copyright lines': fill('Copyright (c) 2020 Zoe\n'),
  titles: fill('MIT License\n'),
  dashes: fill('-'),
  'dashes and letters': fill('a-'),
  dots: fill('a.'),
  'at signs': fill('a@'),
  brackets: fill('<('),
  'open tags': fill('<a '),
  'a tag with blanks': `<a${fill(' ')}`,
  'a tag with values': `<a${fill(' b=c')}`,
  tildes: fill('~~a'),
  entities: fill('&#110;'),
  ampersands: fill('&'),
  blanks: fill(' '),
  'line breaks': fill('\n'),
  bullets: fill('1. '),
  letters: fill('b. '),
  'trailing blanks before bullets': fill(`${' '.repeat(500)}b. `),
  schemes: fill('http://'),
  'an address': `http://${fill('a')}`,
  'an address of signs': `https://a${fill('/')}a`,
  'an address of folders': `https://github.com${fill('/src')}?a/b`,
  'a fence of backticks': `${fill('`')} x\``,
  'words written as one': fill('No'),
  mails: fill('a.b+c@d.e '),
  apostrophes: fill("a'"),
  'combining marks': `a${fill('\u0301')}`,
  ligatures: fill('\uFDFA'),
}

test.each(Object.entries(FLOODS))('a quarter of a MiB of %s', (_, text) => {
  expect(
    processorTime(() => {
      expect(recognise(text).licenses).toEqual([])
      readText(text, 'package', INDEX)
      readText(text, 'readme', INDEX)
      readText(`## License of it\n${text}`, 'readme', INDEX)
      textsWithin(text, INDEX)
    }),
  ).toBeLessThan(4 * MOST)
})

test.each([
  ['binary', Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256)).toString('latin1')],
  ['UTF-16 read as UTF-8', Buffer.from(MIT, 'utf16le').toString('utf8')],
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${MIT}`, 'utf16le').toString('utf8')],
  ['null characters', MIT.replaceAll(' ', '\0')],
  ['nothing', ''],
  ['a byte order mark', '\uFEFF'],
  ['punctuation', '*** --- ***'],
  ['a lone surrogate', `${MIT}\uD800`],
])('%s is no licence', (_, text) => {
  expect(recognise(text).licenses).toEqual([])
  expect(textsWithin(text, INDEX)).toEqual([])
})

test('a text that is twice the same is that licence', () => {
  expect(recognise(`${MIT}\n\n${MIT}`).licenses).toEqual([['MIT']])
})

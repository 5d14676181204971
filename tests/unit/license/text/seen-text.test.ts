import { expect, test } from 'vitest'
import { seenText as readSeen } from '#license/text/seen-text'
import { processorTime } from '../../../support/processor-time.ts'

function seenText(raw: string): string | undefined {
  const shown = readSeen(raw)
  return 'seen' in shown ? shown.seen : undefined
}

test('tags that hide nothing are left out, entities are what they stand for', () => {
  expect(seenText('<p class="x">a &amp; b</p>')?.trim()).toBe('a & b')
  expect(seenText('&#110;ot &#x6E;ot &quot;&copy;&quot; &unknown;')).toBe('not not "©" &unknown;')
  expect(seenText('<a title="not for sale">x</a>')).toContain('not for sale')
  expect(seenText('a < b > c <x@y.example>')).toBe('a < b > c <x@y.example>')
})

test('letters of full width are plain letters', () => {
  expect(seenText('ｎｏｔ ①')).toBe('not 1')
})

test('markers that are words count as markers where every line has one', () => {
  expect(seenText('REM one\r\n\r\nrem two')).toBe(' one\r\n\r\n two')
  expect(seenText('dnl one\ntwo')).toBe('dnl one\ntwo')
})

test('a blank line is no line without a marker, wherever it stands', () => {
  expect(seenText('\n\nREM one\ndnl two')).toBe('\n\n one\n two')
})

test.each([
  ['<s>not</s>', 'it has words that are struck out'],
  ['~~not~~', 'it has words that are struck out'],
  ['\uFDFA'.repeat(7), 'its characters stand for many others'],
  ['a\u200Bb', 'it is binary, or has characters that cannot be seen'],
  ['n\u0336o', 'it has letters that are struck through or drawn to look like others'],
  ['≠', 'it has letters that are struck through or drawn to look like others'],
  ['n\u043Et', 'it has words with letters of two alphabets'],
  ['🚫 sale', 'it has signs that deny what stands beside them'],
  ['not \uFFFD', 'it is not in UTF-8, and words of it are lost'],
  ['[ ] sale', 'it has boxes to be ticked'],
])('%j is not read: %s', (text, because) => {
  expect(readSeen(text)).toEqual({ because })
})

test('the address of a link is seen, wherever else it leads', () => {
  expect(seenText('<a href="https://acme.example/x">y</a>')).toBe(' https://acme.example/x y ')
  expect(seenText("<a class='b' href=//acme.example/x>y</a>")).toBe(' //acme.example/x y ')
})

test.each([
  ['zero width', 'a\u200Bb'],
  ['a soft hyphen', 'a\u00ADb'],
  ['direction', 'a\u202Eb'],
  ['control', 'a\u0001b'],
  ['by an entity', 'a&#8203;b'],
  ['beyond all characters', '&#9999999;'],
  ['strokes', 'n\u0336o'],
  ['squares', '🅝'],
  ['Cyrillic in Latin', 'n\u043Et'],
  ['Greek in Latin', 'n\u03BFt'],
  ['Markdown', 'a ~~b~~ c'],
  ['HTML', 'a <del>b</del>'],
  ['a strike tag with attributes', 'a <S class="x">b</S>'],
  ['eighteen letters for one', '\uFDFA'.repeat(500)],
])('is not seen as it is: %s', (_, text) => {
  expect(seenText(text)).toBeUndefined()
})

test.each([
  'µWebSockets',
  'Иван',
  'a\u0085b',
  '~~~~\ncode\n~~~~',
  'x ~ y',
  '\uFEFFa',
  'Zoe\u0308',
  '© 2020 → ★',
])('is seen as it is: %j', (text) => {
  expect(seenText(text)).toBeDefined()
})

test('entities are the characters that they stand for', () => {
  expect(seenText('&quot;&ldquo;&rdquo;|&lsquo;&rsquo;&apos;|&copy;|&amp;|&ndash;&mdash;')).toBe(
    `"""|'''|©|&|--`,
  )
  expect(seenText('a&nbsp;b&lt;s&gt;c')).toBe('a b s c')
  expect(seenText('a&#60;s&#62;b&#160;c&#xA0;d&#x3C;e&#x3E;f')).toBe('a s b c d e f')
  expect(seenText('&QUOT;&NBSP;&constructor;&toString;')).toBe('" &constructor;&toString;')
  expect(seenText('&#1114111; &#x10FFFF;')).toBe('\u{10FFFF} \u{10FFFF}')
  expect(seenText('&#12345678; &#x1234567; &a; &lt')).toBe('&#12345678; &#x1234567; &a; &lt')
})

test('what an entity stands for is read once', () => {
  expect(seenText('&amp;#110;ot')).toBe('&#110;ot')
  expect(seenText('&lt;del&gt;x')).toBe(' del x')
})

test.each([
  ['no character', '&#0;'],
  ['no character either', '&#x0;'],
  ['one beyond all characters', '&#1114112;'],
  ['in hexadecimal', '&#x110000;'],
])('an entity is %s', (_, text) => {
  expect(seenText(text)).toBeUndefined()
})

const TAGS =
  'a b big blockquote body br center code dd div dl dt em h1 h6 head hr html i li ol p pre small span strong sub sup table tbody td th title tr tt u ul'

test.each(TAGS.split(' '))('<%s> is left out', (tag) => {
  expect(seenText(`x<${tag}>y</${tag.toUpperCase()}>z<${tag} />`)).toBe('x y z ')
})

test.each([
  '<p class="a" id=\'b\' align=left>',
  '<a href="#x">',
  '<a href="mailto:zoe@acme.example">',
  "<a name=''>",
  '<td width="1" height="2" valign=top border=0 >',
  '<html lang="en" dir=ltr>',
  '<a target="_blank" rel=nofollow>',
  '<br/>',
  '</p >',
])('%s is left out', (tag) => {
  expect(seenText(`x${tag}y`)).toBe('x y')
})

test.each([
  '<p style="display:none">',
  '<p class="not for sale">',
  "<p class='not for sale'>",
  '<p class=>',
  '<p hidden>',
  '<q>',
  '<aa>',
  '<h7>',
  '<no>',
  '<p class="a"id="b">',
  '< p>',
  '<p',
  '<p class="<b">',
  '<img alt="not">',
  '<p title="not">',
])('%s may say something', (tag) => {
  expect(seenText(`x${tag}y`)).toBe(`x${tag}y`)
})

test.each([
  'a ~~b c~~ d',
  '~~b~~',
  'a <s>b',
  'a <strike>b',
  'a <del class="x y">b',
  'a <DEL>b',
  `~~${'b'.repeat(2000)}~~`,
  `~~${'b '.repeat(9000)}b~~`,
  'a ~~b\nc~~ d',
  'a ~~b\r\nc~~ d',
  'a ~b~ c',
  'a ~b c~, d',
  '~b~',
  'a ~~b ~ c~~ d',
  'a ~~b~c~~ d',
  'a (~b~) c',
  'a ~(b)~ c',
  '1~b~2',
  'a [s]b[/s] c',
  'a [S]b[/S] c',
  'a [strike]b[/strike]',
  'a [del]b[/del]',
])('struck out: %s', (text) => {
  expect(seenText(text)).toBeUndefined()
})

test.each([
  'a ~~ b~~ c',
  'a ~~~b~~ c',
  'a ~~b~~~ c',
  'a ~~~b~~~ c',
  'a ~~b\n\nc~~ d',
  'a ~~b\n \t\r\nc~~ d',
  'a ~b~~ c',
  'a ~ b ~ c',
  'a ~b ~c',
  'a b~ c~',
  '~/a and ~/b',
  'http://a.example/~zoe/ http://a.example/~max/',
  '2010~2015, 2017~2020',
  '~~~~',
  'author[s] and holder[del]',
  'a <section>b',
  'a <strikes>b',
  'a <deletion>b',
  'a <s<b>',
])('not struck out: %s', (text) => {
  expect(seenText(text)).toBeDefined()
})

test.each([
  ['a private character', '\uE000'],
  ['half a character', '\uD800'],
  ['a variation selector', 'a\uFE0F'],
  ['a filler', '\u3164'],
  ['another filler', '\u115F'],
  ['a byte order mark inside', 'a\uFEFF'],
  ['delete', 'a\u007F'],
  ['backspace', 'a\bb'],
  ['a stroke', 'n\u0336'],
  ['a long stroke', 'n\u20D2'],
  ['a circle with a stroke', 'n\u20E0'],
  ['a square letter', '\u{1F170}'],
  ['a flag', '\u{1F1F3}'],
  ['a sign of prohibition', '\u{1F6AB}'],
  ['no entry', '\u26D4'],
  ['a circled slash', '\u2298'],
  ['a phonetic letter', '\u0274'],
  ['a small capital', '\u1D0F'],
  ['a rare Latin letter', '\uA730'],
  ['Lisu', '\uA4E0'],
  ['Cherokee', '\u13C0'],
  ['Coptic', '\u2C9F'],
  ['Canadian syllables', '\u1472'],
  ['Deseret', '\u{10414}'],
  ['a not sign', '\u00AC'],
  ['a not equal sign', '\u2260'],
  ['an equal sign with a stroke', '=\u0338'],
  ['not an element', '\u2209'],
  ['no such thing', '\u2204'],
  ['an empty set', '\u2205'],
  ['a multiplication sign', '\u00D7'],
  ['a circled cross', '\u2297'],
  ['a boxed cross', '\u22A0'],
  ['a thin cross', '\u2715'],
  ['a heavy cross', '\u2716'],
  ['a ballot cross', '\u2717'],
  ['a heavy ballot cross', '\u2718'],
  ['a red cross', '\u274C'],
  ['a red cross in colour', '\u274C\uFE0F'],
  ['a cross in a square', '\u274E'],
  ['a hand that denies', '\u{1F645}'],
  ['a thumb down', '\u{1F44E}'],
  ['a stop sign', '\u{1F6D1}'],
  ['an empty box', '\u2610'],
  ['a ticked box', '\u2611'],
  ['a crossed box', '\u2612'],
  ['an empty checkbox', '[ ]'],
  ['a ticked checkbox', '[x]'],
  ['a ticked checkbox in a capital', '[X]'],
  ['an empty checkbox before a letter', '[ ] A. Sell'],
  ['a checkbox by an entity', '&#91;x]'],
  ['the first of the letters for the blind', '\u2800'],
  ['a letter for the blind', '\u281D'],
  ['the last of them', '\u28FF'],
  ['two selectors', '\u2764\uFE0F\uFE0F'],
  ['a selector behind a digit', '1\uFE0F'],
  ['a selector of another kind', '\u2764\uFE0E'],
  ['Latin, a mark and Cyrillic', 'n\u0323\u043E'],
  ['Cyrillic, a mark and Latin', '\u043E\u0323n'],
  ['Latin and Greek', 'n\u03BF'],
  ['Greek and Latin', '\u03BFn'],
  ['Latin and Armenian', 'n\u0585'],
  ['Armenian and Latin', '\u0585n'],
  ['Cyrillic and Latin', '\u043En'],
])('nobody sees what it is: %s', (_, text) => {
  expect(seenText(`x ${text} y`)).toBeUndefined()
})

test.each(['\u2764\uFE0F', '\u00A9\uFE0F', '\u{1F984}\uFE0F'])(
  'a selector of colour behind a pictograph is not missed: %j',
  (text) => {
    expect(seenText(`x ${text} y`)).toBe(`x ${text.replace('\uFE0F', '')} y`)
  },
)

test.each([
  '[ ] A. "THIRD PARTY" means',
  'YES [ ] NO [ ]',
  '\u2713',
  '\u2714',
  '[xx]',
  '[]',
  '[1]',
  '\u00D8',
  '\u0142',
  '\u2264',
  '\u27FF',
  '\u2900',
])('a sign that denies nothing: %s', (text) => {
  expect(seenText(`x ${text} y`)).toBe(`x ${text} y`)
})

const LOST = '\uFFFD'

test.each([
  `Copyright ${LOST} 2015 Zoe`,
  `Copyright ${LOST}2015 Zoe`,
  `(c) Andr${LOST}`,
  `Author: Andr${LOST} Mu${LOST}oz`,
  `  * Copyright (c) Andr${LOST}, Mu${LOST}oz`,
  `by Andr${LOST}, 1999`,
  Array.from({ length: 24 }, () => `Copyright ${LOST} 2015`).join('\n'),
])('a letter or sign that was lost where names stand: %j', (text) => {
  expect(seenText(text)).toBe(text)
})

test.each([
  `Copyright ${LOST}${LOST} 2015`,
  `Copyright ${LOST} 2015 Andr${LOST} Mu${LOST}oz`,
  `Copyright \u00E9${LOST} 2015`,
  `Copyright ${LOST}\u00E9 2015`,
  `is hereby ${LOST}granted`,
  `is hereby ${LOST}granted in 20155`,
  `provided that the above copyright notice ${LOST} appears`,
  `the authors ${LOST} the holders`,
  Array.from({ length: 25 }, () => `Copyright ${LOST} 2015`).join('\n'),
  `Copyright 2015\n${LOST}${LOST}${LOST} ${LOST}${LOST}`,
])('words may have been lost: %j', (text) => {
  expect(seenText(text)).toBeUndefined()
})

test('a line in an encoding of its own makes a text unreadable', () => {
  const only = Buffer.from('d2eeebfceae420e4ebff20ede5eaeeecece5f0f7e5f1eaeee3ee', 'hex')
  const text = Buffer.concat([Buffer.from('MIT License\n\n'), only]).toString('utf8')
  expect(seenText(text)).toBeUndefined()
})

test.each([
  '~a',
  '~',
  'a~ ',
  '~\n\n',
  '\n ',
  '\uFFFD ',
  'Copyright \uFFFD\n',
  '\u2764\uFE0F',
  '[/',
  '\u2260',
])('half a million characters of %j take no time', (piece) => {
  const text = piece.repeat(Math.floor(524_288 / piece.length))
  expect(
    processorTime(() => {
      seenText(text)
    }),
  ).toBeLessThan(1500)
})

test.each(['xμ', 'μx', '\u043E n', '\u03BF\u0323', 'a\u20D0', '\t\n\f\r ~', '日本語', 'a\vb'])(
  'everybody sees what it is: %j',
  (text) => {
    expect(seenText(text)).toBe(text.normalize('NFKC'))
  },
)

test('one letter may become two, and a hundred more', () => {
  expect(seenText('\uFDFA'.repeat(6))).toHaveLength(108)
  expect(seenText('\uFDFA'.repeat(7))).toBeUndefined()
  expect(seenText('½'.repeat(101))).toBeUndefined()
})

test('only a byte order mark that begins the text is left out', () => {
  expect(seenText('\uFEFFa')).toBe('a')
  expect(seenText('a')).toBe('a')
})

test.each([
  ['REM a\nrem b', ' a\n b'],
  ['  REM a\n\tdnl\tb', ' a\n\tb'],
  ['REM a\n\n   \nREM', ' a\n\n   \n'],
  ['REM a\nb', 'REM a\nb'],
  ['a\nREM b', 'a\nREM b'],
  ['REMARK a\nREM b', 'REMARK a\nREM b'],
  ['a REM b', 'a REM b'],
  ['REM\r\nREM a\r\n', '\r\n a\r\n'],
])('markers that are words: %j', (text, expected) => {
  expect(seenText(text)).toBe(expected)
})

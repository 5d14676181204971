/** What the comment at the top of a script is heard to say of licences. */
import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { licensesInHeader } from '#license/text/script-header'

function names(source: string): string {
  const { ids, families } = licensesInHeader(source)
  return [...ids, ...families.map((family) => `${family}?`)].join(' ')
}

test.each([
  ['a line', '// Released under the MIT license.\ncode()', 'MIT'],
  [
    'lines, of which the sentence takes several',
    '// Licensed under the Apache\n// License, Version 2.0\n',
    'Apache-2.0',
  ],
  ['a block', '/* This is licensed under MIT */ code()', 'MIT'],
  ['a block with stars', '/**\n * Tool\n *\n * Licensed under the\n * ISC license\n */', 'ISC'],
  ['a block that minifiers keep', '/*! tool 1.0 | MIT license | example.org */code()', 'MIT'],
  ['a tag', '/**\n * @preserve\n * @license MIT\n * @author Zoe\n */', 'MIT'],
  ['a second comment', '/* Tool */\n\n// MIT Licensed\n', 'MIT'],
  ['a comment behind a line for the shell', '#!/usr/bin/env node\n/* MIT licensed */', 'MIT'],
  ['a comment behind a directive', '"use strict";\n/* MIT licensed */', 'MIT'],
  ['a comment behind a byte order mark', '\uFEFF// MIT licensed', 'MIT'],
  ['a comment that is cut off', '/* Licensed under the MIT license. And so', 'MIT'],
  ['several', '/* Licensed under the MIT and ISC licenses */', 'ISC MIT'],
  ['a family', '// GPL licensed', 'gpl?'],
  ['several families, in order', '// licensed LGPL or BSD', 'bsd? lgpl?'],
  [
    'a name that addresses stand in',
    '/* Licensed under Apache (https://a.example/) License 2.0 */',
    'Apache-2.0',
  ],
  [
    'several sentences',
    '/* License: MIT. License: ISC! License: 0BSD;\n License: Zlib */',
    '0BSD ISC MIT Zlib',
  ],
  ['two comments, each for itself', '/* made at ISC *//* MIT licensed */', 'MIT'],
  ['a tag behind a sentence without an end', '/*\n * made at ISC\n *  @license MIT\n */', 'MIT'],
  ['lines with tags', '// made at ISC\n// @license MIT', 'MIT'],
  ['other words than licence', '/* MIT licenced; ISC licenses;\nZlib licensing */', 'ISC MIT Zlib'],
  ['a licence whose address speaks too', '/* License: see https://example.org/ISC or take MIT */', 'MIT'],
  [
    'a licence and a family',
    '/* licensed under the MIT (x.org/mit) and GPL\n * version 2.0 licenses. */',
    'MIT gpl?',
  ],
  [
    'a licence whose name has the word of its family',
    '/* Licensed under the BSD-3-Clause license */',
    'BSD-3-Clause',
  ],
])('%s', (_, source, expected) => {
  expect(names(source)).toBe(expected)
})

test.each([
  ['no comment', 'code() // MIT licensed'],
  ['a comment behind code', 'code()\n/* MIT licensed */'],
  ['a comment without the word licence', '/* made at MIT */'],
  ['the word in another sentence', '/* Made at MIT. See the license there. */'],
  ['the word in another paragraph', '/*\n * Made at MIT\n *\n * license\n */'],
  ['words that only begin like it', '/* MIT licensee, MIT unlicensed */'],
  ['directives that are none', '"use moon"; /* MIT licensed */'],
  ['the word behind a bar', '/*! made at MIT | license */'],
  ['the word behind a tag', '/*\n * made at MIT\n * @license\n */'],
  ['an address', '// license: https://example.org/MIT'],
  ['what nobody sees', '// M\u200BIT licensed'],
  ['a whole text', `/* MIT license ${'word '.repeat(200)}*/`],
  ['an empty script', ''],
])('nothing from %s', (_, source) => {
  expect(names(source)).toBe('')
})

test('any source is read in time, and names nothing but licences', () => {
  const pieces = constantFrom(
    '/*',
    '*/',
    '//',
    '\n',
    ' * ',
    'MIT',
    ' licensed ',
    '#!',
    ';',
    "'use strict'",
    '\uFEFF',
    '|',
    '@',
  )
  assert(
    property(array(pieces, { maxLength: 60 }), string(), (parts, rest) => {
      const { ids, families } = licensesInHeader(parts.join('') + rest)
      expect(ids.filter((id) => id !== 'MIT')).toEqual([])
      expect(families).toEqual([])
    }),
  )
})

test.each(['/*', '//', '/**/', '// \n', '\n', ';', '* \n', '@a\n', '. \n'])('%j without end', (piece) => {
  expect(names(piece.repeat(8192 / piece.length))).toBe('')
  expect(names(`/*${piece.repeat(8192 / piece.length)}`)).toBe('')
})

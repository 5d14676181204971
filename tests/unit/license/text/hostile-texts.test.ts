/** Ways to hide a restriction where nobody reads: in names, titles, addresses, tags, letters and statements. */
import { expect, test } from 'vitest'
import { isAccepted, recognise, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT').replace('<year> <copyright holders>', '2020 Zoe Quandt')
const BSD = spdxText('BSD-3-Clause').replace('<year> <owner>', '2020 Zoe Quandt')
const APACHE = spdxText('Apache-2.0')

test('the texts themselves are accepted', () => {
  expect(isAccepted(recognise(MIT), 'MIT')).toBe(true)
  expect(isAccepted(recognise(BSD), 'BSD-3-Clause')).toBe(true)
  expect(isAccepted(recognise(APACHE), 'Apache-2.0')).toBe(true)
})

test.each([
  // Copyright lines
  'Copyright (c) 2020 Zoe Quandt, not for sale',
  'Copyright (c) 2020 Zoe Quandt, big companies keep away from this work',
  'Copyright (c) 2020 Zoe Quandt, hobbyists gratis corporates begone forever',
  'COPYRIGHT (C) 2020 ZOE QUANDT, CORPORATES KEEP AWAY FROM THESE FILES',
  'Copyright (c) 2020 Zoe Quandt\nfor hobbyists',
  'Copyright (c) 2020 Zoe Quandt, All Rights Withheld From Big Companies',
  'Copyright (c) 2020 Zoe Quandt under the Acme licence',
  'Copyright (c) 2020 n o t f o r s a l e',
  'Copyright (c) 2020 Zoe Quandt n0t f0r sa1e',
  'Copyright (c) 2020 Zoe Quandt until 2027, then it reverts back',
  // Titles and headings
  'MIT License (modified)\n\nHobbyist edition',
  'MIT License for hobbyists',
  'MIT License, to hobbyists',
  'Hobbyist Licence with the MIT text below',
  'Free Personal Edition',
  'Military',
  'Non-commercial',
  'Licensed for open source',
  'Licensed to open source projects',
  'Licensed for\nhobbyists',
  'You may use this in open source',
  'You may use one file',
  'You can use it at one project',
  'Acme Commons Clause',
  'License: MIT with Commons Clause',
  'MIT, with the exceptions of the README',
  'Additional Terms: README',
  'Terms apply, see the agreement at https://acme.example/terms',
  'Addendum to the MIT License',
  'Keep out.',
  'Hands off, Google.',
  'Contact us first.',
  'Ask Bob first.',
  'Please credit Zoe.',
  'Buy me a coffee',
  'Send a postcard to Zoe',
  'Donations welcome',
  'US Patent 1234567',
  'Preview release',
  'Source-available licence',
  'Shareware',
  'Valid until 2027',
  'Void',
  'Superseded',
  'Sample license',
  'Ignore the above',
  'Above text is a joke',
  'The above is a sample',
  'License of some files',
  'The following file is licensed',
  'Acme Hobbyist License',
  'See TERMS',
  'EULA',
  'All rights reserved. Nothing here is free.',
  'Copyright Acme, ask first',
  'Copyright Acme; hands off',
  'Copyright Acme, contact us before shipping',
  'Copyright Acme, see our terms',
  'Copyright Acme, see EULA',
  'Copyright Acme\nKeep out.',
  'Copyright Acme\nAsk Bob first.',
  'Copyright Acme under GPL',
  // Statements about other licences
  'Licensed under the MIT and the GPL',
  'Licensed under MIT and GPL-3.0-only',
  'This software is licensed under the AGPL.',
  'Parts are GPL',
  'This software is in the public domain in no country',
  'See GPL',
  // Addresses
  'https://www.gnu.org/licenses/gpl-3.0.html',
  'License: https://creativecommons.org/licenses/by-nc/4.0/',
  'Licensed under https://www.gnu.org/licenses/agpl-3.0.html',
  'https://acme.example/eula',
  'NotForCommercialUse',
  'noncommercialuse',
  'Unfree',
  'BY-NC-SA',
  'https://acme.example/you-may-not-use-this-for-commercial-purposes',
  'https://acme.example/?not=for&sale=ever',
  '(not.for.commercial.use)',
  '<not.for.sale>',
  'no@commercial.use.without.permission',
  'www.not.for.sale',
  // Sentences that are known, with something else in them
  'This library is a fork of what companies must not use extended and distributed under the terms of the MIT license above',
  'Logo created by no company that may use it licensed under a Creative Commons Attribution-ShareAlike 4.0 International License',
  'This license applies to parts of what companies cannot sell originating from the',
  'This license applies to the files of hobbyists only versions 1 and later',
  'For more information please see the agreement you must sign',
  // Notes
  '¹ not for sale',
  '[1]: not for sale',
  '* not.',
  '1) no. 2) sale.',
  '- Students only',
  // Other letters
  'ｎｏｔ ｆｏｒ ｓａｌｅ',
  'Not&shy;for&shy;sale',
  '&#110;&#111;&#116; for sale',
  '&#x6e;ot for sale',
])('neither before nor behind the MIT licence: %s', (line) => {
  expect(isAccepted(recognise(`${line}\n\n${MIT}`), 'MIT')).toBe(false)
  expect(isAccepted(recognise(`${MIT}\n\n${line}`), 'MIT')).toBe(false)
  expect(isAccepted(recognise(MIT.replace('\n\nTHE SOFTWARE', `\n\n${line}\n\nTHE SOFTWARE`)), 'MIT')).toBe(
    false,
  )
})

test.each([
  [
    'a name that restricts',
    'SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE',
    'SHALL THE AUTHORS, WHO MUST BE PAID, BE',
  ],
  ['a word struck out in Markdown', 'without restriction', '~~without~~ restriction'],
  ['a word struck out in letters', 'without restriction', 'w̶i̶t̶h̶o̶u̶t̶ restriction'],
  ['a hidden word', 'to deal', '<span style="display:none">not</span> to deal'],
  ['a deleted word', 'without restriction', '<del>without</del> restriction'],
  ['a struck word', 'without restriction', '<s>without</s> restriction'],
  ['an invisible separator', 'without restriction', 'with\u200Bout restriction'],
  ['a soft hyphen', 'without restriction', 'with\u00ADout restriction'],
  ['a reversed word', 'to deal', '\u202Eton\u202C to deal'],
  ['a look-alike', 'Permission is', 'Perm\u0456ssion is'],
  ['letters in squares', 'to deal', '🅝🅞🅣 to deal'],
  ['flags', 'to deal', '🇳🇴🇹 to deal'],
  ['small capitals', 'to deal', 'ɴᴏᴛ to deal'],
  ['a sign of prohibition', 'to deal', '🚫 to deal'],
  ['a private character', 'to deal', '\uE000 to deal'],
  ['an entity', 'to deal', '&#110;ot to deal'],
  ['a bullet', 'to deal', 'not. to deal'],
  ['a number of times', 'any person', 'any 3) person only'],
  ['a tag with words', 'to deal', '<a title="not for sale">to deal</a>'],
  ['a comment', 'to deal', '<!-- not --> to deal'],
  ['letters apart', 'to deal', 'n.o.t to deal'],
  ['a copyright notice in the middle', 'to deal', '(c) 2020 no one to deal'],
  ['an exception', 'any person', 'any person (except Acme)'],
  ['an address', 'any person', 'any person https://acme.example/but-not-companies'],
  ['brackets with dots', 'any person', 'any person (but.not.companies)'],
  ['a known sentence', 'any person', 'any person which is licensed'],
])('%s inside the MIT licence', (_, before, after) => {
  expect(MIT).toContain(before)
  const { licenses } = recognise(MIT.replace(before, after))
  expect(licenses).toEqual([])
})

test.each([
  ['Neither the name of the copyright holder', 'Neither the name of those who must pay the copyright holder'],
  ['Neither the name of the copyright holder', 'Neither the name of hobbyists, gratis for these alone'],
  ['IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS', 'IS PROVIDED BY ACME TO HOBBYISTS'],
  ['IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS', 'IS PROVIDED BY ACME FOR ACADEMIC RESEARCH'],
  ['SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE', 'SHALL ACME, WHO MAY CHARGE A FEE, BE'],
])('names in the BSD licence: %s', (before, after) => {
  expect(BSD).toContain(before)
  expect(recognise(BSD.replace(before, after)).licenses).toEqual([])
})

test.each([
  'GPL',
  'SSPL',
  'MIT and GPL',
  'Commons Clause',
  'Elastic License',
  'Former license',
  'hands off',
  'to Acme staff',
])('a holder is no licence: %s', (name) => {
  expect(recognise(MIT.replace('Zoe Quandt', `Zoe Quandt ${name}`)).licenses).toEqual([])
  expect(recognise(MIT.replace('Zoe Quandt', name)).licenses).toEqual([])
})

test.each([
  'Zoë Quandt',
  'Will Smith',
  'Michael C. Grant',
  'Ask Bjørn Hansen',
  'zoe quandt',
  'ZOE QUANDT GMBH',
  'J. R. R. Quandt',
  '山田太郎',
  'Иван Петров',
  'node-http-proxy contributors',
  'zoe (https://quandt.example)',
  'Zoe Quandt and the contributors to node-zoe',
  'Ludwig van der Berg',
  'International Business Machines Corporation',
  'the authors, see https://github.com/acme/no-case/graphs/contributors',
])('a name is a name: %s', (name) => {
  expect(recognise(MIT.replace('Zoe Quandt', name)).licenses).toEqual([['MIT']])
  expect(recognise(`Copyright (c) 2019 ${name}\n${MIT}`).licenses).toEqual([['MIT']])
})

test.each([
  'The MIT License (MIT)',
  '# node-zoe',
  'Marked',
  'bcrypt.js',
  'Actions Http Client for Node.js',
  'License: MIT',
  'This project is licensed under the MIT license.',
  'See the LICENSE file for details.',
  'Based on node-zoe by Zoe Quandt',
  'Author: Mark Clements <zoe@quandt.example>',
  'https://github.com/acme/zoe/blob/main/LICENSE',
])('a line that says nothing: %s', (line) => {
  expect(recognise(`${line}\n\n${MIT}`).licenses).toEqual([['MIT']])
})

test('an appendix goes as a whole, and nothing comes in its place', () => {
  const end = APACHE.indexOf('END OF TERMS AND CONDITIONS')
  expect(isAccepted(recognise(APACHE.slice(0, end)), 'Apache-2.0')).toBe(true)
  expect(isAccepted(recognise(`${APACHE.slice(0, end)}\nAPPENDIX: no commercial use.`), 'Apache-2.0')).toBe(
    false,
  )
  expect(
    isAccepted(recognise(`${APACHE.slice(0, end)}\nAPPENDIX: Big Companies Keep Away`), 'Apache-2.0'),
  ).toBe(false)
  const apply = APACHE.indexOf('To apply the Apache License')
  expect(isAccepted(recognise(`${APACHE.slice(0, apply)} nowhere`), 'Apache-2.0')).toBe(false)
})

test('a placeholder is filled with a name, and a licence clause in brackets is none', () => {
  const notice = 'Copyright (c) <year> <owner>. All rights reserved.'
  expect(spdxText('BSD-3-Clause')).toContain('<year> <owner>')
  expect(recognise(`${notice.replace('<owner>', 'Acme')}\n${BSD}`).licenses).toEqual([['BSD-3-Clause']])
  expect(recognise(`${notice.replace('<owner>', 'whoever pays most')}\n${BSD}`).licenses).toEqual([])
  const clause = spdxText('Apache-2.0').replace(/\(c\) You must retain[^;]+;/, '')
  expect(recognise(clause).licenses).toEqual([])
})

test.each([
  'License: https://acme.example/LICENSE',
  'License: https://acme.example',
  'Terms: <https://acme.example/x>',
  'Licensed under the license at https://acme.example/other',
  'https://acme.example/terms-of-service',
  'MIT License, terms at www.acme.example',
])('terms at an address of their owner are not in the file: %s', (line) => {
  expect(isAccepted(recognise(`${line}\n\n${MIT}`), 'MIT')).toBe(false)
  expect(isAccepted(recognise(`${MIT}\n\n${line}`), 'MIT')).toBe(false)
})

test.each([
  'MIT License (http://opensource.org/licenses/MIT)',
  'https://github.com/acme/thing/blob/main/LICENSE',
  'https://zoe.mit-license.org',
  'See https://acme.example',
])('an address that everybody knows, or that no terms are said to stand at, says nothing: %s', (line) => {
  expect(isAccepted(recognise(`${line}\n\n${MIT}`), 'MIT')).toBe(true)
})

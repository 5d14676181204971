import { expect, test } from 'vitest'
import { fixPhrases } from '#license/text/fixed-phrases'
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

/** The words of a text that belong to no known sentence. */
function unknownWords(text: string): string {
  const cut = textWords(text)
  const fixed = cut === undefined ? undefined : fixPhrases(cut)
  const by = fixed === undefined ? [] : knownSentences(fixed)
  return (
    fixed?.words.filter((_, at) => by[at] === undefined && fixed.addresses[at] !== true).join(' ') ?? 'none'
  )
}

function gnu(title: string, version: string): string {
  return `is free software: you can redistribute it and/or modify it under the terms of the GNU ${title} as published by the Free Software Foundation, either version ${version} of the License`
}

test.each([
  ['General Public License', '2', 'GPL-2.0'],
  ['General Public License', '3', 'GPL-3.0'],
  ['Lesser General Public License', '2.1', 'LGPL-2.1'],
  ['Lesser General Public License', '3', 'LGPL-3.0'],
  ['Affero General Public License', '3', 'AGPL-3.0'],
])('the header of the GNU %s %s', (title, version, id) => {
  expect(new Set(mentions(gnu(title, version)).flat())).toEqual(new Set([`${id}-only`]))
  const later = mentions(`${gnu(title, version)}, or (at your option) any later version.`)
  expect(new Set(later.flat())).toEqual(new Set([`${id}-or-later`]))
})

test('a header that leaves another choice is none that is known', () => {
  const header = `${gnu('General Public License', '2')}, or at your option`
  expect(mentions(`${header} never`)).not.toContainEqual(['GPL-2.0-only'])
  expect(mentions(gnu('General Public License', '1'))).not.toContainEqual(['GPL-2.0-only'])
})

test.each([
  'Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0 Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the specific language governing permissions and limitations under the License.',
  'is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.',
  'is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU Lesser General Public License for more details.',
  'You should have received a copy of the GNU Affero General Public License along with this program. If not, see',
  'You should have received a copy of the GNU General Public License along with Zoe; if not, write to the Free Software Foundation, Inc., 59 Temple Place, Suite 330, Boston, MA 02111-1307 USA',
  'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.',
  'HISTORY OF THE SOFTWARE',
  'Python was created in the early 1990s by Guido van Rossum at Stichting Mathematisch Centrum (CWI, see https://www.cwi.nl) in the Netherlands as a successor of a language called ABC.',
  "Guido remains Python's principal author, although it includes many contributions from others.",
  'In 1995, Guido continued his work on Python at the Corporation for National Research Initiatives (CNRI, see https://www.cnri.reston.va.us) in Reston, Virginia where he released several versions of the software.',
  'In May 2000, Guido and the Python core development team moved to BeOpen.com to form the BeOpen PythonLabs team.',
  'In October of the same year, the PythonLabs team moved to Digital Creations, which became Zope Corporation.',
  'In October of the same year, the PythonLabs team moved to Digital Creations (now Zope Corporation, see https://www.zope.org).',
  'In 2001, the Python Software Foundation (PSF, see https://www.python.org/psf/) was formed, a non-profit organization created specifically to own Python-related Intellectual Property.',
  'Zope Corporation was a sponsoring member of the PSF.',
  'All Python releases are Open Source (see https://opensource.org for the Open Source Definition).',
  'Historically, most, but not all, Python releases have also been GPL-compatible; the table below summarizes the various releases.',
  'Release Derived Year Owner GPL- from compatible?',
  '0.9.0 thru 1.2 1991-1995 CWI yes 1.3 thru 1.5.2 1.2 1995-1999 CNRI yes',
  'Footnotes:',
  "GPL-compatible doesn't mean that we're distributing Python under the GPL.",
  'All Python licenses, unlike the GPL, let you distribute a modified version without making your changes open source.',
  "The GPL-compatible licenses make it possible to combine Python with other software that is released under the GPL; the others don't.",
  'According to Richard Stallman, 1.6.1 is not GPL-compatible, because its license has a choice of law clause.',
  'According to CNRI, however, Stallman\'s lawyer has told CNRI\'s lawyer that 1.6.1 is "not incompatible" with the GPL.',
  "Thanks to the many outside volunteers who have worked under Guido's direction to make these releases possible.",
  'TERMS AND CONDITIONS FOR ACCESSING OR OTHERWISE USING PYTHON',
  'This software consists of voluntary contributions made by many individuals.',
  'For exact contribution history, see the revision history and logs, available at https://github.com/acme/zoe',
  'For exact contribution history, see the revision history available at https://github.com/acme/zoe',
  'The following license applies to all parts of this software except as documented below:',
  'Copyright and related rights for sample code are waived via CC0. Sample code is defined as all source code displayed within the prose of the documentation.',
  'prose of the documentation. CC0: https://creativecommons.org/publicdomain/zero/1.0/',
  'Files located in the node_modules and vendor directories are externally maintained libraries used by this software which have their own licenses; we recommend you read them, as their terms may differ from the terms above.',
  'The licenses of externally maintained libraries from which parts of the Software is derived are listed here:',
  'END OF TERMS AND CONDITIONS',
  '(including the next paragraph)',
  'This license applies to Zoe versions 1.2 and later',
  'Contributors are listed at https://github.com/acme/zoe',
  'Authors listed below and in the README file',
  'This product includes software developed at',
  'This software is covered under the following copyright:',
  'which is licensed under the MIT license',
  'For more information, please see',
  'The complete list of contributors can be found at',
  'Contribution License Agreement',
  'Address all questions regarding this license to',
  'As a recipient of Dojo, you may choose which license to receive this code under (except as noted in per-module LICENSE files).',
  'Portions are under the following license',
  'Some modules may not be the copyright of the Dojo Foundation.',
  'These modules contain explicit declarations of copyright in both the LICENSE files in the directories in which they reside and in the code itself.',
  'No external contributions are allowed under licenses which are fundamentally incompatible with the AFL-2.1 or BSD-3-Clause licenses that Dojo is distributed under.',
  'The text of the AFL-2.1 and BSD-3-Clause licenses is reproduced below.',
  'This file is part of',
  'If you elect to accept the software under the Apache License, Version 2.0, the following applies:',
  'This license applies to parts of Zoe originating from the https://github.com/acme/zoe',
  'is licensed for use as follows:',
  'Facebook, Inc. (Only src/helpers/regenerator* files)',
  'All packages under `src/` are licensed according to the terms in their respective `LICENSE` or `LICENSE.md` files.',
  'The remainder of this project is licensed under the Blue Oak Model License, as follows:',
  'This file is automatically added by @npmcli/template-oss. Do not edit.',
  'If you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license. You are also implicitly verifying that all code is your original work. </legalese>',
  'Logo created by Zoe Quandt, licensed under a Creative Commons Attribution-ShareAlike 4.0 International License',
  'This library bundles a version of the `fs.realpath` and `fs.realpathSync` methods from Node.js v0.10 under the terms of the Node.js MIT license.',
  "Node's license follows, also included at the header of `old.js` which contains the licensed code:",
  'The original source can be found at https://github.com/acme/zoe',
  'The text of the Creative Commons public licenses is dedicated to the public domain under the CC0 Public Domain Dedication.',
  'See the LICENSE file in the root of this repository for details',
  'See LICENSE.md',
])('is known word for word: %s', (text) => {
  expect(unknownWords(text)).toBe('')
})

test.each([
  'This license applies to the files of those who pay versions 1 and later',
  'You should have received a copy of the GNU General Public License along with what you must pay for if not see',
  'Logo created by all who may sell it licensed under a Creative Commons Attribution-ShareAlike 4.0 International License',
  'See LICENSE for prices',
  'This file is no part of',
])('is not: %s', (text) => {
  expect(unknownWords(text)).not.toBe('')
})

const first = (text: string) => {
  const cut = textWords(text)
  return cut === undefined ? undefined : knownSentences(cut)[0]
}

test('some of them name a licence, leave a choice, or may stand inside a licence', () => {
  expect(first('This file is part of')).toMatchObject({ mentions: [], families: [], inside: false })
  expect(first('including the next paragraph')).toMatchObject({ inside: true })
  expect(
    first(
      'As a recipient of Dojo, you may choose which license to receive this code under (except as noted in per-module LICENSE files).',
    ),
  ).toMatchObject({ mentions: [], choice: ['afl', 'bsd'], inside: false })
  expect(
    first(
      'The text of the Creative Commons public licenses is dedicated to the public domain under the CC0 Public Domain Dedication',
    ),
  ).toMatchObject({ inside: true })
  expect(
    first(
      'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.',
    ),
  ).toMatchObject({ mentions: ['MPL-2.0'] })
})

test('the first of two sentences that share words has them', () => {
  const header = gnu('General Public License', '2')
  expect(new Set(mentions(`${header}, or (at your option) any later version`).flat())).toEqual(
    new Set(['GPL-2.0-or-later']),
  )
  expect(unknownWords(`see ${header}, or (at your option) any later version of it`)).toBe('see of it')
})

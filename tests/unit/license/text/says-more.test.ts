/** Texts that say more than the licence in a place where something harmless is expected: each was once taken for it. */
import { describe, expect, test } from 'vitest'
import { recognise, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT').replace('<year> <copyright holders>', '2020 Zoe Quandt')
const ISC = spdxText('ISC')
const BSD = spdxText('BSD-3-Clause').replace('<year> <owner>', '2020 Zoe Quandt')
const APACHE = spdxText('Apache-2.0')
const GPL = spdxText('GPL-3.0-only')

function accepted(text: string): string[][] {
  return recognise(text).licenses
}

/** Whether a text with several licences leaves the choice between them. */
function choiceOf(text: string): boolean {
  const { licenses, choice } = recognise(text)
  expect(licenses.length).toBeGreaterThan(1)
  return choice
}

describe('in the grant', () => {
  test.each([
    ['(not.Google)'],
    ['(except.Google)'],
    ['(only.Acme)'],
    ['not@google.example'],
    ['www.not'],
    ['https://acme.example/barring-google'],
    ['(acme.dev)'],
    ['Copyright Acme, Google ausgeschlossen'],
    ['All rights reserved by Acme'],
    ['[x]'],
    ['s'],
  ])('%s makes another text of it', (words) => {
    expect(accepted(MIT.replace('any person', `any person ${words}`))).toEqual([])
  })

  test.each([
    ['until https://acme.example/2027-01-01', MIT, 'is hereby granted'],
    ['until https://acme.example/sunset', APACHE, 'a perpetual'],
    ['until https://acme.example/sunset', MIT.toUpperCase(), 'IS HEREBY GRANTED'],
  ])('%s ends it', (words, text, behind) => {
    expect(text).toContain(behind)
    expect(accepted(text.replace(behind, `${behind} ${words},`))).toEqual([])
  })

  test('a steward has its own addresses in it, and a holder of a page has lines of their own', () => {
    expect(accepted(MIT.replace('any person', 'any person (https://opensource.org/faq)'))).toEqual([['MIT']])
    expect(accepted(MIT.replace('\n\nThe above', '\n\nCopyright 2021 Anna Quandt\n\nThe above'))).toEqual([
      ['MIT'],
    ])
  })
})

describe('in the place of a party', () => {
  test.each([
    [MIT, 'THE AUTHORS', 'GOOGLE RUN THIS PROGRAM OR THE AUTHORS'],
    [MIT, 'THE AUTHORS OR COPYRIGHT HOLDERS', 'THE READER'],
    [MIT, 'THE AUTHORS OR COPYRIGHT HOLDERS', 'ANYBODY OTHER THAN THE READER'],
    [MIT, 'THE AUTHORS', 'AMAZON HOST THE SOFTWARE OR THE AUTHORS'],
    [ISC, 'AND ISC DISCLAIMS', 'AND THE READER DISCLAIMS'],
    [ISC, 'AND ISC DISCLAIMS', 'AND ANYONE SHIPPING IT OWES ZOE TEN DOLLARS PER SEAT, ZOE DISCLAIMS'],
    [BSD, 'permission.', 'permission from Zoe. Shipping this inside apps costs ten dollars per seat.'],
    [
      BSD,
      'THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"',
      'ACME (SHIPPING IT COSTS TEN DOLLARS PER SEAT) "AS IS"',
    ],
  ])('%#: there is more than a party', (text, party, more) => {
    const written = text.replaceAll('AND THE AUTHOR DISCLAIMS', 'AND ISC DISCLAIMS')
    expect(written).toContain(party)
    expect(accepted(written.replace(party, more))).toEqual([])
  })

  test.each([
    [MIT, 'THE AUTHORS OR COPYRIGHT HOLDERS', 'ZOE QUANDT', 'MIT'],
    [MIT, 'THE AUTHORS OR COPYRIGHT HOLDERS', 'ACME', 'MIT'],
    [BSD, 'THE COPYRIGHT HOLDER OR CONTRIBUTORS', 'THE REGENTS OR ZOE QUANDT', 'BSD-3-Clause'],
    [BSD, 'the copyright holder nor', 'Mapbox GL nor', 'BSD-3-Clause'],
  ])('%#: there is a party', (text, party, other, id) => {
    expect(text).toContain(party)
    expect(accepted(text.replace(party, other))).toEqual([[id]])
  })
})

describe('a choice', () => {
  test.each(['Any', 'Option', 'Elect', 'Pick', 'Dual', 'Tri'])('is not left by the title %s', (title) => {
    expect(choiceOf(`# ${title}\n\n${MIT}\n\n${GPL}`)).toBe(false)
  })

  test.each([
    'Any file is under both the MIT license and the GPL-3.0-only.',
    'This file is licensed under the GPL, version 3 or any version.',
    'Licensed under MIT and GPL-3.0-only',
  ])('is not left by %s', (line) => {
    expect(choiceOf(`${line}\n\n${MIT}\n\n${GPL}`)).toBe(false)
  })

  test.each([
    'Dual licensed under MIT or GPL-3.0-only',
    'Licensed under either MIT or GPL-3.0-only',
    'MIT or GPL-3.0-only, at your option',
    'You may choose the license',
    'Licensed under any of these licenses',
  ])('is left by %s', (line) => {
    expect(choiceOf(`${line}\n\n${MIT}\n\n${GPL}`)).toBe(true)
  })

  test('is left between the texts that a line names, and all others hold as well', () => {
    const two = `Dual licensed under MIT or Apache-2.0\n\n${MIT}\n\n${APACHE}`
    expect(choiceOf(two)).toBe(true)
    expect(choiceOf(`${two}\n\n${GPL}`)).toBe(false)
    expect(choiceOf(`${two}\n\nThe plugin is licensed under the GPL-3.0-only\n\n${GPL}`)).toBe(false)
    expect(choiceOf(`Dual licensed\n\n${MIT}\n\n${APACHE}\n\n${GPL}`)).toBe(false)
    expect(choiceOf(`Tri licensed\n\n${MIT}\n\n${APACHE}\n\n${GPL}`)).toBe(true)
  })
})

describe('another licence beside the text', () => {
  test.each([
    'Copyright (c) 2020 Acme, RPL-1.5',
    'Copyright (c) 2020 Acme (Elastic-2.0)',
    'Copyright (c) 2020 Acme, GPLed',
    'Copyright (c) 2020 Acme, Attribution-NoDerivatives 4.0 International',
    'Copyright (c) 2020 Acme\nEUPL-1.2',
    'Copyright (c) 2020 Acme\nCeCILL',
    'Based on GPL code by Zoe',
    'Forked from AGPL Foo by Zoe',
    'License: https://opensource.org/licenses/EUPL-1.2',
    'https://spdx.org/licenses/Hippocratic-2.1.html',
    'License: https://github.com/acme/thing/blob/main/LICENSE-ENTERPRISE.md',
    '[The MIT License](https://github.com/acme/x/blob/main/ENTERPRISE.md)',
    'Terms: https://github.com/acme/thing/wiki/Pricing',
    'GPLed',
    'See the GNU Affero General Public License for more details.',
    'This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU Affero General Public License for more details.',
  ])('%s', (line) => {
    expect(accepted(`${line}\n\n${MIT}`)).toEqual([])
    expect(accepted(`${MIT}\n\n${line}`)).toEqual([])
  })

  test.each([
    'License: https://opensource.org/licenses/MIT',
    'https://spdx.org/licenses/MIT.html',
    'License: https://github.com/acme/thing/blob/main/LICENSE.md',
    'https://github.com/acme/license-checker/blob/master/README.md',
  ])('this very one may be: %s', (line) => {
    expect(accepted(`${line}\n\n${MIT}`)).toEqual([['MIT']])
  })
})

describe('a part of the files', () => {
  test.each([
    'Portions are under the following license:',
    'This license applies to parts of Foo originating from the https://github.com/acme/foo',
    'This license applies to Foo versions 2.0 and later',
    'The following license applies to all parts of this software except as documented below:',
    'All packages under `src/` are licensed according to the terms in their respective `LICENSE` or `LICENSE.md` files.',
  ])('is all that the only text is for: %s', (line) => {
    expect(recognise(`${line}\n\n${MIT}`)).toMatchObject({
      licenses: [],
      differences: ['it speaks only of a part of the files'],
    })
  })

  test('has a text of its own beside another one, or a known sentence says what holds for the others', () => {
    const line = 'This license applies to parts of Foo originating from the https://github.com/acme/foo'
    expect(accepted(`${MIT}\n\n${line}\n\n${MIT}`)).toEqual([['MIT']])
    expect(
      accepted(
        `The following license applies to all parts of this software except as documented below:\n\n${MIT}\n\nCopyright and related rights for sample code are waived via CC0. Sample code is defined as all source code displayed within the prose of the documentation.`,
      ),
    ).toEqual([['MIT']])
  })
})

describe('a line before or behind the text', () => {
  test.each([
    'InternalUseOnly',
    'DoNotUse',
    'NoAI',
    'Noncommerical',
    'MIT License (noncomercial)',
    'Nọt MIT License',
    'ΝΟΤ MIT License',
    'MIT ΒΕΤΑ',
    "Don't.",
    'MIT License - $99',
    'Free software: $99',
    'MIT License, 10 seats',
    'MIT License (2 years)',
    'Pricing',
    'Lapsed 2024',
    'Retracted',
    'Licensee: Google',
    'Subscribers are licensed under the MIT license',
    'Nothing is licensed under the MIT license',
    'Frontend is MIT licensed',
    'Limited License',
    'SaaS disallowed',
    'Pseudo MIT License',
    'MIT License minus clause 2',
    'MIT License with Acme Rider',
    'Vendita proibita',
    'Dilarang dijual tanpa izin',
    'Ticari kullanım yasaktır',
    '謝絶転載',
    'Исключительно личное',
    'Коммерция исключена',
  ])('%s', (line) => {
    expect(accepted(`${line}\n\n${MIT}`)).toEqual([])
    expect(accepted(`${MIT}\n\n${line}`)).toEqual([])
  })

  test('names the work only before it, and in few words of its own', () => {
    expect(accepted(`Foobar for Node.js\n\n${MIT}`)).toEqual([['MIT']])
    expect(accepted(`${MIT}\n\nFoobar`)).toEqual([])
    expect(accepted(`Foobar Bazqux Quuxle\n\n${MIT}`)).toEqual([['MIT']])
    expect(accepted(`Foobar Bazqux Quuxle Grault\n\n${MIT}`)).toEqual([])
    expect(accepted(`PayPal\n\n${MIT}`)).toEqual([['MIT']])
  })

  test('names no licence that nobody knows where there is no text', () => {
    for (const text of ['Confluent Community License', 'Acme License Agreement', 'License: Ruby', 'Foobar'])
      expect(recognise(text).mentions).toBeUndefined()
    expect(recognise('Public Domain')).toMatchObject({ mentions: [], families: ['domain'] })
    expect(recognise('Foobar\n\nLicense: MIT')).toMatchObject({ mentions: ['MIT'] })
  })
})

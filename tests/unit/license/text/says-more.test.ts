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

  test.each([
    'Dual licensed\n\nCode: MIT\n\nFont: GPL-3.0-only',
    'Dual licensed\n\nVersion 1: MIT\n\nVersion 2: GPL-3.0-only',
    'This project is dual licensed.\n\nThe client is licensed under the MIT license.\nThe server is licensed under the GPL-3.0-only.',
    'Dual licensed: MIT (code) and GPL-3.0-only (contents)',
    'Acme is dual licensed under the MIT license (source code) and the GPL-3.0-only license (contents).',
    'All modules are licensed under either MIT or GPL-3.0-only',
  ])('is not left where each has its part: %s', (lines) => {
    expect(choiceOf(`${lines}\n\n${MIT}\n\n${GPL}`)).toBe(false)
  })

  test.each([
    ['Client', 'Server'],
    ['Code', 'Fonts'],
    ['Source code', 'Icons'],
  ])('is not left below the headings %s and %s', (one, other) => {
    expect(choiceOf(`# Dual licensed\n\n## ${one}\n\n${MIT}\n\n## ${other}\n\n${GPL}`)).toBe(false)
    expect(choiceOf(`# Acme ${one}\n\nDual licensed under MIT or GPL-3.0-only\n\n${MIT}\n\n${GPL}`)).toBe(
      true,
    )
  })

  test('is not left by a pointer that assigns', () => {
    expect(recognise('Dual licensed under MIT or GPL-3.0-only')).toMatchObject({ choice: true })
    expect(recognise('Dual licensed\n\nCode: MIT\n\nFont: GPL-3.0-only')).toMatchObject({
      choice: false,
      mentions: ['MIT', 'GPL-3.0-only'],
    })
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
    'License: https://opensource.org/license/gpl-2-0',
    'https://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html',
    'Licensed under <a href="https://www.gnu.org/licenses/agpl-3.0.html">this license</a>.',
    '<a href="https://acme.example/commercial-terms">Full license</a>',
    'License: see https://acme.example/saas',
    'License: available at https://acme.example/saas',
    'License:\nhttps://acme.example/saas',
    'License\n\nhttps://acme.example/saas',
    'Full license text:\nhttps://acme.example/saas',
    'See https://acme.example/tos',
    'See https://acme.example/restrictions',
    'https://acme.example/acceptable-use',
    'https://commonsclause.com/',
    'See https://fsl.software',
    'License: https://github.com/acme/thing/blob/main/ee/LICENSE',
    'License: https://github.com/acme/thing/blob/main/enterprise/LICENSE.md',
    'License: https://github.com/acme/thing/blob/main/ENTERPRISE.md?plain=1#a/b',
    'License: https://github.com/acme/thing/blob/main/PRO.md',
    'License: https://gist.github.com/acme/123',
    'License: https://acme.github.io/license',
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
    'License: https://github.com/acme/thing/blob/master/README.md#license',
    'License: https://github.com/pro/thing/blob/main/LICENSE.md',
    'License: https://opensource.org/license/mit',
    'SPDX-License-Identifier: MIT',
    'SPDX-FileCopyrightText: 2020 Zoe Quandt\nSPDX-License-Identifier: MIT',
    'MIT © [Zoe Quandt](https://zoe.example)',
    'The JSON parser is licensed under the MIT license.',
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
    'The client is licensed under the MIT license.',
    'The server is licensed under the MIT license.',
    'Version 1 is licensed under the MIT license.',
  ])('is all that the only text is for: %s', (line) => {
    expect(recognise(`${line}\n\n${MIT}`)).toMatchObject({
      licenses: [],
      differences: ['it speaks only of a part of the files'],
    })
  })

  test('is what a pointer speaks of', () => {
    expect(recognise('Version 1 is licensed under the MIT license.')).toMatchObject({
      differences: ['it speaks only of a part of the files'],
    })
    expect(recognise('Version 1 is licensed under the MIT license.')).not.toHaveProperty('mentions')
    expect(recognise('This client is licensed under the MIT license.').mentions).toEqual(['MIT'])
  })

  test.each([
    'Fonts Copyright (c) 2020 Monotype. All rights reserved.',
    'Logo and icons Copyright (c) Acme Inc. All rights reserved.',
    'Logo: All rights reserved.',
    'All Rights Reserved for Acme Fonts',
  ])('is reserved: %s', (line) => {
    expect(accepted(`${MIT}\n\n${line}`)).toEqual([])
  })

  test('has a holder of its own, who reserves what every licence reserves', () => {
    const line = 'Portions copyright (c) 2020 Oracle. All rights reserved.'
    expect(accepted(`${MIT}\n\n${line}`)).toEqual([['MIT']])
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
    'MIT License as of January 1, 2028',
    'Licensed under the MIT license as of 2027.',
    'From 2027: MIT License',
    'Modified MIT License',
    'MIT License (modified)',
    'This project is licensed under a modified MIT license.',
    'MIT-style license',
    'MIT License 99€',
    'MIT License (10 CHF)',
    'MIT License 99$',
    'You may use this plugin with this library under the MIT license.',
  ])('%s', (line) => {
    expect(accepted(`${line}\n\n${MIT}`)).toEqual([])
    expect(accepted(`${MIT}\n\n${line}`)).toEqual([])
  })

  test('says what it is a changed form of, if that is its name', () => {
    expect(accepted(`Modified BSD License\n\n${BSD}`)).toEqual([['BSD-3-Clause']])
    expect(recognise('Modified BSD License')).toMatchObject({ families: ['bsd'] })
    expect(accepted(`Original work Copyright 2020 Zoe\nModified work Copyright 2021 Anna\n\n${MIT}`)).toEqual(
      [['MIT']],
    )
    expect(
      recognise('This project is licensed under a modified version of the Apache License 2.0.').mentions,
    ).toBeUndefined()
  })

  test('that is all, and reserves all, grants nothing', () => {
    expect(recognise('Copyright (c) 2024 Acme Inc. All rights reserved.')).toEqual({
      licenses: [],
      choice: false,
      differences: ['it reserves all rights, and grants none'],
    })
    expect(recognise('Copyright (c) 2024 Acme Inc.')).toMatchObject({ mentions: [] })
    expect(recognise('MIT License. Copyright (c) 2024 Acme Inc. All rights reserved.').mentions).toEqual([
      'MIT',
    ])
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

describe('in the place of a holder', () => {
  test.each([
    'Acme. Text and Data Mining Rights Reserved.',
    'Acme. All Rights Reserved, Including AI Training.',
    'Acme. Hosting Rights Reserved',
    'Acme. Source Available.',
    'Acme (SSPLv1)',
    'Acme, ELv2',
    'Acme, BUSLv1.1',
    'Acme, EUPLv1.2',
    'Acme. Vertraulich.',
    'Acme. Confidentiel.',
    'アクメ 社外秘',
    'Акме, конфиденциально',
    'Acme https://commonsclause.com',
  ])('%s', (holder) => {
    expect(accepted(MIT.replace('Zoe Quandt', holder))).toEqual([])
  })

  test.each(['Evil Martians', '久保 太郎', 'Acme. All rights reserved', 'Acme 日本機械'])(
    '%s is one',
    (holder) => {
      expect(accepted(MIT.replace('Zoe Quandt', holder))).toEqual([['MIT']])
    },
  )
})

test('CC0 has a page of its own, and that of another licence of Creative Commons is another one', () => {
  const cc0 = spdxText('CC0-1.0')
  expect(accepted(`${cc0}\n\nhttps://creativecommons.org/publicdomain/zero/1.0/`)).toEqual([['CC0-1.0']])
  expect(accepted(`${cc0}\n\nhttps://creativecommons.org/licenses/by-nc/4.0/`)).toEqual([])
  expect(accepted(`${cc0}\n\nLogo: https://creativecommons.org/licenses/by-nc-nd/4.0/`)).toEqual([])
})

test('a GPL without a version that is open is a family', () => {
  expect(recognise('GPLv2')).toMatchObject({ mentions: [], families: ['gplv2'] })
  expect(recognise('AGPLv3')).toMatchObject({ mentions: [], families: ['agplv3'] })
})

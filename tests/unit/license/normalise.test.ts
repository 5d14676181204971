import { parseExpression } from '#license/expression'
import { normaliseLicense } from '#license/normalise'
import { SPELLING_GROUPS } from '#license/spellings'
import type { LicenseField } from '#model/inventory'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import cases from '../../../fixtures/licenses/hard-licenses.json' with { type: 'json' }

/** The licence, or the reason in angle brackets. */
function outcome(field: LicenseField): string {
  const result = normaliseLicense(field)
  return 'license' in result ? result.license : `<${result.reason}>`
}

function fields(key: string | null, field: unknown): LicenseField {
  if (key === 'both') return typeof field === 'object' && field !== null ? field : {}
  return key === null ? {} : { [key]: field }
}

describe('normaliseLicense reads text', () => {
  test.each([
    ['MIT', 'MIT'],
    [' MIT ', 'MIT'],
    ['(MIT)', 'MIT'],
    ['(MIT or Apache-2.0)', 'MIT OR Apache-2.0'],
    ['mit', 'MIT'],
    [' MIT License ', 'MIT'],
    ['  MIT License   ', 'MIT'],
    ['MIT/X11', 'MIT'],
    ['X11', 'X11'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['Unlicense', 'Unlicense'],
    ['LicenseRef-acme', 'LicenseRef-acme'],
    ['GPL-2.0', 'GPL-2.0'],
    ['GPLv3+', 'GPL-3.0-or-later'],
    ['', '<absent>'],
    ['  ', '<absent>'],
    ['\n', '<absent>'],
    ['NONE', '<absent>'],
    ['NOASSERTION', '<absent>'],
    ['UNLICENSED', '<unlicensed>'],
    ['unlicensed', '<unlicensed>'],
    ['UNLICENSE', '<ambiguous>'],
    ['SEE LICENSE IN LICENSE.md', '<see-file>'],
    ['See license in ../../x', '<see-file>'],
    ['https://example.com/license', '<url>'],
    ['www.example.com/MIT', '<url>'],
    ['BSD', '<ambiguous>'],
    ['BSD*', '<ambiguous>'],
    ['BSD-style', '<ambiguous>'],
    ['GPL', '<ambiguous>'],
    ['GPLv2', '<ambiguous>'],
    ['GPL-3', '<ambiguous>'],
    ['GPL v2.0', '<ambiguous>'],
    ['GNU GPL v3', '<ambiguous>'],
    ['GNU General Public License v2', '<ambiguous>'],
    ['LGPL', '<ambiguous>'],
    ['LGPLv3', '<ambiguous>'],
    ['AGPL', '<ambiguous>'],
    ['BSL', '<ambiguous>'],
    ['Apache', '<ambiguous>'],
    ['Public Domain', '<ambiguous>'],
    ['MIT*', '<ambiguous>'],
    ['MIT-style', '<ambiguous>'],
    ['PSF', '<ambiguous>'],
    ['Dual licensed', '<ambiguous>'],
    ['MIT/Apache-2.0', '<not-spdx>'],
    ['MIT, ISC', '<not-spdx>'],
    ['Not MIT', '<not-spdx>'],
    ['MIT-style, non-commercial', '<not-spdx>'],
    ['not unlicensed', '<not-spdx>'],
    ['unlicensed for you', '<not-spdx>'],
    ['MIT, see https://example.com', '<not-spdx>'],
    ['Apache-2.0 with Commons Clause', '<not-spdx>'],
    ['MIT OR proprietary', '<not-spdx>'],
    ['MIT WITH AdditionRef-foo', '<not-spdx>'],
    ['commercial', '<not-spdx>'],
    ['MIT\n', '<not-spdx>'],
    ['\ufeffMIT', '<not-spdx>'],
    ['\u041cIT', '<not-spdx>'],
    ['ＭＩＴ', '<not-spdx>'],
    ['M\u200bIT', '<not-spdx>'],
    ['mit license', '<not-spdx>'],
    ['x'.repeat(1001), '<too-complex>'],
    ['MIT '.repeat(1 << 20), '<too-complex>'],
  ])('%j', (license, expected) => {
    expect(outcome({ license })).toBe(expected)
  })

  test('every spelling of the closed table, and none with one letter more', () => {
    for (const { id, spellings } of SPELLING_GROUPS) {
      for (const spelling of spellings) {
        expect(outcome({ license: spelling })).toBe(id)
        expect(outcome({ license: `Not ${spelling}` })).toMatch(/^</)
        expect(outcome({ license: `${spelling}?` })).toMatch(/^</)
      }
    }
  })
})

describe('normaliseLicense reads shapes', () => {
  test.each<[unknown, string]>([
    [undefined, '<absent>'],
    [null, '<absent>'],
    [[], '<absent>'],
    [true, '<malformed>'],
    [false, '<malformed>'],
    [0, '<malformed>'],
    [42, '<malformed>'],
    [{}, '<malformed>'],
    [{ type: { type: 'MIT' } }, '<malformed>'],
    [{ type: ['MIT'] }, '<malformed>'],
    [{ toString: 'MIT' }, '<malformed>'],
    [JSON.parse('{"__proto__": {"type": "MIT"}}'), '<malformed>'],
    [Object.create({ type: 'MIT' }), '<malformed>'],
    [[['MIT']], '<malformed>'],
    [[null], '<malformed>'],
    [{ url: 'https://example.com' }, '<url>'],
    [{ type: 'MIT' }, 'MIT'],
    [{ type: 'MIT', url: 'https://example.com' }, 'MIT'],
    [{ type: 'BSD', url: 'https://example.com' }, '<ambiguous>'],
    [{ type: 'MIT', name: 'GPL-3.0' }, '<contradictory>'],
    [{ type: 'MIT', url: 'https://www.gnu.org/licenses/agpl-3.0.html' }, '<contradictory>'],
    [{ type: 'MIT', url: 'http://www.gnu.org/licenses/lgpl.html' }, '<contradictory>'],
    [{ type: 'MIT', url: 'https://opensource.org/licenses/GPL-3.0' }, '<contradictory>'],
    [{ type: 'MIT', url: 'https://creativecommons.org/licenses/by-nc/4.0/' }, '<contradictory>'],
    [{ type: 'MIT', url: 'http://opensource.org/licenses/MIT' }, 'MIT'],
    [{ type: 'MIT', url: 'http://www.opensource.org/licenses/mit-license.php' }, 'MIT'],
    [{ type: 'MIT', url: 'https://github.com/mozilla/acme/blob/master/LICENSE' }, 'MIT'],
    [
      { type: '(MIT OR GPL-3.0-only)', url: 'https://www.gnu.org/licenses/gpl-3.0.html' },
      'MIT OR GPL-3.0-only',
    ],
    [{ type: 'BSD', url: 'https://www.gnu.org/licenses/gpl.html' }, '<ambiguous>'],
    [{ type: 'GPL-2.0+', url: 'https://www.gnu.org/licenses/gpl-2.0.html' }, 'GPL-2.0+'],
    [
      { type: 'LGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/lgpl-3.0.en.html' },
      'LGPL-3.0-or-later',
    ],
    [{ type: 'MIT', license: 'MIT' }, '<contradictory>'],
    [{ type: 'BSD', license: 'GPL-3.0-only' }, '<contradictory>'],
    [[{ type: 'MIT', license: 'GPL-3.0-only' }], '<contradictory>'],
    [['MIT', { type: 'MIT', license: 'GPL-3.0-only' }], '<legacy-array>'],
    [['MIT'], 'MIT'],
    [[{ type: 'Apache 2.0' }], 'Apache-2.0'],
    [['MIT', 'MIT License', { type: 'mit' }], 'MIT'],
    [['MIT', 'GPL-3.0-only'], '<legacy-array>'],
    [['MIT', 'MIT', 'GPL-3.0-only'], '<legacy-array>'],
    [{ type: 'MIT', url: 'https://example.com', distribution: 'repo' }, 'MIT'],
    [Array.from({ length: 200 }, () => 'MIT'), 'MIT'],
    [['MIT', null], '<legacy-array>'],
    [['BSD', 'BSD'], '<legacy-array>'],
    [Array.from({ length: 201 }, () => 'MIT'), '<too-complex>'],
  ])('%#: %j in either field', (value, expected) => {
    expect(outcome({ license: value })).toBe(expected)
    expect(outcome({ licenses: value })).toBe(expected)
  })

  test('a value 50,000 deep', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
    expect(outcome({ license: deep })).toBe('<malformed>')
    expect(outcome({ license: { type: deep } })).toBe('<malformed>')
    expect(outcome({ licenses: [{ type: deep }, 'MIT'] })).toBe('<legacy-array>')
    expect(outcome({ license: deep, licenses: deep })).toBe('<contradictory>')
  })

  test.each<[LicenseField, string]>([
    [{}, '<absent>'],
    [{ license: 'MIT', licenses: [{ type: 'MIT' }] }, 'MIT'],
    [{ license: 'MIT', licenses: [] }, 'MIT'],
    [{ license: 'MIT', licenses: null }, 'MIT'],
    [{ license: '', licenses: ['MIT'] }, 'MIT'],
    [{ license: null, licenses: ['MIT'] }, 'MIT'],
    [{ license: 'MIT', licenses: 'mit' }, 'MIT'],
    [{ license: 'MIT', licenses: ['GPL-3.0-only'] }, '<contradictory>'],
    [{ license: 'MIT', licenses: 'GPL-3.0-only' }, '<contradictory>'],
    [{ license: 'MIT', licenses: ['SEE LICENSE IN x'] }, '<contradictory>'],
    [{ license: 'MIT', licenses: ['MIT', 'GPL-3.0-only'] }, '<contradictory>'],
    [{ license: 'BSD', licenses: ['MIT'] }, '<contradictory>'],
    [{ license: 'BSD', licenses: [{ type: 'GPL-3.0-only' }] }, '<contradictory>'],
    [{ license: 'BSD', licenses: ['BSD-4-Clause'] }, '<contradictory>'],
    [{ license: 'BSD', licenses: ['GPL'] }, '<contradictory>'],
    [{ license: 'BSD', licenses: ['BSD', 'BSD'] }, '<contradictory>'],
    [{ license: 'BSD', licenses: [{ type: 'BSD', license: 'GPL' }] }, '<contradictory>'],
    [{ license: 'BSD', licenses: [{ type: 'BSD', url: 'x' }] }, '<ambiguous>'],
    [{ license: ['MIT', 'BSD'], licenses: [{ type: 'MIT' }, 'BSD'] }, '<legacy-array>'],
    [{ license: ['MIT', 'BSD'], licenses: ['MIT', 'GPL'] }, '<contradictory>'],
    [{ license: ['MIT', {}], licenses: ['MIT', {}] }, '<contradictory>'],
    [{ license: 'UNLICENSED', licenses: ['UNLICENSED'] }, '<unlicensed>'],
    [{ license: 'UNLICENSED', licenses: ['MIT'] }, '<contradictory>'],
    [{ license: 'NONE', licenses: ['MIT'] }, '<contradictory>'],
    [fields('both', JSON.parse('{"__proto__": {"license": "MIT"}}')), '<absent>'],
    [fields('both', Object.create({ license: 'MIT' })), '<absent>'],
  ])('%j: %s', (field, expected) => {
    expect(outcome(field)).toBe(expected)
  })

  test('never throws, and never gives a licence that is no expression', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (license, licenses) => {
        const result = normaliseLicense({ license, licenses })
        if ('license' in result) expect(parseExpression(result.license).ok).toBe(true)
      }),
    )
  })
})

describe('normaliseLicense reads what is really published', () => {
  /** What each field means by itself; every other case of the fixture means nothing certain. */
  const CERTAIN: Record<string, string> = {
    'rgbcolor@1.0.1': 'MIT',
    '@pkgjs/parseargs@0.11.0': 'MIT',
    'js-convert-case@4.2.0': 'MIT',
    'convert-csv-to-json@2.44.0': 'ISC',
    'angular-split@0.2.6': 'MIT',
    'node-hid@3.1.0': 'MIT OR X11',
    'jqplot@1.0.9': 'ISC',
    'uri-js@4.4.1': 'BSD-2-Clause',
    'rimraf@2.2.8': 'MIT',
    'busboy@1.6.0': 'MIT',
    'limiter@1.1.5': 'MIT',
    'eyes@0.1.8': 'MIT',
    'mongodb@1.4.40': 'Apache-2.0',
    'optimist@0.6.1': 'MIT',
    'jschardet@3.1.2': 'LGPL-2.1+',
    'web3@1.10.4': 'LGPL-3.0',
    'ckeditor@4.12.1': 'GPL-2.0 OR LGPL-2.1 OR MPL-1.1',
    'jszip@3.10.1': 'MIT OR GPL-3.0-or-later',
    'amdefine@1.0.1': 'BSD-3-Clause OR MIT',
    'pako@1.0.11': 'MIT AND Zlib',
    '@fortawesome/fontawesome-free@6.6.0': 'CC-BY-4.0 AND OFL-1.1 AND MIT',
    'oracledb@6.6.0': 'Apache-2.0 OR UPL-1.0',
    'sanitize-filename@1.6.3': 'WTFPL OR ISC',
    '@img/sharp-libvips-linux-x64@1.0.4': 'LGPL-3.0-or-later',
    '@sentry/cli@3.0.0': 'FSL-1.1-MIT',
  }
  const REASONS: Record<string, string> = {
    'jslint@0.12.1': '<contradictory>',
    'react-use-storage@0.4.2': '<unlicensed>',
    'react-use-storage@0.5.1': '<ambiguous>',
    'highcharts@11.4.8': '<url>',
    '@sap/xssec@4.2.4': '<not-spdx>',
    'mapbox-gl@2.15.0': '<see-file>',
    'pause-stream@0.0.11': '<legacy-array>',
    'xmldom@0.1.27': '<contradictory>',
    'json-schema@0.2.3': '<legacy-array>',
    'buffers@0.1.1': '<absent>',
    'sntp@1.0.9': '<ambiguous>',
    'jsonify@0.0.1': '<ambiguous>',
  }

  test('the fixture is whole', () => {
    expect(cases).toHaveLength(74)
    const ids = cases.map(({ name, version }) => `${name}@${version}`)
    for (const id of [...Object.keys(CERTAIN), ...Object.keys(REASONS)]) expect(ids).toContain(id)
  })

  test.each(cases)('$name@$version', ({ name, version, field, field_key: key }) => {
    const id = `${name}@${version}`
    const result = outcome(fields(key, field))
    if (id in REASONS) expect(result).toBe(REASONS[id])
    else if (id in CERTAIN) expect(result).toBe(CERTAIN[id])
    else expect(result).toMatch(/^<[a-z-]+>$/)
  })
})

test.each([
  ['MIT OR SEE LICENSE IN FEEL-FREE.md', { license: 'MIT' }],
  ['MIT OR ISC OR SEE LICENSE IN TERMS', { license: 'MIT OR ISC' }],
  ['MIT AND ISC OR SEE LICENSE IN TERMS', { license: 'MIT AND ISC' }],
])('a choice that a file widens is the choice without it: %s', (license, expected) => {
  expect(normaliseLicense({ license })).toEqual(expected)
})

test.each([
  'MIT AND SEE LICENSE IN TERMS',
  'prose OR SEE LICENSE IN TERMS',
  'MIT OR SEE LICENSE IN TERMS AND ISC',
  'ISC AND (MIT OR SEE LICENSE IN TERMS)',
  ' OR SEE LICENSE IN TERMS',
])('and nothing else is: %j', (license) => {
  expect(normaliseLicense({ license })).not.toHaveProperty('license')
})

test('two lists say the same if they are as long', () => {
  const licenses = ['BSD', 'Apache']
  expect(normaliseLicense({ license: licenses, licenses })).toEqual({ reason: 'legacy-array' })
  expect(normaliseLicense({ license: licenses, licenses: [...licenses, 'GPL'] })).toEqual({
    reason: 'contradictory',
  })
})

/** What is said of packages that really changed their licence, by extracts of what the npm registry lists of them. */
import { expect, test } from 'vitest'
import { real } from './cases.ts'

interface Said {
  file: string
  version: string
  specs: string[]
  allow?: string[]
  license?: string
  message: string
  range: string
  first: string
}

const cases: Said[] = [
  {
    file: 'ua-parser-js',
    version: '1.0.40',
    specs: ['^1.0.2'],
    message: 'ua-parser-js 1.0.40 is MIT; 2.0.0 and later are AGPL-3.0-or-later, not allowed by the policy',
    range: '^1.0.40',
    first: '2.0.0',
  },
  {
    file: 'sentry-cli',
    version: '2.39.1',
    specs: ['^2.1.0'],
    message:
      '@sentry/cli 2.39.1 is BSD-3-Clause; the next npm update brings 2.58.6, which is FSL-1.1-MIT, not allowed by the policy',
    range: '>=2.39.1 <2.58.3',
    first: '2.58.3',
  },
  {
    file: 'husky',
    version: '4.3.8',
    specs: ['>=4 <6'],
    message:
      'husky 4.3.8 is MIT; the next npm update brings 5.2.0, which says "Parity-7.0.0 AND MIT WITH Patron-1.0.0", no licence by itself',
    range: '^4.3.8',
    first: '5.0.0',
  },
  {
    file: 'tinymce',
    version: '6.8.6',
    specs: ['^6'],
    message:
      'tinymce 6.8.6 is MIT; 7.0.0 is the first that is not, and 8.9.2 says "SEE LICENSE IN license.md", no licence by itself',
    range: '^6.8.6',
    first: '7.0.0',
  },
  {
    file: 'tinymce',
    version: '5.10.9',
    specs: ['^5', '5 - 6'],
    allow: ['LGPL-2.1-only', 'MIT'],
    message:
      'tinymce 5.10.9 is LGPL-2.1; 6.0.0 is the first that is not, and 8.9.2 says "SEE LICENSE IN license.md", no licence by itself',
    range: '^5.10.9',
    first: '6.0.0',
  },
  {
    // The field of both says the same; the file of 1.x is BSD-3-Clause, that of 2.0.0 and later is not.
    file: 'mapbox-gl',
    version: '1.13.3',
    specs: ['^1.0.0'],
    license: 'BSD-3-Clause',
    message:
      'mapbox-gl 1.13.3 is BSD-3-Clause; 2.0.0 is the first that is not, and 3.32.0 says "SEE LICENSE IN LICENSE.txt", no licence by itself',
    range: '^1.13.3',
    first: '2.0.0',
  },
  {
    file: 'handsontable',
    version: '0.23.0',
    specs: ['*'],
    message:
      'handsontable 0.23.0 is MIT; the next npm update brings 18.1.1, which says "SEE LICENSE IN LICENSE.txt", no licence by itself',
    range: '^0.23.0',
    first: '7.0.0',
  },
  {
    file: 'apollo-gateway',
    version: '0.54.1',
    specs: ['^0.54.0'],
    message:
      '@apollo/gateway 0.54.1 is MIT; 2.0.0 is the first that is not, and 2.14.4 is Elastic-2.0, not allowed by the policy',
    range: '^0.54.1',
    first: '2.0.0',
  },
  {
    file: 'directus',
    version: '10.13.4',
    specs: ['10.x'],
    allow: ['BUSL-1.1'],
    message:
      'directus 10.13.4 is BUSL-1.1; 12.0.2 is the first that is not, and 12.4.1 says "SEE LICENSE IN license", no licence by itself',
    range: '^10.13.4',
    first: '12.0.2',
  },
  {
    file: 'ckeditor4',
    version: '4.13.0',
    specs: ['^4.13.0'],
    allow: ['MPL-1.1'],
    message:
      'ckeditor4 4.13.0 is GPL-2.0 OR LGPL-2.1 OR MPL-1.1; the next npm update brings 4.25.2, which says "SEE LICENSE IN LICENSE.md", no licence by itself',
    range: '>=4.13.0 <4.24.0',
    first: '4.24.0',
  },
  {
    file: 'tinymce-tinymce-react',
    version: '1.0.0',
    specs: ['^1.0.0'],
    allow: ['Apache-2.0', 'MIT'],
    message: '@tinymce/tinymce-react 1.0.0 is Apache-2.0; 4.0.0 and later are MIT',
    range: '^1.0.0',
    first: '4.0.0',
  },
]

test.each(cases)('$file $version', ({ file, version, specs, allow, license, message, range, first }) => {
  const { outlook, findings } = real(file, version, specs, {
    ...(allow && { allow }),
    ...(license !== undefined && { license }),
  })
  expect(findings.map((finding) => finding.message)).toEqual([message])
  expect(findings[0]).toMatchObject({ rule: 'license-changing', severity: 'warn', verdict: 'pass' })
  expect(outlook?.entry).toMatchObject({ safeRange: range, firstRelicensed: first })
  expect(findings[0]?.fix).toContain(range)
})

test.each([
  ['core-js', '2.6.12', ['^2']],
  // 5.x was something else, but no update leads there: 9.1.7 is MIT again.
  ['husky', '4.3.8', ['^4.0.0']],
  ['ua-parser-js', '2.0.0', ['*'], { allow: ['AGPL-3.0-or-later'] }],
  ['ua-parser-js', '2.0.10', ['*'], { allow: ['AGPL-3.0-or-later'] }],
] as [string, string, string[], { allow?: string[] }?][])('%s %s: nothing to say', (...said) => {
  expect(real(...said)).toEqual({ outlook: undefined, findings: [] })
})

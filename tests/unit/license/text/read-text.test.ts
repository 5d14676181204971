import { describe, expect, test } from 'vitest'
import { readText } from '#license/text/read-text'
import { INDEX, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT')
const ISC = spdxText('ISC')
const MIT_READ = { licenses: [['MIT']], choice: false, differences: [] }

test('a file of the package speaks for it, and below a heading for others', () => {
  expect(readText(MIT, 'package', INDEX)).toStrictEqual({ own: MIT_READ })
  expect(readText(`${MIT}\n\n# Third-party licenses\n\n${ISC}`, 'package', INDEX)).toStrictEqual({
    own: MIT_READ,
    bundled: [['ISC']],
  })
  expect(readText(`${MIT}\n\n# Third-party licenses\n\nnone`, 'package', INDEX)).toStrictEqual({
    own: MIT_READ,
    bundled: [],
  })
})

test('a file about others says nothing of the package', () => {
  expect(readText(`${MIT}\n${ISC}`, 'bundled', INDEX)).toStrictEqual({
    bundled: expect.arrayContaining([['MIT'], ['ISC']]) as string[][],
  })
})

function ofPart(text: string) {
  return readText(`# Zoe\n## Icons\n### License\n${text}\n## More\nISC`, 'readme', INDEX)
}

test('a README speaks below its heading', () => {
  expect(readText(`# Zoe\nnot for sale\n## License\n${MIT}`, 'readme', INDEX)).toStrictEqual({
    own: MIT_READ,
  })
  expect(readText(`# Zoe\n${MIT}`, 'readme', INDEX)).toStrictEqual({})
  // What it says of a part grants nothing, and may contradict.
  expect(ofPart('Licensed under MIT or GPL')).toStrictEqual({ named: { ids: ['MIT'], families: ['gpl'] } })
  expect(ofPart(MIT)).toStrictEqual({ named: { ids: ['MIT'], families: [] } })
  expect(ofPart('not for sale')).toStrictEqual({})
  expect(readText(`# Zoe\nnot for sale\n## License\n${MIT}`, 'package', INDEX).own?.licenses).toEqual([])
})

test.each([
  ['marks without a word', `## License\n<!-- -->\n${MIT}\n<!-- /License -->`],
  ['the text of what is named', `## License\nMIT\n\`\`\`\n${MIT}\n\`\`\``],
])('code and comments in the section of a README may say the same: %s', (_, readme) => {
  const { licenses, mentions = [] } = readText(readme, 'readme', INDEX).own ?? { licenses: [] }
  expect([...licenses.flat(), ...mentions]).toEqual(['MIT'])
})

test.each([
  ['a comment that takes back', '## License\nMIT\n<!-- not for companies -->'],
  ['code that takes back', '## License\nMIT\n```\nnot for companies\n```'],
  ['code with another licence', '## License\nMIT\n```\nGPL-3.0-only\n```'],
  ['a comment that grants alone', '## License\n<!-- MIT -->'],
  ['code that grants alone', '## License\n```\nMIT\n```'],
  ['a limit in what may be code', '## License\nMIT\n## Use\n    ```\n## Restrictions\nnot for companies'],
])('what a README shows stands alone: %s', (_, readme) => {
  const { licenses, mentions, differences } = readText(readme, 'readme', INDEX).own ?? {}
  expect([licenses, mentions]).toEqual([[], undefined])
  expect(differences?.[0]).toMatch('code blocks or comments')
})

test('a README whose licence stands only in examples says nothing', () => {
  expect(readText(`# Zoe\n\`\`\`\n## License\n${MIT}\n\`\`\``, 'readme', INDEX)).toStrictEqual({})
})

test('what comes back to the package below a heading about others is held against it', () => {
  for (const rest of [
    'The above grant excludes companies.',
    `Acme itself is under the GPL-3.0-only:\n${ISC}`,
  ]) {
    const { own, bundled } = readText(`${MIT}\n\nThird-party software\n\n${rest}`, 'package', INDEX)
    expect([own?.licenses, bundled]).toEqual([[], undefined])
  }
})

test.each([
  'is hereby \u00ACgranted',
  'is hereby \u274C granted',
  '~is hereby granted~',
  '[ ] is hereby granted',
])('a sign in a known text makes it unknown: %s', (sign) => {
  const text = MIT.replace('is hereby granted', sign)
  expect(readText(text, 'package', INDEX).own?.licenses).toEqual([])
  expect(text).not.toBe(MIT)
})

test.each([
  ['// MIT licensed', { named: { ids: ['MIT'], families: [] } }],
  ['// GPL licensed', { named: { ids: [], families: ['gpl'] } }],
  ['// MIT and GPL licensed', { named: { ids: ['MIT'], families: ['gpl'] } }],
  [`// Zoe\ncode()\n/*\n${MIT}*/`, {}],
  ['// nothing', {}],
])('of a script only what its opening comment names: %s', (source, expected) => {
  expect(readText(source, 'header', INDEX)).toStrictEqual(expected)
})

function withOthers(rest: string) {
  return readText(`${MIT}\n\n## Third-party licenses\n\n${rest}`, 'package', INDEX)
}

describe('below the heading about others', () => {
  test.each([
    'lodash - MIT\n\n## Commercial use\n\nUsing this library in a commercial product requires a paid license.',
    'See NOTICE.\n\n## Restrictions\n\nYou may not use this software to provide a hosted service.',
    'The fonts in this package are proprietary.',
    'Acme cannot be deployed.',
    'Acme must\u200b not be deployed.',
  ])('a limit may be that of the package: %j', (rest) => {
    expect(withOthers(rest).own?.licenses).toEqual([])
  })

  test('the difference says where it is', () => {
    expect(withOthers('lodash - MIT\n\nAcme must not be deployed.').own?.differences).toEqual([
      'below the heading about others: "acme must not be deployed"',
    ])
  })

  test('licences have such words, as often as they are listed', () => {
    const list = ['a', 'b', 'c'].map((name) => `### ${name}\n\n${MIT}`).join('\n\n')
    expect(withOthers(list)).toEqual({ own: MIT_READ, bundled: [['MIT']] })
    expect(withOthers(`${list}\n\nNever sell copies of the Software.`).own?.licenses).toEqual([])
  })
})

test('a comment that says what is shown takes nothing away', () => {
  const own = { licenses: [], choice: false, mentions: ['MIT'], differences: [] }
  expect(readText('License: MIT\n<!-- License: MIT -->', 'package', INDEX)).toEqual({ own })
  expect(readText('License: MIT\n<!-- License: ISC -->', 'package', INDEX)).toEqual({
    own: {
      licenses: [],
      choice: false,
      differences: ['its code blocks or comments say something other than the rest'],
    },
  })
})

test('comments of a licence file are no licence, its code blocks are', () => {
  expect(readText(`Copyright 2020 Zoe\n\n<!-- ${MIT} -->`, 'package', INDEX).own?.licenses).toEqual([])
  expect(readText(`${MIT}\n<!-- not for sale -->`, 'package', INDEX).own?.licenses).toEqual([])
  expect(readText(`${MIT}\n<!-- MIT -->`, 'package', INDEX).own).toEqual(MIT_READ)
  expect(readText(`\`\`\`\n${MIT}\n\`\`\``, 'package', INDEX).own).toEqual(MIT_READ)
})

function hints(text: string) {
  return readText(`# Zoe\n\n${text}`, 'readme', INDEX).named
}

describe('a README that is not understood as a whole gives hints', () => {
  test.each([
    [
      'This project is licensed under the GNU General Public License v3.0 - see the LICENSE.md file for details.',
      ['gnu'],
    ],
    ['The code is licensed under GPL-3.0-only. Copyright (c) 2020 Zoe Quandt, who likes tea', []],
    ['Free for you, under the Business Source License 1.1', ['busl']],
    ['Creative Commons Attribution-NonCommercial 4.0 International License', ['creativecommons']],
    ['Whatever [this](https://www.gnu.org/licenses/agpl-3.0.html) says', ['agpl-3.0']],
  ])('%s', (text, families) => {
    expect(hints(`## License\n\n${text}`)?.families).toEqual(families)
  })

  test.each([
    '## 📝 License',
    '## Copyright and License',
    '## License Information',
    '## [License](#license)',
    '## 7. License',
    '**License**',
    '<h2>License</h2>',
    'License\n-------',
  ])('below %j', (heading) => {
    expect(
      readText(`# Zoe\n\n${heading}\n\nGPL-3.0-only, as you like it`, 'readme', INDEX).named?.ids,
    ).toEqual(['GPL-3.0-only'])
  })

  test('in the heading itself, and in no heading about others', () => {
    expect(hints('## License (GPL)\n\nAs you like it')?.families).toEqual(['gpl'])
    expect(hints('## Third-party licenses\n\nGPL-3.0-only, as you like it')).toBeUndefined()
    expect(hints('## How to tell which license a package of yours is under\n\nGPL-3.0-only')).toBeUndefined()
  })

  test('none where the section says it', () => {
    expect(readText('# Zoe\n\n## License\n\nMIT, as you like it', 'readme', INDEX).named).toBeDefined()
    expect(
      readText('# Zoe\n\n## License\n\nMIT\n\n## Icons\n\n### License\n\nGPL', 'readme', INDEX).named,
    ).toBeUndefined()
  })
})

import { expect, test } from 'vitest'
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

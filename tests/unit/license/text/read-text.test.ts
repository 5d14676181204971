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

test('a README speaks below its heading', () => {
  expect(readText(`# Zoe\nnot for sale\n## License\n${MIT}`, 'readme', INDEX)).toStrictEqual({
    own: MIT_READ,
  })
  expect(readText(`# Zoe\n${MIT}`, 'readme', INDEX)).toStrictEqual({})
  expect(readText(`# Zoe\nnot for sale\n## License\n${MIT}`, 'package', INDEX).own?.licenses).toEqual([])
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

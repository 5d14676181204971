import { covers, currentSpelling, leafMeaning } from '#license/leaf-meaning'
import { LICENSE_IDS } from '#license/license-list'
import { describe, expect, test } from 'vitest'
import { leafOf } from './expressions.ts'

const meaning = (text: string) => leafMeaning(leafOf(text))

describe('covers, our own rule without the second opinion', () => {
  test.each([
    ['GPL-2.0-or-later', 'GPL-3.0-only', true],
    ['GPL-2.0-or-later', 'GPL-3.0-only WITH GCC-exception-3.1', false],
    ['GPL-2.0-or-later WITH GCC-exception-3.1', 'GPL-3.0-only WITH GCC-exception-3.1', false],
    ['GPL-2.0-or-later WITH GCC-exception-3.1', 'GPL-3.0-only', false],
    ['GPL-3.0-or-later', 'GPL-2.0-only', false],
    ['GPL-2.0-only', 'GPL-2.0-or-later', false],
    ['EUPL-1.1+', 'EUPL-1.2', true],
    ['OLDAP-2.0.1+', 'OLDAP-2.0', false],
    ['OLDAP-2.0+', 'OLDAP-2.0.1', true],
    ['MIT+', 'MIT-0', false],
    ['MIT+', 'ISC', false],
    ['GFDL-1.1-or-later', 'GFDL-1.1-invariants-only', false],
    ['AGPL-1.0', 'AGPL-3.0-only', false],
  ])('%s, %s: %s', (allowed, leaf, expected) => {
    expect(covers(meaning(allowed), meaning(leaf))).toBe(expected)
  })

  test('an id that is not open covers no other id of the list, the replaced GNU ids apart', () => {
    const meanings = [...LICENSE_IDS].map((id) => ({
      id,
      read: leafMeaning({ type: 'leaf', id, plus: false }),
    }))
    const pairs: string[] = []
    for (const allowed of meanings) {
      if (allowed.read.open) continue
      for (const leaf of meanings) {
        if (leaf.id !== allowed.id && covers(allowed.read, leaf.read)) pairs.push(`${allowed.id} ${leaf.id}`)
      }
    }
    // AGPL 1.0 and 3.0, GFDL 1.1 to 1.3, GPL 1.0 to 3.0, LGPL 2.0 to 3.0: each old id and its -only, both ways
    expect(pairs).toHaveLength(2 * (2 + 3 + 3 + 3))
    for (const pair of pairs) {
      const [one = '', other = ''] = pair.split(' ').toSorted((a, b) => a.length - b.length)
      expect(other).toBe(`${one}-only`)
    }
  })
})

test.each([
  ['GPL-12.34-only', [12, 34]],
  ['OLDAP-10.11.12', [10, 11, 12]],
  ['Any-10', [10]],
  ['MIT', []],
])('%s is version %j of its family', (id, version) => {
  expect(leafMeaning({ type: 'leaf', id, plus: false }).version).toEqual(version)
})

describe('currentSpelling', () => {
  test.each([
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0+', 'GPL-2.0-or-later'],
    ['LGPL-2.1-or-later', 'LGPL-2.1-or-later'],
    ['GPL-2.0 WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['Apache-2.0+', 'Apache-2.0+'],
    ['LicenseRef-GPL-2.0', 'LicenseRef-GPL-2.0'],
  ])('%s is %s', (text, current) => {
    expect(currentSpelling(leafOf(text))).toBe(current)
    expect(leafMeaning(leafOf(current)).key).toBe(meaning(text).key)
  })
})

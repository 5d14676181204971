import { createAllowSet } from '#license/allow-set'
import { LICENSE_IDS } from '#license/license-list'
import satisfies from 'spdx-satisfies'
import { describe, expect, test } from 'vitest'
import { leafOf } from './expressions.ts'

function isCovered(leaf: string, entry: string): boolean {
  return createAllowSet([entry], '').cover(leafOf(leaf)) !== undefined
}

/** Written apart from the product: the deprecated GNU ids and what they mean. */
const SAME = new Map(
  ['AGPL-1.0', 'AGPL-3.0', 'GFDL-1.1', 'GFDL-1.2', 'GFDL-1.3', 'GPL-1.0', 'GPL-2.0', 'GPL-3.0']
    .concat(['LGPL-2.0', 'LGPL-2.1', 'LGPL-3.0'])
    .map((id) => [id, `${id}-only`]),
)
const current = (id: string): string => SAME.get(id) ?? id

describe('createAllowSet', () => {
  test.each([
    ['AGPL-3.0-only', 'AGPL-1.0'],
    ['LGPL-3.0-only', 'LGPL-2.1'],
    ['CDDL-1.1', 'CDDL-1.0'],
  ])('refuses %s for [%s], which spdx-satisfies passes', (leaf, entry) => {
    expect(satisfies(leaf, [entry])).toBe(true)
    expect(isCovered(leaf, entry)).toBe(false)
  })

  test('without or-later an entry covers its own id only: every id of eight characters against the whole list', () => {
    const eight = [...LICENSE_IDS].filter((id) => id.length === 8)
    expect(eight.length).toBeGreaterThan(50)
    for (const entry of eight) {
      const set = createAllowSet([entry], '')
      for (const id of LICENSE_IDS) {
        const meant = current(id) === current(entry)
        expect(set.cover(leafOf(id)) !== undefined, `${id} for [${entry}]`).toBe(meant)
      }
    }
  })

  test('with the whole list in one set every id is covered by itself, also as the second opinion sees it', () => {
    const set = createAllowSet([...LICENSE_IDS], '')
    for (const id of LICENSE_IDS) expect(set.cover(leafOf(id))).toBe(id)
  })

  test.each([
    // leaf, entry, covered
    ['GPL-2.0', 'GPL-2.0-only', true],
    ['GPL-2.0-only', 'GPL-2.0', true],
    ['GPL-2.0+', 'GPL-2.0-or-later', true],
    ['GPL-2.0-or-later', 'GPL-2.0+', true],
    ['LGPL-2.1+', 'LGPL-2.1-or-later', true],
    ['GPL-2.0-only', 'GPL-2.0-or-later', true],
    ['GPL-3.0-only', 'GPL-2.0-or-later', true],
    ['GPL-3.0-or-later', 'GPL-2.0-or-later', true],
    ['LGPL-2.1-only', 'LGPL-2.0-or-later', true],
    ['GPL-2.0-only', 'GPL-3.0-or-later', false],
    ['GPL-2.0-or-later', 'GPL-3.0-or-later', false],
    ['GPL-2.0-or-later', 'GPL-2.0-only', false],
    ['GPL-2.0+', 'GPL-2.0', false],
    ['LGPL-3.0-only', 'GPL-2.0-or-later', false],
    ['AGPL-3.0-only', 'GPL-3.0-or-later', false],
    ['Apache-2.0', 'Apache-1.1+', true],
    ['Apache-1.0', 'Apache-1.1+', false],
    ['Apache-2.0+', 'Apache-1.1+', true],
    ['Apache-2.0+', 'Apache-2.0', false],
    ['Apache-2.0', 'Apache-2.0+', true],
    ['CC-BY-4.0', 'CC-BY-3.0+', true],
    ['CC-BY-NC-4.0', 'CC-BY-3.0+', false],
    ['MIT', 'MIT+', true],
    ['MIT-0', 'MIT+', false],
    // our own rule would say yes; spdx-satisfies does not know that EUPL-1.2 follows 1.1
    ['EUPL-1.2', 'EUPL-1.1+', false],
    // spdx-satisfies throws
    ['GFDL-1.1-invariants-only', 'GFDL-1.1-or-later', false],
    ['GFDL-1.1-invariants-only', 'GFDL-1.1-invariants-only', true],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0', true],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only', false],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'GPL-2.0-only WITH GCC-exception-2.0', false],
    ['GPL-3.0-only WITH GCC-exception-3.1', 'GPL-2.0-or-later WITH GCC-exception-3.1', false],
    ['GPL-3.0-only WITH GCC-exception-3.1', 'GPL-2.0-or-later', false],
    ['LicenseRef-a', 'LicenseRef-a', true],
    ['LicenseRef-a', 'LicenseRef-A', false],
    ['LicenseRef-a-1.1', 'LicenseRef-a-1.0', false],
    ['DocumentRef-x:LicenseRef-a', 'LicenseRef-a', false],
    // entries that are no single licence
    ['MIT', 'MIT OR ISC', false],
    ['MIT', 'mit', false],
    ['MIT', '', false],
    ['MIT', 'UNLICENSED', false],
  ])('%s for [%s]: %s', (leaf, entry, expected) => {
    expect(isCovered(leaf, entry)).toBe(expected)
  })
})

import { allowEntryProblem, exceptionEntryProblem, expressionProblem } from '#config/license-ids'
import { LICENSE_IDS } from '#license/license-list'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const GNU = /^(?:[AL]?GPL|GFDL)-\d+\.\d+$/

describe('an allow list takes', () => {
  test('every id of the SPDX list but the GNU ids that leave later versions open to guessing', () => {
    const refused = [...LICENSE_IDS].filter((id) => allowEntryProblem(id) !== undefined)
    expect(refused).toEqual([...LICENSE_IDS].filter((id) => GNU.test(id)))
    expect(refused).toHaveLength(11)
  })

  test.each(['GPL-2.0-only WITH Classpath-exception-2.0', 'Apache-1.1+', 'MPL-1.1+'])('%s', (text) => {
    expect(allowEntryProblem(text)).toBeUndefined()
  })
})

describe('an allow list refuses', () => {
  test.each([
    ['mit', 'Did you mean "MIT"?'],
    ['Apache 2.0', 'Did you mean "Apache-2.0"?'],
    ['apache-2.0', 'Did you mean "Apache-2.0"?'],
    ['Apache-2', 'Did you mean "Apache-2.0"?'],
    ['BSD', '"BSD-2-Clause", "BSD-3-Clause"?'],
    ['GPL', 'Did you mean "GPL-1.0-only", "GPL-2.0-only", "GPL-3.0-only", "GPL-1.0-or-later"?'],
    ['BSD-3-Claus', 'Did you mean "BSD-3-Clause"?'],
    ['ВSD-3-Clause', 'Write an id of the SPDX licence list'],
    ['SEE LICENSE IN LICENSE.md', 'Write an id of the SPDX licence list'],
    ['GPL-2.0', 'Write "GPL-2.0-only", "GPL-2.0-or-later" or both'],
    ['LGPL-2.1+', 'Write "LGPL-2.1-or-later".'],
    ['AGPL-3.0', 'Write "AGPL-3.0-only", "AGPL-3.0-or-later" or both'],
    ['GPL-2.0 WITH Classpath-exception-2.0', 'Write "GPL-2.0-only WITH Classpath-exception-2.0"'],
    ['MIT OR Apache-2.0', 'entries of their own: "MIT", "Apache-2.0"'],
    ['(MIT AND ISC) OR MIT', 'entries of their own: "MIT", "ISC"'],
    ['UNLICENSED', 'licenses.exceptions'],
    ['LicenseRef-Acme', 'licenses.exceptions'],
    ['DocumentRef-a:LicenseRef-b', 'licenses.exceptions'],
    ['MIT ', 'Write "MIT".'],
    ['(MIT)', 'Write "MIT".'],
    ['MIT WITH x', 'Write an id of the SPDX licence list'],
    ['GPL-2.0-only+', 'Did you mean "GPL-2.0-only"?'],
  ])('%s', (text, fix) => {
    expect(allowEntryProblem(text)?.fix).toContain(fix)
  })
})

test('an exception takes UNLICENSED and references too, and nothing else more', () => {
  expect(exceptionEntryProblem('UNLICENSED')).toBeUndefined()
  expect(exceptionEntryProblem('LicenseRef-Acme')).toBeUndefined()
  expect(exceptionEntryProblem('unlicensed')).toBeDefined()
  expect(exceptionEntryProblem('GPL-2.0')?.fix).toContain('"GPL-2.0-only"')
  expect(exceptionEntryProblem('MIT OR ISC')).toBeDefined()
})

test('a clarification takes expressions', () => {
  expect(expressionProblem('(MIT OR Apache-2.0) AND LicenseRef-x')).toBeUndefined()
  expect(expressionProblem('MIT OR')?.message).toContain('not an SPDX licence expression')
  expect(expressionProblem('Mit')?.fix).toBe('Did you mean "MIT"?')
  expect(expressionProblem('UNLICENSED')).toBeDefined()
})

test('an allow list takes nothing that is not letter for letter in the SPDX list', () => {
  const ids = [...LICENSE_IDS]
  const altered = fc
    .tuple(fc.constantFrom(...ids), fc.nat(), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }))
    .map(([id, at, character]) => {
      const index = at % id.length
      return id.slice(0, index) + character + id.slice(index + 1)
    })
  fc.assert(
    fc.property(fc.oneof(altered, fc.string(), fc.string({ unit: 'binary' })), (text) => {
      if (allowEntryProblem(text) === undefined) expect(LICENSE_IDS.has(text.replace(/\+$/, ''))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

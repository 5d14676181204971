import { familyFits } from '#license/named-family'
import { expect, test } from 'vitest'

test.each<[string, string[], boolean]>([
  ['BSD', ['BSD-2-Clause'], true],
  ['The new BSD licence', ['BSD-3-Clause'], true],
  ['BSD', ['BSD-2-Clause', 'BSD-3-Clause'], true],
  ['GNU General Public License (GPL), version 3', ['GPL-3.0-only', 'GPL-3.0-or-later'], true],
  // Of two ids one is no BSD.
  ['BSD', ['BSD-2-Clause', 'MIT'], false],
  ['BSD', ['MIT'], false],
  // 0BSD asks for nothing at all: nobody calls it BSD.
  ['BSD', ['0BSD'], false],
  ['BSD or MIT', ['MIT'], false],
  ['BSD MIT', ['BSD-2-Clause'], false],
  ['BSD, not for war', ['BSD-2-Clause'], false],
  ['the licence', ['MIT'], false],
  ['', ['MIT'], false],
  ['BSD', [], false],
])('%s, %j: %s', (words, ids, expected) => {
  expect(familyFits(words, ids)).toBe(expected)
})

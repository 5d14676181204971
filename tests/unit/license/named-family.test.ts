import { familyFits } from '#license/named-family'
import { expect, test } from 'vitest'

// First, because what is read of the list is kept from here on.
test('the id of another licence, in other letters, is that licence', () => {
  expect(familyFits('bsd 2  clause', ['BSD-2-Clause-Patent'])).toBe(false)
  expect(familyFits('gpl 2.0', ['GPL-2.0-or-later'])).toBe(false)
})

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
  // Neither has a family.
  ['the licence', ['0BSD'], false],
])('%s, %j: %s', (words, ids, expected) => {
  expect(familyFits(words, ids)).toBe(expected)
})

const GPL2 = ['GPL-2.0-only', 'GPL-2.0-or-later']
const GPL3 = ['GPL-3.0-only', 'GPL-3.0-or-later']
const LGPL21 = ['LGPL-2.1-only', 'LGPL-2.1-or-later']
const AGPL3 = ['AGPL-3.0-only', 'AGPL-3.0-or-later']

test.each<[string, string[]]>([
  ['BSD-like', ['BSD-3-Clause']],
  ['BSD style', ['BSD-3-Clause']],
  ['BSD*', ['BSD-3-Clause']],
  ['Modified BSD License', ['BSD-3-Clause']],
  ['BSD 3 clause', ['BSD-3-Clause']],
  ['bsd-2-clause', ['BSD-2-Clause']],
  ['3-clause bsd licence', ['BSD-3-Clause']],
  ['Apache', ['Apache-2.0']],
  ['apache license (version 2)', ['Apache-2.0']],
  ['APACHE V. 2.0', ['Apache-2.0']],
  ['the mit license', ['MIT']],
  ['MIT*', ['MIT']],
  ['mit 0', ['MIT-0']],
  ['GPL 2+', GPL2],
  ['gpl-2.0', GPL2],
  ['GPL v3', GPL3],
  ['GNU GPL, version 3.0', GPL3],
  ['GNU Affero GPL v3', AGPL3],
  ['GNU Affero GPL (AGPL), version 3', AGPL3],
  ['Lesser GPL', LGPL21],
  ['GNU Library GPL', ['LGPL-2.0-only', 'LGPL-2.0-or-later']],
  ['LGPL 2.1', LGPL21],
  ['MPL 2', ['MPL-2.0']],
  ['MPL 2.0.0', ['MPL-2.0']],
  ['MPL 2.00', ['MPL-2.0']],
  ['Sendmail 8.23', ['Sendmail-8.23']],
  ['Unicode 2015', ['Unicode-DFS-2015']],
  ['sil ofl 1.1', ['OFL-1.1', 'OFL-1.1-RFN']],
])('%s can mean %j', (words, ids) => {
  expect(familyFits(words, ids)).toBe(true)
})

test.each<[string, string[]]>([
  // Another number than that of the text, or one where the text has none.
  ['BSD 4 clause', ['BSD-3-Clause']],
  ['bsd-4-clause', ['BSD-3-Clause']],
  ['BSD 3', ['BSD-2-Clause', 'BSD-3-Clause']],
  ['Apache 1.1', ['Apache-2.0']],
  ['Apache 2.1', ['Apache-2.0']],
  ['Apache 20', ['Apache-2.0']],
  ['GPL v3', GPL2],
  ['GPL 2 or 3', GPL2],
  ['LGPL 3', LGPL21],
  ['LGPL 2', LGPL21],
  ['MPL 1.1', ['MPL-2.0']],
  ['EPL 1', ['EPL-2.0']],
  ['Python 2.1', ['Python-2.0.1']],
  ['mit 0', ['MIT']],
  ['MIT License, version 4', ['MIT']],
  ['MIT - 1', ['MIT']],
  ['GPL ２', GPL2],
  ['GPL ²', GPL2],
  // Another kind of GPL.
  ['GNU Affero GPL', GPL3],
  ['GNU Affero GPL v2', GPL2],
  ['GPL', AGPL3],
  ['Lesser GPL', GPL2],
  ['Lesser GPL', AGPL3],
  ['Lesser Affero GPL', AGPL3],
  ['Lesser MIT', ['MIT']],
  ['Lesser BSD', LGPL21],
  ['library', LGPL21],
  // Words and signs that the names of licences do not have.
  ['MIT 禁止商用', ['MIT']],
  ['MIT лицензия', ['MIT']],
  ['МIT', ['MIT']],
  ['!MIT', ['MIT']],
  ['MIT!', ['MIT']],
  ['! MIT', ['MIT']],
  ['¬MIT', ['MIT']],
  ['MIT ≠', ['MIT']],
  ['~MIT', ['MIT']],
  ['MIT > BSD', ['MIT']],
  ['MIT 🚫', ['MIT']],
  ['M\u200bIT MIT', ['MIT']],
  ['BSD\u0338', ['BSD-2-Clause']],
  // Only BSD texts are called new or modified: of others that is another licence.
  ['Modified MIT', ['MIT']],
  ['New MIT style', ['MIT']],
  ['MIT-like', ['MIT']],
  ['Apache-style', ['Apache-2.0']],
  ['MIT clause', ['MIT']],
  // The id of another licence, in other letters.
  [' mIt ', ['MIT-0']],
])('%s cannot mean %j', (words, ids) => {
  expect(familyFits(words, ids)).toBe(false)
})

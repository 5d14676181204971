import { expect, test } from 'vitest'
import { familyOf } from '#license/family'

const lists = {
  permissive: new Set(['MIT', 'BSD-3-Clause', 'Apache-2.0']),
  weakCopyleft: new Set(['MPL-2.0', 'LGPL-3.0-only']),
}

test.each([
  ['MIT', 'permissive'],
  ['MPL-2.0', 'weak-copyleft'],
  // SPDX has replaced it, packages still say it.
  ['LGPL-2.1', 'weak-copyleft'],
  ['GPL-2.0', 'copyleft'],
  ['AGPL-3.0-or-later', 'copyleft'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'copyleft'],
  ['SSPL-1.0', 'copyleft'],
  ['CC-BY-4.0', 'other'],
  ['LicenseRef-GPL-3.0', 'other'],
  ['BUSL-1.1', 'other'],
  ['LicenseRef-LGPL-2.1', 'other'],
  ['CECILL-2.1', 'copyleft'],
  ['CECILL-B', 'other'],
  ['MIT OR GPL-3.0-only', 'permissive'],
  ['MIT AND GPL-3.0-only', 'copyleft'],
  ['GPL-3.0-only AND MIT', 'copyleft'],
  ['GPL-3.0-only OR MPL-2.0', 'weak-copyleft'],
  ['MPL-2.0 OR GPL-3.0-only', 'weak-copyleft'],
  ['(MIT OR GPL-3.0-only) AND MPL-2.0', 'weak-copyleft'],
  ['BSD-3-Clause OR GPL-2.0', 'permissive'],
  ['GPL-3.0-only AND LicenseRef-x', 'other'],
  ['no expression', 'other'],
  ['', 'other'],
])('%s is %s', (license, family) => expect(familyOf(license, lists)).toBe(family))

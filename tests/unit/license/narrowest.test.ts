import { expect, test } from 'vitest'
import { narrowest } from '#license/narrowest'

test.each([
  [['GPL-3.0-or-later', 'GPL-3.0-only'], 'GPL-3.0-only'],
  [['GFDL-1.3', 'GFDL-1.3-only'], 'GFDL-1.3-only'],
  [['OFL-1.1-no-RFN', 'OFL-1.1-RFN', 'OFL-1.1'], 'OFL-1.1'],
  [['MIT'], 'MIT'],
  [['BB', 'AA'], 'AA'],
])('of %j it is %s, in any order', (ids, expected) => {
  expect(narrowest(ids)).toBe(expected)
  expect(narrowest(ids.toReversed())).toBe(expected)
})

import { expect, test } from 'vitest'
import { findingsOf, judged, outcomeOf } from './cases.ts'

const deprecated = { text: 'use\n\n  String.padStart', at: '2026-11-20T23:59:00.000Z' }

test.each([
  ['deny', 'deny violation'],
  ['warn', 'warn pass'],
  ['off', 'nothing'],
] as const)('%s: %s', (severity, expected) => {
  expect(outcomeOf('package-deprecated', judged({ deprecated }, { deprecated: severity }))).toBe(expected)
})

test('what nobody advises against is no finding', () => {
  expect(outcomeOf('package-deprecated', judged({}, { deprecated: 'deny' }))).toBe('nothing')
})

test("the author's words stand in one sentence, with the day on which they were obtained", () => {
  const [finding] = findingsOf('package-deprecated', judged({ deprecated }))
  expect(finding?.message).toBe('left-pad@1.3.0 is deprecated (as of 2026-11-20): use String.padStart')
})

test('long words are cut, and the fingerprint stays when words and time change', () => {
  const [short] = findingsOf('package-deprecated', judged({ deprecated }))
  const other = { text: 'x'.repeat(1000), at: '2027-01-01T00:00:00.000Z' }
  const [long] = findingsOf('package-deprecated', judged({ deprecated: other }))
  expect(long?.message.length).toBeLessThan(300)
  expect(long?.fingerprint).toBe(short?.fingerprint)
  const whole = { ...other, text: 'x'.repeat(200) }
  expect(findingsOf('package-deprecated', judged({ deprecated: whole }))[0]?.message).toMatch(/: x{200}$/)
})

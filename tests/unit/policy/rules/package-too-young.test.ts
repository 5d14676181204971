import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fail, ok } from '#model/outcome'
import { facts, fails, NOW } from '../samples.ts'
import { findingsOf, judged, outcomeOf } from './cases.ts'

const DAY = 86_400_000

test.each([
  ['exactly old enough', NOW - 3 * DAY, 'nothing'],
  ['a millisecond too young', NOW - 3 * DAY + 1, 'deny violation'],
  ['published in the future', NOW + DAY, 'deny violation'],
  ['old', 0, 'nothing'],
])('%s', (_, time, expected) => {
  const judgement = judged({ published: ok(time) }, { minimumAgeMs: 3 * DAY })
  expect(outcomeOf('package-too-young', judgement)).toBe(expected)
})

test('what is old enough has nothing said of it', () => {
  expect(judged({ published: ok(0) }, { minimumAgeMs: DAY }).findings).toEqual([])
})

test('the finding says when it was published, and when it will be old enough', () => {
  const [finding] = findingsOf(
    'package-too-young',
    judged({ published: ok(NOW - DAY) }, { minimumAgeMs: 3 * DAY }),
  )
  expect(finding).toMatchObject({
    message: 'left-pad@1.3.0 was published on 2026-11-20 12:00 UTC and is younger than 3 days',
    fix: 'Wait until 2026-11-23 12:00 UTC, or use an older version.',
  })
})

test.each([
  [36 * 3_600_000, '36 hours'],
  [DAY, '1 day'],
  [90_000, '90 seconds'],
])('a minimum of %d ms is called %s', (minimumAgeMs, words) => {
  const [finding] = findingsOf('package-too-young', judged({ published: ok(NOW) }, { minimumAgeMs }))
  expect(finding?.message).toContain(`younger than ${words}`)
})

test('without a minimum age nothing is said, whatever is known', () => {
  for (const published of [ok(NOW), ok<'none'>('none'), fail('timeout', 'late')]) {
    expect(outcomeOf('package-too-young', judged({ published }))).toBe('nothing')
  }
})

test('an age that nobody tells could not be checked', () => {
  const rules = { minimumAgeMs: DAY }
  const none = judged({ published: ok<'none'>('none') }, rules)
  expect(outcomeOf('package-too-young', none)).toBe('deny incomplete')
  expect(findingsOf('package-too-young', none)[0]?.message).toContain('does not say when it was published')
  expect(outcomeOf('package-too-young', judged({ published: fail('timeout', 'late') }, rules))).toBe(
    'deny incomplete',
  )
  expect(outcomeOf('package-too-young', judged({}, rules))).toBe('deny incomplete')
})

test('a registry that was not heard is told of once, and git packages have no age', () => {
  const rules = { minimumAgeMs: DAY }
  const unheard = judged({ claims: [fails('registry', 'timeout'), ...facts().claims.slice(1)] }, rules)
  expect(unheard.findings.map(({ rule }) => rule)).toEqual(['metadata-unavailable'])
  const git = { source: 'git' as const, claims: facts().claims.slice(1), expected: ['installed' as const] }
  expect(outcomeOf('package-too-young', judged(git, rules))).toBe('nothing')
})

test('no time at all makes it throw, and only times old enough pass', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.integer({ min: 1, max: 1e12 }), (time, minimumAgeMs) => {
      const { verdict } = judged({ published: ok(time) }, { minimumAgeMs })
      expect(verdict).toBe(time + minimumAgeMs <= NOW ? 'pass' : 'violation')
    }),
  )
})

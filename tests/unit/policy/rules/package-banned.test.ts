import { expect, test } from 'vitest'
import { ban, findingsOf, judged, outcomeOf } from './cases.ts'

test.each([
  ['left-pad', '1.3.0', 'deny violation'],
  ['left-pad@1.3.0', '1.3.0', 'deny violation'],
  ['left-pad@^1.0.0', '1.3.0-beta.1', 'deny violation'],
  ['left-pad@<1.3.0', '1.3.0', 'nothing'],
  ['right-pad', '1.3.0', 'nothing'],
  ['left-pad@<2', 'main', 'deny incomplete'],
  ['left-pad@<2', '', 'deny incomplete'],
  ['right-pad@<2', 'main', 'nothing'],
  ['left-pad', 'main', 'deny violation'],
])('%s and version %j: %s', (text, version, expected) => {
  expect(outcomeOf('package-banned', judged({ version }, { ban: [ban(text)] }))).toBe(expected)
})

test('without a ban that means the package there is nothing to say', () => {
  expect(judged({}, { ban: [ban('right-pad'), ban('left-pad@2')] }).findings).toEqual([])
  expect(judged({ version: 'main' }, { ban: [ban('right-pad@2')] }).findings).toEqual([])
})

test('a whole scope can be banned', () => {
  const judgement = judged({ id: '@evil/a@1.0.0', name: '@evil/a' }, { ban: [ban('@evil/*')] })
  expect(outcomeOf('package-banned', judgement)).toBe('deny violation')
})

test('the finding names reason, replacement, who brings it in, and the place of the ban', () => {
  const [finding] = findingsOf('package-banned', judged({}, { ban: [ban('left-pad', 'String.padStart')] }))
  expect(finding).toMatchObject({
    package: 'left-pad@1.3.0',
    message: 'left-pad@1.3.0 is banned: it was hijacked',
    fix: 'Use String.padStart instead. left-pad@1.3.0 is brought in by some-lib@2.1.0. The ban is in packages.ban of depgate.config.json:12.',
    path: ['app@1.0.0', 'some-lib@2.1.0', 'left-pad@1.3.0'],
  })
})

test('each of several bans is told, with fingerprints of their own', () => {
  const found = findingsOf('package-banned', judged({}, { ban: [ban('left-pad'), ban('left-pad@1')] }))
  expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(2)
})

test('an exception for the licence does not lift a ban', () => {
  const judgement = judged({ kinds: ['dev'] }, { ban: [ban('left-pad')] })
  expect(judgement.verdict).toBe('violation')
})

import { expect, test } from 'vitest'
import { entryProblems } from '#config/check-entry'

const ENTRY = { package: 'a', allow: ['MIT'], reason: 'r', owner: 'o', expires: '2027-01-01' }

test('an entry that a policy may hold has no problems', () => {
  expect(entryProblems('exceptions', ENTRY)).toEqual([])
})

test('what is wrong is told by the key inside the entry', () => {
  const problems = entryProblems('exceptions', { ...ENTRY, allow: ['MIT', 'MTI'], reason: '…' })
  expect(problems.map(({ key }) => key)).toEqual(['allow[1]', 'reason'])
  expect(problems[0]?.message).toContain('MTI')
})

test('an entry for the wrong list is none', () => {
  expect(entryProblems('clarify', ENTRY).length).toBeGreaterThan(0)
})

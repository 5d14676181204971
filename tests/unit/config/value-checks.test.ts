import {
  blankProblem,
  dateProblem,
  durationBetween,
  environmentProblem,
  fileProblem,
  packageProblem,
} from '#config/value-checks'
import { describe, expect, test } from 'vitest'

describe('dateProblem', () => {
  test.each(['2027-03-01', '2028-02-29', '9999-12-31', '2000-01-01'])('takes %s', (text) => {
    expect(dateProblem(text)).toBeUndefined()
  })
  test.each([
    '2027-02-29',
    '2027-02-30',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '2027-1-1',
    '27-01-01',
    '01.03.2027',
    '2027-03-01T00:00:00Z',
    ' 2027-03-01',
    '2027-03-01 ',
    '2027-03-01\n',
    '+002027-03-01',
    'never',
    '',
  ])('refuses %j', (text) => {
    expect(dateProblem(text)?.fix).toContain('YYYY-MM-DD')
  })
})

describe('environmentProblem', () => {
  test.each(['env:DEPGATE_REDIS_URL', 'env:DEPGATE_CACHE_2'])('takes %s', (text) => {
    expect(environmentProblem(text)).toBeUndefined()
  })
  test.each([
    'redis://:s3cret@cache:6379',
    'DEPGATE_REDIS_URL',
    'env:REDIS_URL',
    'env:AWS_SECRET_ACCESS_KEY',
    'env:DEPGATE_',
    'env:depgate_redis_url',
    'env:DEPGATE_REDIS_URL ',
    'env:DEPGATE_REDIS_URL\n',
    'env:DEPGATE_${HOME}',
    '',
  ])('refuses %j without repeating it', (text) => {
    const problem = environmentProblem(text)
    expect(problem?.fix).toContain('env:DEPGATE_REDIS_URL')
    expect(problem?.message).not.toContain('s3cret')
  })
})

describe('fileProblem', () => {
  test.each(['LICENSE', 'docs/LICENSE.md', '.license', 'a..b/c', 'LICENSE (old).txt'])('takes %s', (text) => {
    expect(fileProblem(text)).toBeUndefined()
  })
  test.each([
    '',
    '/etc/passwd',
    '..',
    '../x',
    'a/../../x',
    './x',
    'a//b',
    'a/',
    String.raw`..\x`,
    'C:/x',
    'C:x',
    'a\0b',
  ])('refuses %j', (text) => {
    expect(fileProblem(text)?.message).toContain('is not a path inside the package')
  })
})

test('packageProblem says which part is wrong, in quotes that hold nothing raw', () => {
  expect(packageProblem('sharp@^0.34')).toBeUndefined()
  expect(packageProblem('sharp@new')?.message).toBe(
    '"sharp@new" is not a package spec: "new" is not a version range',
  )
  expect(packageProblem('\u001b[31m"x')?.message).toBe(
    String.raw`"\u001b[31m\"x" is not a package spec: "\u001b[31m\"x" is not a package name`,
  )
})

test('durationBetween takes its limits and nothing beyond', () => {
  const find = durationBetween('1s', '1h')
  for (const text of ['1s', '1000ms', '60m', '1h']) expect(find(text)).toBeUndefined()
  for (const text of ['999ms', '61m', '1d', '0s', 'soon']) {
    expect(find(text)?.message).toContain('is not a time from 1s to 1h')
  }
})

test('blankProblem sees through blanks', () => {
  expect(blankProblem(' a ')).toBeUndefined()
  expect(blankProblem(' \n\t ')).toBeDefined()
})

test.each(['…', '...', ' - ', '?', '“”'])(
  'blankProblem takes %s for an entry that nobody filled in',
  (text) => {
    expect(blankProblem(text)?.message).toContain('is a placeholder')
  },
)

test.each(['7', 'é', '理由', 'legal-12'])('blankProblem takes %s for an answer', (text) => {
  expect(blankProblem(text)).toBeUndefined()
})

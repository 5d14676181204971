import { expect, test } from 'vitest'
import { TELLING_WORDS } from '#license/text/telling-words'
import { RESTRICTIONS } from './restrictions.ts'
import { textWords } from '#license/text/text-words'
import { isTelling } from '#license/text/names'

test.each([
  ['negations', 'not no non never nor neither without except excluding unless only solely exclusively'],
  ['conditions', 'if whether whenever provided however but although subject'],
  [
    'verbs of duty',
    'must shall should may can cannot could will would might do does is are be was were been being',
  ],
  [
    'prohibitions',
    'require required prohibited forbidden restricted restriction limitation withheld refused denied banned barred',
  ],
  [
    'permissions',
    'permit permitted permission allow allowed grant granted revoke revoked license licensed under',
  ],
  [
    'deeds',
    'use used using sell sold sale redistribute distribution modify modified copy copied reproduce derive sublicense transfer assign',
  ],
  ['money', 'commercial noncommercial fee fees paid pay payment charge royalty purchase buy donate donation'],
  [
    'time',
    'evaluation evaluate trial demo expire expires terminate termination preview beta former previous',
  ],
  [
    'terms',
    'term terms condition conditions agree agreement consent warranty liable indemnify eula tos policy',
  ],
  [
    'persons',
    'personal academic students nonprofit government internal business employees customers competitor companies citizens hobbyists startups police',
  ],
  ['purposes', 'purpose purposes production military weapons nuclear surveillance evil good ethical harm'],
  ['secrets', 'confidential proprietary secret classified embargoed export patent trademark'],
  [
    'jokes and drafts',
    'sample template placeholder todo joke void null ignore disregard superseded obsolete deprecated invalid',
  ],
  ['requests', 'ask send cite mention keep hands please obtain sign'],
])('%s tell', (_, words) => {
  expect(words.split(' ').filter((word) => !TELLING_WORDS.has(word))).toEqual([])
})

test('names and words of titles do not', () => {
  expect(
    ['', 'zoe', 'acme', 'the', 'copyright', 'mit', '2020', 'stryker'].some((word) => TELLING_WORDS.has(word)),
  ).toBe(false)
})

test('a restriction has one of them', () => {
  const silent = RESTRICTIONS.filter(
    (text) => textWords(text)?.words.every((word) => !isTelling(word)) ?? true,
  )
  expect(silent).toEqual([])
})

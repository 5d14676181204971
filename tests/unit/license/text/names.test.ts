import { expect, test } from 'vitest'
import { isHarmlessName, mayBeNames, namesLicense } from '#license/text/names'
import type { Line } from '#license/text/names'
import { textWords } from '#license/text/text-words'
import { INDEX } from './spdx-texts.ts'

function line(text: string): Line {
  const { words = [], named = [] } = textWords(text) ?? {}
  return { words, named }
}

test.each([
  'Zoë Quandt',
  'zoe quandt',
  'Acme GmbH & Co. KG',
  'the node-zoe contributors',
  'Will Smith',
  'Society for Zoe',
  'zoe at acme dot org',
  '2019 to present',
  'contributors to zoe',
  'Dave Justice',
  '山田太郎',
  'Иван Петров',
])('is a name: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(true)
})

test.each([
  'whoever pays',
  'will use',
  'Will Pay',
  'for hobbyists',
  'to acme',
  'keep the notice',
  'a b c d e',
  'zoe anna lisa ruth otto',
  'Companies Notices Documents',
  'n0t',
  'sa1e',
  'Keine Nutzung',
  '禁止',
  'ҥҥ\u0585',
  'Zoe '.repeat(61),
])('is no name: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(false)
})

test('names within phrases need no index', () => {
  expect(mayBeNames(line('the regents of the university'))).toBe(true)
  expect(mayBeNames(line('acme to hobby clubs'))).toBe(false)
})

test('a family of licences is no holder', () => {
  expect(namesLicense(line('Zoe GPL'))).toBe(true)
  expect(namesLicense(line('Apache Software Foundation'))).toBe(false)
})

/** Licence files in words: what they are, and what they only name. */
import { expect, test } from 'vitest'
import type { Claim, TextClaim } from '#model/claim'
import { claimWords, questionToAuthor } from '../../../src/reporters/claim-text.ts'
import { packageReport } from '../../support/report.ts'

function pointer(more: Partial<TextClaim>): Claim {
  const text: TextClaim = {
    file: 'COPYING',
    sha256: '',
    role: 'package',
    licenses: [],
    mentions: [],
    ...more,
  }
  return { witness: 'text', reason: 'pointer', text, at: '', from: 'node_modules' }
}

const MIT: Claim = { witness: 'registry', raw: 'MIT', license: 'MIT', at: '', from: 'network' }

test.each<[Partial<TextClaim>, string]>([
  [{}, 'has no licence text'],
  [{ mentions: ['MIT', 'ISC'] }, 'names MIT, ISC, has no licence text'],
  [{ families: ['gpl'] }, 'names some GPL licence, has no licence text'],
  [{ mentions: ['MIT'], families: ['gpl'] }, 'names MIT, some GPL licence, has no licence text'],
  [{ role: 'hint', mentions: ['MIT'], families: ['gpl'] }, 'names MIT, some GPL licence'],
])('%j: %s', (text, words) => {
  expect(claimWords(pointer(text))).toBe(words)
})

function questionAbout(...claims: Claim[]): string | undefined {
  return questionToAuthor(packageReport('a@1.0.0', { conclusion: 'conflict', claims: [MIT, ...claims] }))
}

test('the author is asked about what files only name', () => {
  expect(questionAbout(pointer({ mentions: ['ISC'], families: ['gpl'] }))).toContain(
    'package.json says MIT, COPYING says ISC and some GPL licence.',
  )
  expect(questionAbout(pointer({}))).toContain('In a@1.0.0, package.json says MIT. Which')
})

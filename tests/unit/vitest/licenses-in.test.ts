/** `toHaveLicensesIn` where witnesses disagree: each has to be in the list. */
import { expect, test } from 'vitest'
import type { Claim, TextClaim } from '#model/claim'
import { toHaveLicensesIn } from '../../../src/vitest/matchers.ts'
import { dependencies } from '../../../src/vitest/selection.ts'
import { packageReport, runReport } from '../../support/report.ts'

const AT = '2026-11-22T00:00:00.000Z'
const MIT: Claim = { witness: 'registry', at: AT, from: 'network', raw: 'MIT', license: 'MIT' }

async function isIn(text: Partial<TextClaim>, allowed: string[]): Promise<boolean> {
  const pointer: TextClaim = { file: 'LICENSE', sha256: '', role: 'package', licenses: [], ...text }
  const entry = packageReport('a@1.0.0', {
    license: null,
    conclusion: 'conflict',
    claims: [MIT, { witness: 'text', at: AT, from: 'node_modules', reason: 'pointer', text: pointer }],
  })
  const selection = {
    ...dependencies(),
    resolve: async () => ({ report: runReport({ packages: [entry] }), packages: [entry] }),
  }
  return (await toHaveLicensesIn(selection, allowed)).pass
}

test('a file that names a licence, or a mere family, has to be in the list as well', async () => {
  expect(await isIn({ mentions: ['ISC'] }, ['MIT', 'ISC'])).toBe(true)
  expect(await isIn({ mentions: ['ISC'] }, ['MIT'])).toBe(false)
  expect(await isIn({ mentions: [], families: ['gpl'] }, ['MIT'])).toBe(false)
  // A family is no licence: no list has it.
  expect(await isIn({ mentions: [], families: ['isc'] }, ['MIT', 'ISC'])).toBe(false)
})

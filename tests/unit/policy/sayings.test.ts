/** The words for what witnesses say, and what stands for them where findings are known again. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Claim, UnknownReason } from '#model/claim'
import { inOneText, lastingWords, muteSaying, sayings } from '#policy/sayings'
import { mutters, says } from './samples.ts'
import { textClaim } from './rules/cases.ts'

const raw = (value: unknown): Claim => mutters('registry', 'not-spdx', value)
const long = (end: string) => lastingWords(raw('x'.repeat(80) + end))

test('each thing is said once, with everybody who says it', () => {
  const parts = [
    { sayer: 'registry', text: 'MIT' },
    { sayer: 'LICENSE', text: 'ISC' },
    { sayer: 'installed', text: 'MIT' },
    { sayer: 'registry', text: 'MIT' },
  ]
  expect(sayings(parts)).toBe('MIT (registry, installed), ISC (LICENSE)')
  expect(sayings([])).toBe('')
})

describe('a claim without a licence', () => {
  test.each<[UnknownReason, unknown, string]>([
    ['absent', undefined, 'no licence is named'],
    ['unlicensed', 'UNLICENSED', 'UNLICENSED, no licence is granted'],
    ['see-file', 'SEE LICENSE IN x', '"SEE LICENSE IN x", only a file is pointed to'],
    ['ambiguous', 'BSD', '"BSD", which names no single licence'],
    ['contradictory', { license: 'MIT', licenses: 'ISC' }, 'its fields do not say the same'],
    ['legacy-array', ['MIT', 'ISC'], 'several licences are listed without AND or OR'],
    ['url', 'https://x.example', '"https://x.example", an address is given instead of a licence'],
    ['not-spdx', 'my own', '"my own", which is no SPDX expression'],
    ['too-complex', 'x'.repeat(81), `"${'x'.repeat(80)}…", the value is larger than any licence`],
    ['too-complex', 'x'.repeat(80), `"${'x'.repeat(80)}", the value is larger than any licence`],
    ['malformed', 3, 'the value is no licence'],
    ['malformed', ' \n', 'the value is no licence'],
    ['unknown-text', undefined, 'is not the text of any known licence'],
    ['pointer', undefined, 'only points to a licence'],
  ])('%s, %j: %s', (reason, value, words) => {
    expect(muteSaying(mutters('installed', reason, value))).toBe(words)
  })

  test('that gives no reason cannot be read', () => {
    expect(muteSaying({ ...says('installed', 'MIT'), raw: undefined })).toBe('nothing that can be read')
  })
})

describe('what stands for a claim', () => {
  test('is short', () => {
    expect(lastingWords(raw('MIT style'))).toBe('MIT style')
    expect(lastingWords(raw(' MIT style\n'))).toBe('MIT style')
    expect(lastingWords(raw({ type: 'own' }))).toBe('{"type":"own"}')
    expect(lastingWords(raw('x'.repeat(80)))).toBe('x'.repeat(80))
    expect(lastingWords(raw(['y'.repeat(90)]))).toMatch(/^\["y{78}… [0-9a-f]{32}$/)
  })

  test('tells words apart that begin alike', () => {
    const digest = createHash('sha256')
      .update(`${'x'.repeat(80)}1`)
      .digest('hex')
    expect(long('1')).toBe(`${'x'.repeat(80)}… ${digest.slice(0, 32)}`)
    expect(long('1')).not.toBe(long('2'))
  })

  test.each([[undefined], [null], ['']])('%j is nothing', (value) => {
    expect(lastingWords(raw(value))).toBe('none')
  })

  test('of a file that was not read nobody knows what it says', () => {
    expect(lastingWords(textClaim({ sha256: '' }))).toBeUndefined()
  })

  test('is the content of a file, whatever the file is called', () => {
    const sha256 = '0123456789abcdef'.repeat(4)
    expect(lastingWords(textClaim({ sha256 }))).toBe('text 0123456789abcdef0123456789abcdef')
    expect(lastingWords(textClaim({ sha256, file: 'COPYING' }, { raw: 'x' }))).toBe(
      'text 0123456789abcdef0123456789abcdef',
    )
  })

  test('is nothing that anybody could write down for a value nested too deep', () => {
    let deep: unknown[] = []
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(lastingWords(raw(deep))).toBeUndefined()
  })
})

test('several in one text, each once and in order; with one that cannot be put down there is no text', () => {
  expect(inOneText(['MIT', 'ISC', 'MIT'])).toBe('ISC / MIT')
  expect(inOneText(['ISC', 'MIT', 'ISC'])).toBe('ISC / MIT')
  expect(inOneText(['MIT', undefined])).toBeUndefined()
  expect(inOneText([undefined, 'MIT'])).toBeUndefined()
  expect(inOneText([])).toBe('')
})

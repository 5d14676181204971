import { createHash } from 'node:crypto'
import { contradictedIntegrity, isUnproven } from '#policy/integrity'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const hash = (algorithm: string, content: string) =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`
const mine512 = hash('sha512', 'mine')
const mine1 = hash('sha1', 'mine')
const other512 = hash('sha512', 'other')
const other1 = hash('sha1', 'other')

describe('contradictedIntegrity', () => {
  test.each<[string, string[], string[], string | undefined]>([
    ['equal', [mine512], [mine512], undefined],
    ['different', [mine512], [other512], mine512],
    ['one of two different', [mine512, other512], [mine512], other512],
    ['nothing in the lockfile', [], [mine512], undefined],
    ['nothing in the registry', [mine512], [], undefined],
    ['nothing at all', [], [], undefined],
    ['no common algorithm', [mine512], [mine1], undefined],
    ['the strongest common one decides: equal', [`${other1} ${mine512}`], [`${mine1} ${mine512}`], undefined],
    [
      'the strongest common one decides: different',
      [`${mine1} ${mine512}`],
      [mine1, other512],
      `${mine1} ${mine512}`,
    ],
    ['only the weak one is common', [`${mine1} ${mine512}`], [other1], `${mine1} ${mine512}`],
    ['one of several that npm would take', [`${mine512} ${other512}`], [mine512], `${mine512} ${other512}`],
    [
      'several of one algorithm, all known',
      [`${other512} ${mine512}`],
      [`${mine512} ${other512}`],
      undefined,
    ],
    ['options after a hash', [`${mine512}?size=1`], [mine512], undefined],
    ['an unknown algorithm', ['md5-AAAA'], ['md5-BBBB'], undefined],
    ['two blanks between hashes', [`${mine1}  ${mine512}`], [other512], `${mine1}  ${mine512}`],
    ['what the registry writes apart', [`${mine1} ${mine512}`], [mine1, mine512], undefined],
    ['what only ends like a hash', [`x${other512}`], [mine512], undefined],
    ['what only begins like a hash', [`${other512}!`], [mine512], undefined],
    ['garbage', ['', ' ', 'sha512-', 'sha512', '__proto__-AAAA'], [mine512], undefined],
  ])('%s', (_, lockfile, registry, expected) => {
    expect(contradictedIntegrity(lockfile, registry)).toBe(expected)
  })

  test('never throws on garbage', () => {
    const text = fc.array(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `sha512-${rest}`),
      ),
    )
    fc.assert(fc.property(text, text, (lockfile, registry) => void contradictedIntegrity(lockfile, registry)))
  })
})

describe('isUnproven', () => {
  test.each<[string, string[], string[], boolean]>([
    ['an address with an integrity', [mine512], [mine512], false],
    ['one of another hash is contradicted, not unproven', [other512], [mine512], false],
    ['an old hash that both have', [mine1], [mine512, mine1], false],
    ['a stronger hash than the registry knows', [`${mine512} ${mine1}`], [mine1], true],
    ['an address alone', [''], [mine512], true],
    ['an address alone, and a registry that names two', [''], [mine1, mine512], true],
    ['one of two addresses alone', [mine512, ''], [mine512], true],
    ['a hash that the registry has not', [mine1], [mine512], true],
    ['a hash that proves nothing', ['md5-AAAA'], [mine512], true],
    ['what only ends like a hash', [`x${mine512}`], [mine512], true],
    ['what only begins like a hash', [`${mine512}!`], [mine512], true],
    ['a hash with options', [`${mine512}?size=1&more`], [mine512], false],
    ['an address alone, and a registry that also names garbage', [''], [mine512, 'md5-AAAA'], true],
    ['no address', [], [mine512], false],
    ['a registry that names none', [''], [], false],
    ['an integrity, and a registry that names none', [mine512], [], false],
    ['an integrity, and a registry that names garbage', [mine512], ['md5-AAAA'], false],
  ])('%s', (_, addressed, registry, expected) => {
    expect(isUnproven(addressed, registry)).toBe(expected)
  })
})

import { parseExpression } from '#license/expression'
import { LICENSE_IDS } from '#license/license-list'
import { SPELLING_GROUPS, SPELLINGS } from '#license/spellings'
import { describe, expect, test } from 'vitest'

const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

describe('SPELLINGS', () => {
  test('every spelling leads to one id of the list and is no expression by itself', () => {
    const all = SPELLING_GROUPS.flatMap((group) => group.spellings)
    expect(new Set(all).size).toBe(all.length)
    expect(SPELLINGS.size).toBe(all.length)
    for (const [spelling, id] of SPELLINGS) {
      expect(LICENSE_IDS.has(id), id).toBe(true)
      expect(parseExpression(spelling).ok, spelling).toBe(false)
      expect(spelling).toMatch(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/)
    }
  })

  test('a spelling in other letters is the id in other letters, and of no second id', () => {
    for (const { id, proof, spellings } of SPELLING_GROUPS) {
      if (proof !== 'case') continue
      for (const spelling of spellings) {
        const same = [...LICENSE_IDS].filter((other) => other.toLowerCase() === spelling.toLowerCase())
        expect(same).toEqual([id])
      }
    }
  })

  test('a spelling with other separators has the same letters and a version that belongs to no second id', () => {
    for (const { id, proof, spellings } of SPELLING_GROUPS) {
      if (proof !== 'separators') continue
      for (const spelling of spellings) {
        const digits = spelling.replace(/\D/g, '')
        expect(id.replace(/\D/g, '').startsWith(digits) || id === 'WTFPL', spelling).toBe(true)
        const exact = [...LICENSE_IDS].filter((other) => bare(other) === bare(spelling))
        expect(exact.filter((other) => other !== id)).toEqual([])
      }
    }
  })

  test.each([
    'X11',
    'BSD',
    'GPL',
    'GPLv2',
    'GPLv3',
    'LGPL',
    'Apache',
    'UNLICENSE',
    'UNLICENSED',
    'unlicense',
    'MIT*',
    'BSL',
  ])('%s is not in the table', (spelling) => {
    expect(SPELLINGS.has(spelling)).toBe(false)
  })
})

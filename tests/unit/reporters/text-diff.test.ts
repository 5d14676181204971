import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineDiff, wordDiff } from '#reporters/text-diff'

const plain = { width: 80, color: false }

describe('wordDiff', () => {
  test('shows what stands only in one of them, with some words around', () => {
    const known = 'permission is hereby granted to any person to use the software without restriction'.split(
      ' ',
    )
    const found = 'permission is not granted to any person to use the software without restriction'.split(' ')
    const changes = [{ known: [2, 3], found: [2, 3] }] as const
    expect(wordDiff({ known, found, changes }, plain)).toEqual([
      '    permission is',
      '  - hereby',
      '  + not',
      '    granted to any person to use the software …',
    ])
  })

  test('joins differences that are near, parts those that are far', () => {
    const found = Array.from({ length: 60 }, (_, at) => `w${at}`)
    const near = [
      { known: [0, 0], found: [10, 11] },
      { known: [0, 0], found: [14, 15] },
    ] as const
    expect(wordDiff({ known: [], found, changes: near }, plain)).toEqual([
      '    … w2 w3 w4 w5 w6 w7 w8 w9',
      '  + w10',
      '    w11 w12 w13',
      '  + w14',
      '    w15 w16 w17 w18 w19 w20 w21 w22 …',
    ])
    const far = [near[0], { known: [0, 0], found: [50, 51] }] as const
    expect(wordDiff({ known: [], found, changes: far }, plain)).toContain('')
  })

  test('nothing for equal texts', () => {
    expect(wordDiff({ known: ['a'], found: ['a'], changes: [] }, plain)).toEqual([])
  })

  test('a long difference is cut, and how much of it is said', () => {
    const known = Array.from({ length: 1000 }, (_, at) => `w${at}`)
    const text = wordDiff({ known, found: [], changes: [{ known: [0, 1000], found: [0, 0] }] }, plain).join(
      '\n',
    )
    expect(text).toContain('880 more words')
    expect(text).toContain('w999')
    expect(text).not.toContain('w500')
  })

  test('many differences are cut, and how many is said', () => {
    const found = Array.from({ length: 2000 }, (_, at) => `w${at}`)
    const changes = Array.from({ length: 40 }, (_, at) => ({
      known: [0, 0] as const,
      found: [at * 50, at * 50 + 1] as const,
    }))
    expect(wordDiff({ known: [], found, changes }, plain).at(-1)).toBe('  and 10 more differences')
  })

  test('colours tell the sides apart', () => {
    const [, removed] = wordDiff(
      { known: ['a'], found: ['x'], changes: [{ known: [0, 1], found: [1, 1] }] },
      { width: 80, color: true },
    )
    expect(removed).toContain('\u001b[31m')
  })

  test('no line is longer than the terminal, whatever the words', () => {
    const word = fc.stringMatching(/^[a-z]{1,30}$/)
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 300 }),
        fc.array(fc.nat(299), { maxLength: 8 }),
        (found, at) => {
          const changes = [...new Set(at)]
            .filter((place) => place < found.length)
            .toSorted((a, b) => a - b)
            .map((place) => ({ known: [0, 2] as const, found: [place, place + 1] as const }))
          const lines = wordDiff({ known: ['b', 'c'], found, changes }, plain)
          expect(Math.max(0, ...lines.map(({ length }) => length))).toBeLessThanOrEqual(80)
          expect(lines.filter((line) => line.startsWith('  - b c'))).toHaveLength(changes.length)
        },
      ),
    )
  })
})

describe('lineDiff', () => {
  test('shows what is new with its lines around', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh'
    const after = 'a\nb\nc\nd\nnew\ne\nf\ng\nh'
    expect(lineDiff(before, after, plain)).toEqual([
      '  2   b',
      '  3   c',
      '  4   d',
      '  5 + new',
      '  6   e',
      '  7   f',
      '  8   g',
    ])
  })

  test('parts what lies apart', () => {
    const before = Array.from({ length: 30 }, (_, at) => `l${at}`)
    const after = before.with(5, 'x').with(25, 'y')
    const lines = lineDiff(before.join('\n'), after.join('\n'), plain)
    expect(lines.filter((line) => line === '  …')).toHaveLength(1)
    expect(lines).toContain('   6 - l5')
    expect(lines).toContain('   6 + x')
    expect(lines).toContain('  26 + y')
  })

  test('line ends and a byte order mark are no difference', () => {
    expect(lineDiff('\uFEFFa\r\nb', 'a\nb', plain)).toEqual([])
  })

  test('both files can be put together again from it', () => {
    const line = fc.constantFrom('a', 'b', 'c', 'd')
    const text = fc.array(line, { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = lineDiff(before.join('\n'), after.join('\n'), plain).map((row) => [row[4], row.slice(6)])
        if (before.join() === after.join()) expect(rows).toEqual([])
        const side = (sign: string) => rows.filter(([mark]) => mark !== sign).map(([, rest]) => rest)
        // What is not shown lies outside of all changes, so it is in both.
        expect(before.length - side('+').length).toBe(after.length - side('-').length)
        expect(before.join('\n')).toContain(side('+').join('\n'))
        expect(after.join('\n')).toContain(side('-').join('\n'))
      }),
    )
  })
})

/** Which paths a glob means. */
import { matchesGlob as nodeMatchesGlob } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { globProblem, matchesGlob } from '#model/glob'

const CHARACTERS = ['a', 'b', '/', '*', '?', '{', '}', ',', '!', '\\', '.', '(', '[']

describe('matchesGlob', () => {
  test.each<[pattern: string, path: string, isMeant: boolean]>([
    ['src/a.ts', 'src/a.ts', true],
    ['src/a.ts', 'src/A.ts', false],
    ['./src/a.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/.ts', true],
    ['src/*.ts', 'src/deep/a.ts', false],
    ['src/*', 'src', false],
    ['*', '.eslintrc.js', true],
    ['**', '.github/a.js', true],
    ['**/*.ts', 'a.ts', true],
    ['**/*.ts', 'a/.b/c.ts', true],
    ['src/**/*.ts', 'src/a.ts', true],
    ['src/**/b/*.ts', 'src/b/c/b/d.ts', true],
    ['src/**/b/*.ts', 'src/b/c/d.ts', false],
    ['src/**', 'src/a/b', true],
    ['src/**', 'src', false],
    ['src/**', 'srcs/a', false],
    ['src/', 'src/a/b', true],
    ['src/', 'src', false],
    ['src', 'src', true],
    ['src', 'src/a', false],
    ['**/**/a', 'a', true],
    ['**/**', 'a', true],
    ['a/**/**', 'a', false],
    ['?.ts', 'a.ts', true],
    ['?.ts', '.ts', false],
    ['?.ts', '😀.ts', true],
    ['??.ts', '😀.ts', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b', 'abab', true],
    ['*a*b', 'baba', false],
    ['{src,test/unit}/**', 'test/unit/a', true],
    ['{src,test/unit}/**', 'test/a', false],
    ['a{b,c{d,e}}f', 'acef', true],
    ['a{b,c{d,e}}f', 'acf', false],
    ['a{,b}.ts', 'a.ts', true],
    ['a,b', 'a,b', true],
    ['app/[id]/(group)/page.tsx', 'app/[id]/(group)/page.tsx', true],
    ['app/@modal/(.)photo/*', 'app/@modal/(.)photo/page.tsx', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['\\!a', '!a', true],
    ['a\\{b,c\\}', 'a{b,c}', true],
  ])('%s and %s: %s', (pattern, path, isMeant) => {
    expect(matchesGlob([pattern])(path)).toBe(isMeant)
  })

  test('takes out again, and puts in again', () => {
    const isMeant = matchesGlob(['src/**', '!src/gen/**', 'src/gen/kept.ts'])
    expect(['src/a', 'src/gen/b', 'src/gen/kept.ts', 'c'].map(isMeant)).toEqual([true, false, true, false])
  })

  test('has everything where it begins by taking out, and nothing without patterns', () => {
    expect(['a', 'gen/b'].map(matchesGlob(['!gen/**']))).toEqual([true, false])
    expect(matchesGlob([])('a')).toBe(false)
  })

  test('ends soon whatever the pattern', () => {
    const stars = matchesGlob([`${'*a'.repeat(500)}b`, `${'**/a/'.repeat(200)}b`, '{a,b}'.repeat(8)])
    const begun = performance.now()
    expect(stars('a'.repeat(4_000))).toBe(false)
    expect(stars('a/'.repeat(2_000))).toBe(false)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test('agrees with Node where both know the pattern', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', 'a*', '*b', '{a,b}', '{a,b/a}', '**')
    const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'aab', 'ba'), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), path, (pieces, names) => {
        const pattern = pieces.join('/')
        const whole = names.join('/')
        // Node lets `a/**` match `a`.
        const asked = pattern.endsWith('**') ? `${pattern}/*` : pattern
        expect([pattern, whole, matchesGlob([pattern])(whole)]).toEqual([
          pattern,
          whole,
          nodeMatchesGlob(whole, asked),
        ])
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('globProblem', () => {
  test.each([
    ['', 'is empty'],
    ['!', 'is empty'],
    ['!!a', 'is negated twice'],
    ['/src', 'begins with a slash, but paths are relative to the project'],
    ['a//b', 'has nothing between two slashes'],
    ['../a', 'has ".." for a folder'],
    ['a/./b', 'has "." for a folder'],
    ['{a,..}/b', 'has ".." for a folder'],
    ['**.ts', 'has `**` beside other characters between two slashes'],
    ['a***b', 'has `**` beside other characters between two slashes'],
    ['{a', 'opens a brace that it does not close'],
    ['a}', 'closes a brace that it does not open'],
    ['{a}', 'has a brace without a comma, which chooses nothing'],
    ['{1..3}', 'has a brace without a comma, which chooses nothing'],
    ['a\\', 'ends with a backslash, which has nothing to escape'],
    ['a\0', 'holds a control character'],
    ['@(a|b)', 'has a group in round brackets, which only `{a,b}` can express here'],
    ['{a,b}'.repeat(9), 'stands for more than 256 alternatives'],
    ['a'.repeat(1_025), 'is longer than 1024 characters'],
  ])('%j %s', (pattern, problem) => {
    expect(globProblem(pattern)).toBe(problem)
    expect(() => matchesGlob(['a', pattern])).toThrow(RangeError)
  })

  test('never throws, and accepts only what can be matched', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...CHARACTERS), maxLength: 20 }), (pattern) => {
        if (globProblem(pattern) === undefined) matchesGlob([pattern])('a/b')
      }),
    )
  })
})

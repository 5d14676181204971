/** Rules of .gitignore files, held against git itself. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '#imports/ignore-pattern'
import { readIgnoreRules, saysOf } from '#imports/ignore-rules'
import { emptyFolder } from '../collectors/project-folder.ts'

describe('a rule', () => {
  test.each<[rule: string, path: string, isFolder: boolean, says: boolean | undefined]>([
    ['dist', 'dist', true, true],
    ['dist', 'a/b/dist', false, true],
    ['dist/', 'dist', false, undefined],
    ['/dist', 'a/dist', true, undefined],
    ['a/dist', 'b/a/dist', true, undefined],
    ['*.log', 'a/x.log', false, true],
    ['!keep.log', 'keep.log', false, false],
    ['**/gen/*.ts', 'gen/x.ts', false, true],
    ['**/gen/*.ts', 'a/b/gen/x.ts', false, true],
    ['gen/**', 'gen', true, undefined],
    ['gen/**', 'gen/a/b', false, true],
    ['a/**/b', 'a/b', false, true],
    ['a/**/b', 'a/x/y/b', false, true],
    ['[a-c]?.ts', 'b1.ts', false, true],
    ['[!a-c]?.ts', 'b1.ts', false, undefined],
    ['[[:digit:]]*', '1x', false, true],
    ['\\#x', '#x', false, true],
    ['#x', '#x', false, undefined],
    ['\\!x', '!x', false, true],
    ['x   ', 'x', false, true],
    ['x\\ ', 'x ', false, true],
    ['x\r', 'x', false, true],
    ['\uFEFFx', 'x', false, true],
    ['[a', '[a', false, undefined],
    ['a\\', 'a', false, undefined],
    ['', 'a', false, undefined],
    ['/', 'a', true, undefined],
  ])('%j says of %s', (rule, path, isFolder, says) => {
    expect(saysOf(readIgnoreRules(rule), bytesOf(path), isFolder)).toBe(says)
  })

  test('the last one decides', () => {
    expect(saysOf(readIgnoreRules('*\n!*.ts\nb.ts'), 'a.ts', false)).toBe(false)
    expect(saysOf(readIgnoreRules('*\n!*.ts\nb.ts'), 'b.ts', false)).toBe(true)
  })
})

test('what git says of any names and any rules, it says', () => {
  const folder = emptyFolder()
  execFileSync('git', ['init', '-q', folder])
  const piece = fc.constantFrom(
    'a',
    'b',
    '/',
    '/',
    '*',
    '**',
    '?',
    '[ab]',
    '[!a]',
    '[a-',
    ']',
    '\\',
    ' ',
    'ä',
    '!',
    '**/',
    '/**',
  )
  const rule = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''))
  const name = fc.constantFrom('a', 'b', 'ab', 'aab', 'ä', 'a]', 'b ', '!a')
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(path, { minLength: 5, maxLength: 30 }),
      (rules, paths) => {
        writeFileSync(join(folder, '.gitignore'), `${rules.join('\n')}\n`)
        const read = readIgnoreRules(rules.join('\n'))
        const ours = paths.filter((whole) => isIgnored(read, whole))
        expect({ rules, ignored: ours }).toEqual({ rules, ignored: ignoredByGit(folder, paths) })
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)

/** A path is ignored with the first of its folders that is. */
function isIgnored(rules: ReturnType<typeof readIgnoreRules>, path: string): boolean {
  const names = path.split('/')
  return names.some(
    (_name, at) => saysOf(rules, bytesOf(names.slice(0, at + 1).join('/')), at < names.length - 1) === true,
  )
}

function ignoredByGit(folder: string, paths: readonly string[]): string[] {
  try {
    const answer = execFileSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
      cwd: folder,
      input: paths.join('\0'),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    return answer
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== '')
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1) return []
    throw error
  }
}

test('no pattern takes long', () => {
  const rules = readIgnoreRules(`${'*a'.repeat(1_000)}b\n${'**/a*/'.repeat(300)}b\n${'[ab]*'.repeat(500)}c`)
  const begun = performance.now()
  expect(saysOf(rules, 'a'.repeat(2_000), false)).toBeUndefined()
  expect(saysOf(rules, 'a/'.repeat(1_000) + 'x', false)).toBeUndefined()
  expect(performance.now() - begun).toBeLessThan(10_000)
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownersOfPath, readCodeOwners } from '#owners/code-owners'
import { NASTY } from '../../support/nasty.ts'

const owner = (text: string, path: string): string[] => ownersOfPath(readCodeOwners(text), path)

describe('patterns', () => {
  test.each([
    ['*', 'package.json', true],
    ['*', 'a/b/package.json', true],
    ['package.json', 'a/package.json', true],
    ['/package.json', 'a/package.json', false],
    ['/package.json', 'package.json', true],
    ['*.json', 'a/b/package.json', true],
    ['packages/', 'packages/web/package.json', true],
    ['packages/', 'x/packages/web/package.json', true],
    ['/packages/', 'x/packages/web/package.json', false],
    ['packages/web', 'packages/web/package.json', true],
    ['packages/web', 'x/packages/web/package.json', false],
    ['packages/web', 'packages/website/package.json', false],
    ['packages/*', 'packages/package.json', true],
    ['packages/*', 'packages/web/package.json', false],
    ['packages/*/', 'packages/web/package.json', true],
    ['packages/**', 'packages/web/deep/package.json', true],
    ['**/web', 'a/b/web/package.json', true],
    ['/packages/**/package.json', 'packages/package.json', true],
    ['/packages/**/package.json', 'packages/a/b/package.json', true],
    ['pack?ges', 'packages/package.json', true],
    ['/web\\ app/', 'web app/package.json', true],
    ['/', 'package.json', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(owner(`${pattern} @team`, path)).toEqual(matches ? ['@team'] : [])
  })
})

describe('files', () => {
  test('the last match wins, even one without an owner', () => {
    const text = '* @all\n# comment\n/web/ @web @acme/web # why\n/web/legal/\n'
    expect(owner(text, 'package.json')).toEqual(['@all'])
    expect(owner(text, 'web/package.json')).toEqual(['@acme/web', '@web'])
    expect(owner(text, 'web/legal/package.json')).toEqual([])
  })

  test("each of GitLab's sections has a say, with its default owners", () => {
    const text =
      '* @all\n[Legal][2] @legal\npackage.json\n^[Web]\n/web/ @web\n[legal]\n/api/ @api-legal me@acme.example\n'
    expect(owner(text, 'web/package.json')).toEqual(['@all', '@legal', '@web'])
    expect(owner(text, 'api/package.json')).toEqual(['@all', '@api-legal', 'me@acme.example'])
  })

  test("in GitLab's own place a pattern matches in every folder", () => {
    expect(ownersOfPath(readCodeOwners('packages/web @web', true), 'x/packages/web/package.json')).toEqual([
      '@web',
    ])
  })

  test('what is no rule and what is no owner is left out', () => {
    expect(owner('!* @a\n[x @b\na[0-9] @c\n* nobody <b>@x</b> @ok\u202e @fine', 'a0')).toEqual(['@fine'])
  })

  test('no file takes long, whatever it says', () => {
    const bad = `/${'**/'.repeat(30)}${'*a'.repeat(60)}b @x`
    const text = Array.from({ length: 3000 }, () => bad).join('\n')
    expect(owner(text, `${'aa/'.repeat(60)}package.json`)).toEqual([])
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...NASTY, '* ', '/a ', '\n', '@x', '**', '\\')),
        fc.string(),
        (parts, path) => {
          expect(owner(parts.join(''), path).every((name) => /^[\w@./+-]+$/.test(name))).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

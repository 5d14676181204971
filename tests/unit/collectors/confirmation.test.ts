/** Whether npm has to be asked again: never when it could only agree, always when it might have something to say. */
import { describe, expect, test } from 'vitest'
import { confirmationOf, confirmedBefore, isConfirmation, readTree } from '#collectors/collect'
import type { TreeDraft } from '#collectors/collect'
import type { TreeProblem } from '#model/inventory'
import type { ProjectFiles } from './project-folder.ts'
import { disksOf, lockfile, makeProject, pkg } from './project-folder.ts'

type Manifest = Record<string, unknown>

/** Packages by location; the root at `''`. */
type Tree = Record<string, Manifest>

const BEFORE: Tree = {
  '': { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0', b: '*' } },
  'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: '^1.0.0' } }),
  'node_modules/b': pkg('b', '1.0.0', { dependencies: { c: '^2.0.0' } }),
  'node_modules/b/node_modules/c': pkg('c', '2.0.0'),
  'node_modules/c': pkg('c', '1.0.0'),
}

function draftOf(
  tree: Tree,
  { hidden = tree, files = {} }: { hidden?: Tree; files?: ProjectFiles } = {},
): TreeDraft {
  const installed = Object.entries(tree).filter(([location]) => location !== '')
  const { '': _root, ...packages } = hidden
  const project = makeProject({
    'package.json': tree[''] ?? {},
    'package-lock.json': lockfile(tree),
    'node_modules/.package-lock.json': lockfile(packages),
    ...Object.fromEntries(installed.map(([location, manifest]) => [`${location}/package.json`, manifest])),
    ...files,
  })
  const draft = readTree(disksOf(project), { project, omitDev: false })
  if (!draft.ok) throw new Error(JSON.stringify(draft.failure))
  return draft.value
}

function confirmed(draft: TreeDraft, said: TreeProblem[] = []) {
  const { inventory } = draft
  const kept = confirmationOf(draft, { ...inventory, problems: [...inventory.problems, ...said] })
  if (kept === undefined) throw new Error('nothing kept')
  return kept
}

const word = confirmed(draftOf(BEFORE))

describe('npm is not asked', () => {
  test.each<[name: string, change: Tree]>([
    ['when nothing has changed', {}],
    ['when a version in range has come', { 'node_modules/c': pkg('c', '1.9.0') }],
    [
      'when a package has come that is asked for',
      {
        '': { ...BEFORE[''], dependencies: { a: '^1.0.0', b: '*', d: '~3.1.0' } },
        'node_modules/d': pkg('d', '3.1.4', { peerDependencies: { a: '1' } }),
      },
    ],
    [
      'when a nested copy has come',
      {
        '': { ...BEFORE[''], dependencies: { a: '^1.0.0', b: '*', c: '1.0.0' } },
        'node_modules/a/node_modules/c': pkg('c', '1.5.0'),
      },
    ],
  ])('%s', (_name, change) => {
    const draft = draftOf({ ...BEFORE, ...change })
    expect(confirmedBefore(draft, word)).toEqual(draft.inventory)
  })

  test('when a package has gone that nothing asks for any more', () => {
    const { 'node_modules/b': _b, 'node_modules/b/node_modules/c': _c, ...rest } = BEFORE
    const draft = draftOf({ ...rest, '': { ...BEFORE[''], dependencies: { a: '^1.0.0' } } })
    expect(confirmedBefore(draft, word)).toEqual(draft.inventory)
  })
})

describe('npm is asked', () => {
  test.each<[name: string, change: Tree]>([
    [
      'about a version out of range',
      {
        'node_modules/c': pkg('c', '1.9.0'),
        'node_modules/a': pkg('a', '2.0.0', { dependencies: { c: '^1.0.0' } }),
      },
    ],
    ['about a prerelease', { 'node_modules/c': pkg('c', '1.9.0-beta.1') }],
    ['about a tag', { 'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: 'latest' } }) }],
    [
      'about an alias',
      {
        'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: '^1.0.0', e: 'npm:c@^1.0.0' } }),
        'node_modules/e': pkg('c', '1.0.0'),
      },
    ],
    [
      'about a peer that is not met',
      {
        'node_modules/a': pkg('a', '1.0.0', {
          dependencies: { c: '^1.0.0' },
          peerDependencies: { b: '^2.0.0' },
        }),
      },
    ],
    [
      'about what a repository brought',
      {
        'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: '^1.0.0', e: 'github:someone/e' } }),
        'node_modules/e': pkg('e', '1.0.0'),
      },
    ],
    ['when a package has come that nothing asks for', { 'node_modules/stray': pkg('stray', '1.0.0') }],
    ['when something is overridden', { '': { ...BEFORE[''], overrides: { c: '1.0.0' } } }],
  ])('%s', (_name, change) => {
    const draft = draftOf({ ...BEFORE, ...change })
    expect(confirmedBefore(draft, word)).toBeUndefined()
  })

  test('about a changed package that an override names', () => {
    const root = { ...BEFORE[''], overrides: { c: '1.0.0' } }
    const before = confirmed(draftOf({ ...BEFORE, '': root }))
    const change = { ...BEFORE, '': root, 'node_modules/c': pkg('c', '1.1.0') }
    expect(confirmedBefore(draftOf({ ...BEFORE, '': root }), before)).toBeDefined()
    expect(confirmedBefore(draftOf(change), before)).toBeUndefined()
  })

  test.each<[name: string, hidden: Tree]>([
    ['another version', { ...BEFORE, 'node_modules/c': pkg('c', '1.0.1') }],
    ['another name', { ...BEFORE, 'node_modules/c': { ...pkg('x', '1.0.0') } }],
    ['a package more', { ...BEFORE, 'node_modules/z': pkg('z', '1.0.0') }],
    ['a package less', { '': BEFORE[''] ?? {}, 'node_modules/a': BEFORE['node_modules/a'] ?? {} }],
  ])('when the lockfile that it hides says %s', (_name, hidden) => {
    expect(confirmedBefore(draftOf(BEFORE, { hidden }), word)).toBeUndefined()
  })

  test('when that lockfile says that a changed package asks for something else', () => {
    const change = { ...BEFORE, 'node_modules/c': pkg('c', '1.9.0') }
    const hidden = { ...change, 'node_modules/c': pkg('c', '1.9.0', { dependencies: { a: '^2.0.0' } }) }
    expect(confirmedBefore(draftOf(change), word)).toBeDefined()
    expect(confirmedBefore(draftOf(change, { hidden }), word)).toBeUndefined()
  })

  test('when that lockfile told it of other needs than those that are not met', () => {
    const tree = { ...BEFORE, 'node_modules/c': pkg('c', '3.0.0') }
    const believed = { ...tree, 'node_modules/a': pkg('a', '1.0.0') }
    const before = confirmed(draftOf(tree, { hidden: believed }))
    expect(confirmedBefore(draftOf(tree, { hidden: believed }), before)).toBeDefined()
    expect(confirmedBefore(draftOf(tree), before)).toBeUndefined()
    expect(confirmedBefore(draftOf(tree, { hidden: believed }), confirmed(draftOf(tree)))).toBeUndefined()
  })

  test("when the project's .npmrc has changed", () => {
    const draft = draftOf(BEFORE, { files: { '.npmrc': 'legacy-peer-deps=true\n' } })
    expect(confirmedBefore(draft, word)).toBeUndefined()
  })

  test('when a required package is missing', () => {
    const root = { ...BEFORE[''], dependencies: { a: '^1.0.0', b: '*', gone: '1' } }
    expect(confirmedBefore(draftOf({ ...BEFORE, '': root }), word)).toBeUndefined()
  })
})

describe('what npm found invalid', () => {
  const odd: Tree = { ...BEFORE, 'node_modules/c': pkg('c', '3.0.0') }
  const invalid: TreeProblem = {
    type: 'invalid',
    package: 'c@3.0.0',
    message: 'c is odd',
    location: 'node_modules/c',
  }
  const before = confirmed(draftOf(odd), [invalid])

  test('stays so as long as it and all that ask for it are as they were', () => {
    const draft = draftOf({ ...odd, 'node_modules/b': pkg('b', '1.0.1', { dependencies: { c: '^2.0.0' } }) })
    expect(confirmedBefore(draft, before)?.problems).toEqual([...draft.inventory.problems, invalid])
  })

  test.each<[name: string, change: Tree]>([
    ['it', { 'node_modules/c': pkg('c', '1.0.0') }],
    ['what asks for it', { 'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: '^3.0.0' } }) }],
    [
      'that somebody else asks for it',
      {
        'node_modules/b': pkg('b', '1.0.0', { dependencies: { c: '^2.0.0', a: '*' } }),
        'node_modules/b/node_modules/c': pkg('c', '2.0.0', { dependencies: { c: '*' } }),
        '': { ...BEFORE[''], dependencies: { a: '^1.0.0', b: '*', c: '^3.0.0' } },
      },
    ],
  ])('is for npm to say again when it has changed: %s', (_name, change) => {
    expect(confirmedBefore(draftOf({ ...odd, ...change }), before)).toBeUndefined()
  })
})

test('nothing is kept of a word that says more than that something is invalid', () => {
  const draft = draftOf(BEFORE)
  const said = (problem: TreeProblem) => ({ ...draft.inventory, problems: [problem] })
  expect(confirmationOf(draft, said({ type: 'missing', message: 'x' }))).toBeUndefined()
  expect(confirmationOf(draft, said({ type: 'not-confirmed', message: 'x' }))).toBeUndefined()
  expect(confirmationOf(draft, said({ type: 'invalid', message: 'x' }))).toBeUndefined()
})

test('nothing is kept of what npm finds invalid while it believes other needs than those on disk', () => {
  const hidden = { ...BEFORE, 'node_modules/a': pkg('a', '1.0.0', { dependencies: { c: '^3.0.0' } }) }
  const draft = draftOf(BEFORE, { hidden })
  const invalid: TreeProblem = { type: 'invalid', message: 'x', location: 'node_modules/c' }
  const { inventory } = draft
  expect(confirmationOf(draft, inventory)).toBeDefined()
  expect(confirmationOf(draft, { ...inventory, problems: [...inventory.problems, invalid] })).toBeUndefined()
})

test('what was kept is known by its shape', () => {
  expect(isConfirmation(JSON.parse(JSON.stringify(word)))).toBe(true)
  for (const odd of [null, 'x', {}, { whole: '' }]) expect(isConfirmation(odd)).toBe(false)
})

import type { DependencyKind } from '#model/inventory'
import type { Policy } from '#model/policy'
import { createAllowLists } from '#policy/allow-lists'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { both, judge, says, summary } from './samples.ts'

const location = { file: 'depgate.config.json', line: 5 }
const workspaces = (lists: Record<string, string[]>): Policy['licenses']['workspaces'] =>
  Object.entries(lists).map(([workspace, allow]) => ({ workspace, allow, location }))
const scopes = (lists: Partial<Policy['licenses']['scopes']>) => ({
  production: [],
  dev: [],
  optional: [],
  ...lists,
})

describe('scopes', () => {
  test.each<[DependencyKind[], string, string]>([
    [['production'], '0BSD', 'pass'],
    [['peer'], '0BSD', 'pass'],
    [['production', 'peer'], '0BSD', 'pass'],
    [['dev'], '0BSD', 'violation: license-not-allowed'],
    [['dev'], 'CC-BY-4.0', 'pass'],
    [['optional'], 'Zlib', 'pass'],
    [['optional'], 'CC-BY-4.0', 'violation: license-not-allowed'],
    [['dev', 'optional'], 'CC-BY-4.0', 'violation: license-not-allowed'],
    [['dev', 'optional'], 'Unlicense', 'pass'],
    [['production', 'dev', 'optional'], 'Unlicense', 'violation: license-not-allowed'],
    [['production', 'dev', 'optional', 'peer'], 'MIT', 'pass'],
    [[], 'CC-BY-4.0', 'violation: license-not-allowed'],
  ])('%j with %s: %s', (kinds, license, expected) => {
    const lists = scopes({
      production: ['0BSD'],
      dev: ['CC-BY-4.0', 'Unlicense'],
      optional: ['Unlicense', 'Zlib'],
    })
    const result = judge({ kinds, claims: both(license) }, { scopes: lists })
    expect(summary(result).replace(' ', ': ').replace(/: $/, '')).toBe(expected)
  })

  test('one licence must do in every way: an OR is not chosen twice', () => {
    const lists = scopes({ dev: ['CC-BY-4.0'], optional: ['Zlib'] })
    const claims = both('CC-BY-4.0 OR Zlib')
    expect(judge({ kinds: ['dev'], claims }, { scopes: lists }).verdict).toBe('pass')
    expect(judge({ kinds: ['dev', 'optional'], claims }, { scopes: lists }).verdict).toBe('violation')
  })
})

describe('workspaces', () => {
  const lists = workspaces({ '.': ['Zlib'], 'packages/web': ['CC-BY-4.0', 'Zlib'] })

  test.each([
    [['packages/web'], 'CC-BY-4.0', 'pass'],
    [['.'], 'CC-BY-4.0', 'violation'],
    [['.', 'packages/web'], 'CC-BY-4.0', 'violation'],
    [['.', 'packages/web'], 'Zlib', 'pass'],
    [['packages/api', 'packages/web'], 'Zlib', 'violation'],
    [['packages/api', 'packages/web'], 'MIT', 'pass'],
    [[], 'Zlib', 'violation'],
  ])('%j with %s: %s', (reaching, license, verdict) => {
    const result = judge({ workspaces: reaching, claims: both(license) }, { workspaces: lists })
    expect(result.verdict).toBe(verdict)
  })

  test('and scopes add to each other, part by part of an expression', () => {
    const licenses = { workspaces: lists, scopes: scopes({ dev: ['0BSD'] }) }
    const claims = both('0BSD AND CC-BY-4.0')
    expect(judge({ kinds: ['dev'], workspaces: ['packages/web'], claims }, licenses).leaves).toEqual([
      { leaf: '0BSD', allowed: true, why: 'in licenses.scopes.dev.allow' },
      { leaf: 'CC-BY-4.0', allowed: true, why: 'in licenses.workspaces["packages/web"].allow' },
    ])
    expect(judge({ kinds: ['dev'], workspaces: ['.'], claims }, licenses).verdict).toBe('violation')
  })
})

describe('a refusal names the lists that were consulted', () => {
  test.each<[DependencyKind[], string[], string]>([
    [['production'], ['.'], 'not in licenses.allow'],
    [['dev'], ['.'], 'not in licenses.allow or licenses.scopes.dev.allow'],
    [
      ['dev', 'optional'],
      ['.', 'a'],
      'not in licenses.allow or licenses.scopes.dev.allow and licenses.scopes.optional.allow',
    ],
    [['production'], ['a'], 'not in licenses.allow or licenses.workspaces["a"].allow'],
    [['production', 'dev'], ['a', 'b'], 'not in licenses.allow'],
  ])('%j %j: %s', (kinds, reaching, refused) => {
    const listsOf = createAllowLists({
      allow: ['MIT'],
      scopes: scopes({ dev: ['Zlib'], optional: ['Zlib'] }),
      workspaces: workspaces({ a: ['0BSD'] }),
    })
    expect(listsOf({ kinds, workspaces: reaching }).refused).toBe(refused)
    // Thousands of packages share what was weighed on their lists.
    expect(listsOf({ kinds, workspaces: reaching })).toBe(
      listsOf({ kinds: [...kinds], workspaces: reaching }),
    )
  })
})

describe('properties', () => {
  const id = fc.constantFrom(
    'MIT',
    'ISC',
    'GPL-2.0-only',
    'GPL-2.0-or-later',
    'LGPL-3.0-only',
    'Apache-2.0',
    'Apache-2.0 WITH LLVM-exception',
  )
  const list = fc.array(id, { maxLength: 3 })
  const licenses = fc.record({
    allow: list,
    scopes: fc.record({ production: list, dev: list, optional: list }),
    workspaces: fc.record({ '.': list, a: list }).map(workspaces),
  })
  const expression = fc
    .tuple(id, fc.constantFrom(' AND ', ' OR ', undefined), id)
    .map(([left, operator, right]) => (operator === undefined ? left : `${left}${operator}${right}`))
  const facts = fc.record({
    kinds: fc.subarray<DependencyKind>(['production', 'dev', 'optional', 'peer'], { minLength: 1 }),
    workspaces: fc.subarray(['.', 'a', 'b']),
    claims: fc
      .tuple(expression, expression)
      .map(([one, other]) => [says('registry', one), says('installed', other)]),
  })

  test('to allow one licence more never refuses what passed', () => {
    const where = fc.constantFrom('allow', 'production', 'dev', 'optional', 'workspaces')
    fc.assert(
      fc.property(licenses, facts, id, where, (before, about, more, place) => {
        const after = structuredClone(before)
        if (place === 'allow') after.allow.push(more)
        else if (place === 'workspaces') after.workspaces[1]?.allow.push(more)
        else after.scopes[place].push(more)
        if (judge(about, before).verdict === 'pass') expect(judge(about, after).verdict).toBe('pass')
      }),
      { numRuns: 1000 },
    )
  })

  test('the order of entries, kinds and workspaces does not matter', () => {
    fc.assert(
      fc.property(licenses, facts, (lists, about) => {
        const { allow, scopes: byScope, workspaces: byPlace } = structuredClone(lists)
        const turned = {
          allow: allow.toReversed(),
          scopes: {
            production: byScope.production.toReversed(),
            dev: byScope.dev.toReversed(),
            optional: byScope.optional.toReversed(),
          },
          workspaces: byPlace.toReversed(),
        }
        const other = {
          ...about,
          kinds: about.kinds.toReversed(),
          workspaces: about.workspaces.toReversed(),
          claims: about.claims.toReversed(),
        }
        expect(judge(other, turned).verdict).toBe(judge(about, lists).verdict)
      }),
      { numRuns: 500 },
    )
  })

  test('to be reached in one way more never allows what was refused', () => {
    fc.assert(
      fc.property(licenses, facts, fc.constantFrom('.', 'a', 'b'), (lists, about, place) => {
        const more = { ...about, kinds: [...new Set([...about.kinds, 'dev' as const])] }
        const wider = { ...more, workspaces: [...new Set([...about.workspaces, place])] }
        fc.pre(about.workspaces.length > 0)
        if (judge(about, lists).verdict !== 'pass') expect(judge(wider, lists).verdict).not.toBe('pass')
      }),
      { numRuns: 1000 },
    )
  })
})

test('packages that are reached in different ways or places never share a list', () => {
  const listsOf = createAllowLists({
    allow: ['MIT'],
    scopes: scopes({ dev: ['0BSD'] }),
    workspaces: workspaces({ 'packages/a': ['Zlib'] }),
  })
  const dev = listsOf({ kinds: ['dev'], workspaces: ['.'] })
  const production = listsOf({ kinds: ['production'], workspaces: ['.'] })
  const inA = listsOf({ kinds: ['production'], workspaces: ['packages/a'] })
  const labels = [dev, production, inA].map(({ lists }) => lists.map(({ label }) => label))
  expect(labels).toEqual([
    ['in licenses.allow', 'in licenses.scopes.dev.allow'],
    ['in licenses.allow'],
    ['in licenses.allow', 'in licenses.workspaces["packages/a"].allow'],
  ])
  expect(listsOf({ kinds: ['dev', 'dev'], workspaces: ['.'] })).toBe(dev)
})

test('what several scopes allow together is said so', () => {
  const lists = scopes({ dev: ['0BSD'], optional: ['0BSD'] })
  const { leaves } = judge({ kinds: ['dev', 'optional'], claims: both('0BSD') }, { scopes: lists })
  expect(leaves[0]?.why).toBe('in licenses.scopes.dev.allow and licenses.scopes.optional.allow')
})

test('what ships and what does not never share a list, whoever comes first', () => {
  const about = { kinds: ['production' as const], workspaces: ['.'] }
  const withheld = ['not in licenses.allow', 1, 'in licenses.scopes.notShipped.allow']
  const told: [object, unknown[]][] = [
    [{}, withheld],
    [{ use: { shipped: true } }, withheld],
    [
      { use: { shipped: false } },
      ['not in licenses.allow or licenses.scopes.notShipped.allow', 2, undefined],
    ],
  ]
  for (const order of [told, told.toReversed()]) {
    const listsOf = createAllowLists({
      allow: ['MIT'],
      scopes: scopes({}),
      notShipped: ['GPL-3.0-only'],
      workspaces: [],
    })
    for (const [use, expected] of order) {
      const counting = listsOf({ ...about, ...use })
      expect([counting.refused, counting.lists.length, counting.withheld?.label]).toEqual(expected)
    }
  }
})

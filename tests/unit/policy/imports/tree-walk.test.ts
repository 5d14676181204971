import { describe, expect, test } from 'vitest'
import { dependenciesOf, ownLocations, reachFrom } from '#policy/imports/tree-walk'
import { tree } from '../../../support/import-sketch.ts'

const TREE = tree({
  '': ['a', 'dev t'],
  'node_modules/a': ['b', 'optional c', 'peer d', 'dev e'],
  'node_modules/b': ['a'],
  'node_modules/c': [],
  'node_modules/d': [],
  'node_modules/e': [],
  'node_modules/t': ['b'],
  'packages/w': ['a'],
})

test('what packages bring along is all but what they need for development', () => {
  expect([...dependenciesOf(TREE)]).toEqual([
    ['', ['node_modules/a']],
    ['node_modules/a', ['node_modules/b', 'node_modules/c', 'node_modules/d']],
    ['node_modules/b', ['node_modules/a']],
    ['node_modules/t', ['node_modules/b']],
    ['packages/w', ['node_modules/a']],
  ])
})

const reach = (...starts: [string, string][]) =>
  Object.fromEntries(
    [...reachFrom(starts, dependenciesOf(TREE))].map(([location, { at, direct }]) => [
      location,
      `${at}${direct ? '' : ' over'}`,
    ]),
  )

describe('what is reached', () => {
  test('by the first start that leads there, starts themselves before all', () => {
    expect(reach(['node_modules/t', 'T'], ['node_modules/b', 'B'], ['node_modules/b', 'again'])).toEqual({
      'node_modules/t': 'T',
      'node_modules/b': 'B',
      'node_modules/a': 'B over',
      'node_modules/c': 'B over',
      'node_modules/d': 'B over',
    })
    expect(reach(['node_modules/t', 'T'])).toEqual({
      'node_modules/t': 'T',
      'node_modules/b': 'T over',
      'node_modules/a': 'T over',
      'node_modules/c': 'T over',
      'node_modules/d': 'T over',
    })
  })

  test('is the start alone where it brings nothing along, and nothing without one', () => {
    expect(reach(['node_modules/c', 'C'])).toEqual({ 'node_modules/c': 'C' })
    expect(reach()).toEqual({})
  })
})

test('the own packages are the root and its workspaces', () => {
  expect([...ownLocations(TREE.instances)]).toEqual(['', 'packages/w'])
})

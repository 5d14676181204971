import { expect, test } from 'vitest'
import { wantedPeers } from '#policy/imports/wanted-peers'
import { tree } from '../../../support/import-sketch.ts'

const TREE = tree({
  '': ['a', 'dev p', 'q', 'peer r', 's'],
  'node_modules/a': ['peer p', 'q'],
  'node_modules/p': [],
  'node_modules/q': [],
  'node_modules/r': [],
  'node_modules/s': [],
  'packages/w': ['p', 'dev s', 't'],
  'packages/w/node_modules/p': [],
  'packages/w/node_modules/t': ['peer s'],
})

test('what is declared and an installed package has for a peer, at the place that it finds', () => {
  expect([...wantedPeers(TREE)]).toEqual(['.\np', '.\ns', 'packages/w\ns'])
})

test('only for those that matter', () => {
  const names: string[] = []
  const wanted = wantedPeers(TREE, ({ name }) => {
    names.push(name)
    return name !== 'a'
  })
  expect([...wanted]).toEqual(['.\ns', 'packages/w\ns'])
  expect(names).toContain('t')
})

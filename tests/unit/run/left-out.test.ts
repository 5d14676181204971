/** What a package needs and the lockfile leaves out: found where it would be judged as something that fewer need. */
import { describe, expect, test } from 'vitest'
import type { DependencyKind, Edge, Need, PackageInstance } from '#model/inventory'
import { plannedPlaces } from '../../../src/run/left-out.ts'

const instance = (
  location: string,
  kinds: DependencyKind[],
  more: Partial<PackageInstance> = {},
): PackageInstance => ({
  location,
  name: location.split('node_modules/').at(-1) ?? '',
  version: '1.0.0',
  source: 'registry',
  installed: true,
  extraneous: false,
  kinds,
  workspaces: ['.'],
  ...more,
})
const edge = (from: string, name: string, kind: DependencyKind = 'production'): Edge => ({
  from,
  to: `node_modules/${name}`,
  name,
  spec: '*',
  kind,
})

const holder = instance('node_modules/a', ['production'])
const need = (kind: Need['kind'] = 'production'): Need => ({ name: 'b', kind })
const found = (
  instances: PackageInstance[],
  { by = holder, needs = [need()], edges = [], withoutPeers }: Asking = {},
): string | undefined =>
  plannedPlaces({ instances, edges, ...(withoutPeers && { withoutPeers }) }).leftOut(by, needs)?.location

interface Asking {
  by?: PackageInstance
  needs?: Need[]
  edges?: Edge[]
  withoutPeers?: true
}

const atB = 'node_modules/b'

test('a dependency that the lockfile lists is left out by nobody', () => {
  expect(found([holder, instance(atB, ['dev'])], { edges: [edge('node_modules/a', 'b')] })).toBeUndefined()
  expect(found([holder, instance(atB, ['dev'])], { edges: [edge('node_modules/c', 'b')] })).toBe(atB)
  expect(found([holder, instance(atB, ['dev'])], { edges: [edge('node_modules/a', 'c')] })).toBe(atB)
})

test.each<[listed: DependencyKind, kind: Need['kind'], isSecret: boolean]>([
  ['optional', 'production', true],
  ['optional', 'peer', true],
  ['optional', 'optional', false],
  ['production', 'optional', false],
  ['peer', 'production', false],
  ['production', 'peer', false],
])(
  'listed as %s, needed as %s: it is judged by what is listed only where that asks for as much',
  (listed, kind, isSecret) => {
    const edges = [edge('node_modules/a', 'b', listed)]
    const tree = [holder, instance(atB, ['optional'])]
    expect(found(tree, { needs: [need(kind)], edges })).toBe(isSecret ? atB : undefined)
  },
)

test('what is needed as optional may be listed as anything', () => {
  const tree = [holder, instance(atB, ['production'])]
  for (const listed of ['production', 'peer', 'optional'] as const) {
    const edges = [edge('node_modules/a', 'b', listed)]
    expect(found(tree, { needs: [need('optional')], edges })).toBeUndefined()
  }
})

test('what is listed as optional, and reached as the need asks by another way, is judged strictly enough', () => {
  const edges = [edge('node_modules/a', 'b', 'optional')]
  expect(found([holder, instance(atB, ['production', 'optional'])], { edges })).toBeUndefined()
})

test('one that nothing answers is not there to be judged', () => {
  expect(found([holder])).toBeUndefined()
  expect(found([holder, instance('node_modules/c/node_modules/b', ['dev'])])).toBeUndefined()
})

test('the nearest answers, as for Node', () => {
  const below = instance('node_modules/a/node_modules/b', ['dev'])
  expect(found([holder, below, instance(atB, ['production'])])).toBe(below.location)
  expect(
    found([holder, instance('node_modules/a/node_modules/b', ['production']), instance(atB, ['dev'])]),
  ).toBeUndefined()
})

test('all needs are looked at', () => {
  const needs = [{ name: 'x', kind: 'production' as const }, need()]
  expect(found([holder, instance('node_modules/x', ['production']), instance(atB, ['dev'])], { needs })).toBe(
    atB,
  )
})

describe('kinds', () => {
  test.each<[by: DependencyKind[], kind: Need['kind'], answer: DependencyKind[], isSecret: boolean]>([
    [['production'], 'production', ['dev'], true],
    [['production'], 'production', ['production'], false],
    [['production'], 'production', ['production', 'dev'], false],
    [['production'], 'production', ['optional'], true],
    [['production'], 'production', ['peer'], false],
    [['production'], 'optional', ['dev'], true],
    [['production'], 'optional', ['production'], true],
    [['production'], 'optional', ['optional'], false],
    [['production'], 'peer', ['dev'], true],
    [['production'], 'peer', ['peer'], false],
    [['production'], 'peer', ['production'], false],
    [['dev'], 'production', ['dev'], false],
    [['dev'], 'production', ['production'], true],
    [['dev'], 'peer', ['dev'], false],
    [['dev', 'production'], 'production', ['dev'], true],
    [['optional'], 'production', ['optional'], false],
    [['optional'], 'production', ['dev'], true],
    [['optional'], 'peer', ['optional'], false],
    [['peer'], 'production', ['production'], false],
    [['peer'], 'production', ['dev'], true],
    [['peer'], 'optional', ['optional'], false],
  ])('by %s, as %s, answered by what is %s: %s', (kinds, kind, answer, isSecret) => {
    const by = instance('node_modules/a', kinds)
    expect(found([by, instance(atB, answer)], { by, needs: [need(kind)] })).toBe(isSecret ? atB : undefined)
  })
})

test('needed in another workspace it is judged by other lists', () => {
  const by = instance('node_modules/a', ['production'], { workspaces: ['.', 'packages/x'] })
  expect(found([by, instance(atB, ['production'])], { by })).toBe(atB)
  const shared = instance(atB, ['production'], { workspaces: ['.', 'packages/x', 'packages/y'] })
  expect(found([by, shared], { by })).toBeUndefined()
})

test('where the lockfile says nothing of peers none is left out', () => {
  const tree = [holder, instance(atB, ['dev'])]
  expect(found(tree, { needs: [need('peer')] })).toBe(atB)
  expect(found(tree, { needs: [need('peer')], withoutPeers: true })).toBeUndefined()
  expect(found(tree, { needs: [need()], withoutPeers: true })).toBe(atB)
})

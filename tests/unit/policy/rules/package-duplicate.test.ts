import { expect, test } from 'vitest'
import type { Edge, Inventory, PackageInstance } from '#model/inventory'
import { duplicates } from '#policy/judge-run'

function instance(location: string, name: string, version: string): PackageInstance {
  return {
    location,
    name,
    version,
    source: location === '' ? 'root' : 'registry',
    installed: true,
    extraneous: false,
    kinds: ['production'],
    workspaces: ['.'],
  }
}

function edge(from: string, to: string): Edge {
  return { from, to, name: to, spec: '*', kind: 'production' }
}

const tree: Pick<Inventory, 'instances' | 'edges' | 'lockfile'> = {
  lockfile: 'package-lock.json',
  instances: [
    instance('', 'app', '1.0.0'),
    instance('node_modules/lib', 'lib', '10.0.0'),
    instance('node_modules/old', 'old', '1.0.0'),
    instance('node_modules/old/node_modules/lib', 'lib', '9.0.0'),
    instance('node_modules/older/node_modules/lib', 'lib', '9.0.0'),
  ],
  edges: [
    edge('', 'node_modules/lib'),
    edge('', 'node_modules/old'),
    edge('node_modules/old', 'node_modules/old/node_modules/lib'),
    edge('node_modules/gone', 'node_modules/old/node_modules/lib'),
  ],
}

const packages = [
  { name: 'lib', version: '10.0.0', locations: ['node_modules/lib'] },
  { name: 'lib', version: '9.0.0', locations: ['node_modules/old/node_modules/lib'] },
  { name: 'old', version: '1.0.0', locations: ['node_modules/old'] },
]

test('one finding a name, oldest version first, with who asks for each', () => {
  const found = duplicates(packages, tree, 'warn')
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({
    rule: 'package-duplicate',
    severity: 'warn',
    verdict: 'pass',
    package: 'lib',
    message: 'lib is in the tree in 2 versions: 9.0.0, 10.0.0',
    details: ['9.0.0 is asked for by old@1.0.0', '10.0.0 is asked for by app@1.0.0'],
    location: { file: 'package-lock.json' },
  })
})

test('deny is a violation, off is nothing', () => {
  expect(duplicates(packages, tree, 'deny')[0]?.verdict).toBe('violation')
  expect(duplicates(packages, tree, 'off')).toEqual([])
})

test('the order of packages does not matter, new versions do', () => {
  const [found] = duplicates(packages, tree, 'warn')
  expect(duplicates(packages.toReversed(), tree, 'warn')).toEqual([found])
  const more = [...packages, { name: 'lib', version: '9.1.0', locations: ['node_modules/x'] }]
  expect(duplicates(more, tree, 'warn')[0]?.fingerprint).not.toBe(found?.fingerprint)
  expect(duplicates(more, tree, 'warn')[0]?.details).toContain(
    '9.1.0 is asked for by nothing that is left in the tree',
  )
})

test('the same version from two sources is one version, and many dependents are counted', () => {
  const twice = [packages[1], packages[1]].flatMap((entry) => (entry === undefined ? [] : [entry]))
  expect(duplicates(twice, tree, 'deny')).toEqual([])
  const instances = Array.from({ length: 5 }, (_, at) => instance(`node_modules/d${at}`, `d${at}`, '1.0.0'))
  const busy = {
    instances: [...tree.instances, ...instances],
    edges: [...tree.edges, ...instances.map(({ location }) => edge(location, 'node_modules/lib'))],
  }
  expect(duplicates(packages, busy, 'warn')[0]?.details?.[1]).toBe(
    '10.0.0 is asked for by app@1.0.0, d0@1.0.0, d1@1.0.0 and 3 more',
  )
})

test('versions that are none, and names that are special, are sorted and counted like all others', () => {
  const odd = ['main', '2.0.0', '', '1.0.0-beta', '1.0.0'].map((version) => ({
    name: '__proto__',
    version,
    locations: ['node_modules/x'],
  }))
  const [found] = duplicates(odd, tree, 'warn')
  expect(found?.message).toBe('__proto__ is in the tree in 5 versions: 1.0.0-beta, 1.0.0, 2.0.0, , main')
  expect(duplicates(odd.toReversed(), tree, 'warn')[0]?.message).toBe(found?.message)
})

test('three dependents are all named', () => {
  const names = ['x', 'y', 'z']
  const wide = {
    ...tree,
    instances: [...tree.instances, ...names.map((name) => instance(`node_modules/${name}`, name, '1.0.0'))],
    edges: names.map((name) => edge(`node_modules/${name}`, 'node_modules/lib')),
  }
  expect(duplicates(packages, wide, 'warn')[0]?.details).toContain(
    '10.0.0 is asked for by x@1.0.0, y@1.0.0, z@1.0.0',
  )
})

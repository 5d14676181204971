import { expect, test } from 'vitest'
import type { Inventory, PackageInstance } from '#model/inventory'
import { selectPackages } from '../../../src/run/packages.ts'

const instance = (location: string, name: string, version: string): PackageInstance => ({
  location,
  name,
  version,
  source: 'registry',
  installed: true,
  extraneous: false,
  kinds: ['production'],
  workspaces: ['.'],
})

const inventory = (...instances: PackageInstance[]): Inventory => ({
  root: { name: 'app', version: '1.0.0' },
  instances,
  edges: [],
  problems: [],
})

const everything = { omitDev: false, workspaces: [], isFirstParty: () => false }

test('copies of one version are one package', () => {
  const { judged } = selectPackages(
    inventory(
      instance('node_modules/a', 'a', '1.0.0'),
      instance('node_modules/b/node_modules/a', 'a', '1.0.0'),
    ),
    everything,
  )
  expect(judged.map(({ id, instances }) => [id, instances.length])).toEqual([['a@1.0.0', 2]])
})

test('an empty name does not make a package a copy of another one', () => {
  const { judged } = selectPackages(
    inventory(instance('node_modules/@s/a', '@s/a', '1.0.0'), instance('node_modules/odd', '', 's/a@1.0.0')),
    everything,
  )
  expect(judged.map(({ name }) => name)).toEqual(['', '@s/a'])
})

const edge = (from: string, to: string) => ({ from, to, name: 'x', spec: '*', kind: 'production' as const })

test('dependencies are the ids of all copies together, integrity every hash once', () => {
  const hashes = (location: string, integrity: string) => ({ ...instance(location, 'a', '1.0.0'), integrity })
  const root: PackageInstance = { ...instance('', 'app', '1.0.0'), source: 'root', kinds: [], workspaces: [] }
  const { judged, firstParty } = selectPackages(
    {
      ...inventory(
        root,
        hashes('node_modules/a', 'sha512-Yg== sha1-YQ=='),
        hashes('node_modules/b/node_modules/a', 'sha512-Yg=='),
        instance('node_modules/b', 'b', '1.0.0'),
        instance('node_modules/c', 'c', '1.0.0'),
        instance('node_modules/b/node_modules/c', 'c', '2.0.0'),
      ),
      edges: [
        edge('', 'node_modules/b'),
        edge('node_modules/a', 'node_modules/c'),
        edge('node_modules/b/node_modules/a', 'node_modules/b/node_modules/c'),
        edge('node_modules/b/node_modules/a', 'node_modules/b'),
        edge('node_modules/b/node_modules/a', 'node_modules/b'),
      ],
    },
    everything,
  )
  const of = (id: string) => judged.find((group) => group.id === id)
  expect(of('a@1.0.0')?.dependencies).toEqual(['b@1.0.0', 'c@1.0.0', 'c@2.0.0'])
  expect(of('a@1.0.0')?.integrity).toEqual(['sha1-YQ==', 'sha512-Yg=='])
  expect(of('c@1.0.0')).toMatchObject({ dependencies: [], integrity: [] })
  expect(firstParty[0]?.dependencies).toEqual(['b@1.0.0'])
})

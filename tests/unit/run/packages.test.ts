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

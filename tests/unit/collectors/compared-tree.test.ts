import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparedTree } from '#collectors/compared-tree'
import type { ComparedTree } from '#collectors/compared-tree'
import { inventoryFromLockfile, lockedPlan, plannedInventory } from '#collectors/locked-inventory'
import type { LockedPlan } from '#collectors/locked-inventory'
import { readPackageLock } from '#collectors/package-lock'
import { parseManifests } from '#collectors/planned-tree'
import type { Inventory } from '#model/inventory'
import { selectPackages } from '../../../src/run/packages.ts'
import { changesBetween } from '../../../src/run/tree-changes.ts'

type Json = Record<string, unknown>

/** A lockfile with the package.json files that go with it. */
interface Tree {
  packages: Record<string, Json>
  manifest: Json
}

const ROOT: Json = { name: 'app', version: '1.0.0' }
const everything = { omitDev: false, workspaces: [], isFirstParty: () => false }

function planOf({ packages, manifest }: Tree, like?: LockedPlan): LockedPlan | undefined {
  const text = JSON.stringify({ lockfileVersion: 3, packages: { '': manifest, ...packages } })
  const lockfile = readPackageLock(text, 'package-lock.json', { keepListed: true, like: like?.lockfile })
  const manifests = parseManifests(JSON.stringify(manifest), workspacesOf(packages))
  if (!lockfile.ok || !manifests.ok) return undefined
  const found = { lockfile: lockfile.value, lockfileName: 'package-lock.json', lockfileSha256: '' }
  const plan = lockedPlan(found, manifests.value, like)
  return plan.ok ? plan.value : undefined
}

function wholeOf({ packages, manifest }: Tree): Inventory | undefined {
  const text = JSON.stringify({ lockfileVersion: 3, packages: { '': manifest, ...packages } })
  const whole = inventoryFromLockfile({
    lockfile: { name: 'package-lock.json', text },
    manifest: JSON.stringify(manifest),
    manifests: workspacesOf(packages),
  })
  return whole.ok ? { ...whole.value, lockfileSha256: '' } : undefined
}

function workspacesOf(packages: Tree['packages']): [string, string][] {
  return Object.entries(packages).flatMap(([location, entry]): [string, string][] =>
    location.startsWith('packages/') && !location.includes('node_modules')
      ? [[location, JSON.stringify(entry)]]
      : [],
  )
}

/** Compares in both ways; undefined where one side is no lockfile that can be followed. */
function compare(old: Tree, now: Tree) {
  const head = planOf(now)
  const base = head && planOf(old, head)
  const [before, after] = [wholeOf(old), wholeOf(now)]
  expect([head === undefined, base === undefined]).toEqual([
    after === undefined,
    !head || before === undefined,
  ])
  if (head === undefined || base === undefined || before === undefined || after === undefined)
    return undefined
  const tree = comparedTree(base, head, new Set())
  return {
    tree,
    before,
    after,
    changes: changesIn(tree, plannedInventory(head)),
    expected: whole(before, after),
  }
}

function changesIn(tree: ComparedTree, after: Inventory) {
  return changesBetween(
    selectPackages({ instances: tree.differing, edges: [] }, everything).judged.map(comparable),
    selectPackages(after, everything, ({ name }) => tree.mayDiffer(name)).judged.map(comparable),
  )
}

function whole(before: Inventory, after: Inventory) {
  return changesBetween(
    selectPackages(before, everything).judged.map(comparable),
    selectPackages(after, everything).judged.map(comparable),
  )
}

/** What is told of a package of the old tree leaves out what its dependencies are. */
function comparable<T extends { dependencies: string[] }>(group: T): T {
  return { ...group, dependencies: [] }
}

const NAMES = ['a', 'b', 'c', '@s/d']
const versions = fc.constantFrom('1.0.0', '1.1.0', '2.0.0')
const specs = fc.constantFrom(
  '^1.0.0',
  '*',
  '2.0.0',
  'npm:b@^1.0.0',
  'git+https://git.example/x.git',
  'https://files.example/x.tgz',
)
const needs = fc.dictionary(fc.constantFrom(...NAMES, 'one'), specs, { maxKeys: 3 })
const flags = fc.record(
  {
    inBundle: fc.constant(true),
    os: fc.constant(['win32']),
    name: fc.constantFrom('real', 'b'),
    integrity: fc.constantFrom('sha512-AA==', 'sha512-BB=='),
    resolved: fc.constantFrom('https://registry.example/x/-/x-1.0.0.tgz', 'https://other.example/x.tgz'),
    bundleDependencies: fc.constantFrom(['a'], ['b', 'c'], true),
    license: fc.constantFrom('MIT', 'ISC'),
    dev: fc.boolean(),
  },
  { requiredKeys: [] },
)
const entry = fc
  .record({
    version: versions,
    flags,
    dependencies: needs,
    optionalDependencies: needs,
    peerDependencies: needs,
  })
  .map(({ version, flags: more, ...lists }): Json => {
    const filled = Object.entries(lists).filter(([, list]) => Object.keys(list).length > 0)
    return Object.assign({ version }, more, Object.fromEntries(filled))
  })
const place = fc
  .tuple(
    fc.constantFrom(
      '',
      'packages/one/',
      'node_modules/a/',
      'node_modules/@s/d/',
      'node_modules/a/node_modules/b/',
    ),
    fc.constantFrom(...NAMES),
  )
  .map(([above, name]) => `${above}node_modules/${name}`)
const manifest = fc
  .record({ dependencies: needs, devDependencies: needs, optionalDependencies: needs, overrides: needs })
  .map((lists): Json => Object.assign({ workspaces: ['packages/*'] }, ROOT, lists))
const workspace = fc.record({ dependencies: needs, devDependencies: needs })
const tree: fc.Arbitrary<Tree> = fc
  .record({
    packages: fc.dictionary(place, entry, { maxKeys: 8 }),
    manifest,
    workspace: fc.option(workspace, { nil: undefined }),
    link: fc.option(fc.constantFrom('packages/one', 'packages/two', '../outside', 'packages/none'), {
      nil: undefined,
    }),
  })
  .map(({ packages, manifest: own, workspace: one, link }) => ({
    manifest: own,
    packages: {
      ...packages,
      ...(one && { 'packages/one': { name: 'one', version: '1.0.0', ...one } }),
      'packages/two': { name: 'two', version: '1.0.0' },
      ...(link !== undefined && { 'node_modules/one': { resolved: link, link: true } }),
      ...(link === '../outside' && { '../outside': { name: 'out', version: '1.0.0' } }),
    },
  }))
/** A tree, and what a change may make of it: entries that came, went, or say something else. */
const change = fc
  .record({
    old: tree,
    other: tree,
    drop: fc.array(fc.nat(), { maxLength: 2 }),
    take: fc.array(fc.nat(), { maxLength: 2 }),
    takesManifest: fc.boolean(),
  })
  .map(({ old, other, drop, take, takesManifest }) => {
    const gone = new Set(drop.map((at) => Object.keys(old.packages)[at % 5]))
    const came = new Set(take.map((at) => Object.keys(other.packages)[at % 5]))
    const packages = Object.fromEntries([
      ...Object.entries(structuredClone(old.packages)).filter(([location]) => !gone.has(location)),
      ...Object.entries(other.packages).filter(([location]) => came.has(location)),
    ])
    return { old, now: { packages, manifest: takesManifest ? other.manifest : old.manifest } }
  })

describe('comparedTree', () => {
  test('finds the changes that two whole inventories show', () => {
    let compared = 0
    fc.assert(
      fc.property(change, ({ old, now }) => {
        const result = compare(old, now)
        if (result === undefined) return
        compared += 1
        expect(result.changes).toEqual(result.expected)
        expect(result.tree.whole()).toEqual(result.before)
      }),
      { numRuns: 3000 },
    )
    expect(compared).toBeGreaterThan(1500)
  })

  test('finds the changes between trees that have nothing to do with each other', () => {
    fc.assert(
      fc.property(tree, tree, (old, now) => {
        const result = compare(old, now)
        if (result === undefined) return
        expect(result.changes).toEqual(result.expected)
        expect(result.tree.whole()).toEqual(result.before)
      }),
      { numRuns: 500 },
    )
  })

  test('lists only what may differ', () => {
    const packages = Object.fromEntries(
      NAMES.map((name) => [`node_modules/${name}`, { version: '1.0.0', integrity: 'sha512-AA==' }]),
    )
    const own = { ...ROOT, dependencies: Object.fromEntries(NAMES.map((name) => [name, '^1.0.0'])) }
    const result = compare(
      { packages, manifest: own },
      {
        packages: { ...packages, 'node_modules/b': { version: '1.1.0', integrity: 'sha512-BB==' } },
        manifest: own,
      },
    )
    expect(result?.tree.differing.map(({ name }) => name)).toEqual(['app', 'b'])
    expect(result?.changes.map(({ type, name }) => [type, name])).toEqual([['updated', 'b']])
  })
})

/** What is carried in a tarball and what npm fetches: by npm's own rule, whatever the lockfile's flag says. */
import { expect, test } from 'vitest'
import { inventoryFromLockfile } from '#collectors/collect'
import { lockfile } from './project-folder.ts'

type Entries = Parameters<typeof lockfile>[0]

const ROOT = { name: 'app', version: '1.0.0', dependencies: { c: '1' } }

/** Each carried package with its carrier, by place. */
function carried(entries: Entries): Record<string, string> {
  const inventory = inventoryFromLockfile({
    lockfile: { name: 'package-lock.json', text: lockfile({ '': ROOT, ...entries }) },
    manifest: JSON.stringify(ROOT),
  })
  if (!inventory.ok) throw new Error(inventory.failure.message)
  const found = inventory.value.instances.filter(({ source }) => source === 'bundled')
  return Object.fromEntries(
    found.map(({ location, carrier }) => [location, `${carrier?.name}@${carrier?.version}`]),
  )
}

const C = 'node_modules/c'
const X = `${C}/node_modules/x`
const Y = `${C}/node_modules/y`
const needsX = { version: '1.0.0', dependencies: { x: '1' } }
const flagged = { version: '1.0.0', inBundle: true }

test.each<[what: string, entries: Entries, expected: string[]]>([
  ['what the list names', { [C]: { ...needsX, bundleDependencies: ['x'] }, [X]: flagged }, [X]],
  ['all, where the list is true', { [C]: { ...needsX, bundleDependencies: true }, [X]: flagged }, [X]],
  [
    'what the list names, without the flag',
    { [C]: { ...needsX, bundleDependencies: ['x'] }, [X]: { version: '1.0.0' } },
    [X],
  ],
  ['nothing by the flag alone', { [C]: needsX, [X]: flagged }, []],
  [
    'nothing by the flag beside a list of others',
    { [C]: { ...needsX, bundleDependencies: ['y'] }, [X]: flagged },
    [],
  ],
  [
    'what the carried ones need beside them',
    {
      [C]: { version: '1.0.0', dependencies: { y: '1' }, bundleDependencies: ['y'] },
      [Y]: { ...flagged, dependencies: { x: '1' } },
      [X]: flagged,
    },
    [X, Y],
  ],
  [
    'not what lies beside them and is needed by their carrier alone',
    {
      [C]: { version: '1.0.0', dependencies: { x: '1', y: '1' }, bundleDependencies: ['y'] },
      [Y]: flagged,
      [X]: flagged,
    },
    [Y],
  ],
  [
    'what lies below them, and what that needs beside them',
    {
      [C]: { version: '1.0.0', dependencies: { y: '1' }, bundleDependencies: ['y'] },
      [Y]: { ...flagged, dependencies: { z: '1' } },
      [`${Y}/node_modules/z`]: { ...flagged, dependencies: { x: '1' } },
      [X]: flagged,
    },
    [X, Y, `${Y}/node_modules/z`],
  ],
  [
    'not what they find further up',
    {
      [C]: { ...needsX, bundleDependencies: ['x'] },
      [X]: { ...flagged, dependencies: { y: '1' } },
      'node_modules/y': flagged,
    },
    [X],
  ],
])('%s', (_what, entries, expected) => {
  expect(carried(entries)).toEqual(Object.fromEntries(expected.map((location) => [location, 'c@1.0.0'])))
})

test('what is carried says nothing of what it carries', () => {
  const z = `${X}/node_modules/z`
  const entries = {
    [C]: { ...needsX, bundleDependencies: ['x'] },
    [X]: { ...flagged, dependencies: { z: '1' }, bundleDependencies: ['z'] },
    [z]: flagged,
  }
  expect(carried(entries)).toEqual({ [X]: 'c@1.0.0', [z]: 'c@1.0.0' })
})

test('circles end', () => {
  const entries = {
    [C]: { ...needsX, bundleDependencies: ['x'] },
    [X]: { ...flagged, dependencies: { y: '1', x: '1' } },
    [Y]: { ...flagged, dependencies: { x: '1', c: '1' } },
  }
  expect(Object.keys(carried(entries))).toEqual([X, Y])
})

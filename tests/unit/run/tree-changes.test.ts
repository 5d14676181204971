/** Comparing two trees: every package ends up in one change at most, and what is the same in none. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DependencyKind, LicenseField, SourceType } from '#model/inventory'
import type { PackageGroup } from '../../../src/run/packages.ts'
import { changesBetween, integrityChange } from '../../../src/run/tree-changes.ts'

interface Parts {
  kinds?: DependencyKind[]
  source?: SourceType
  integrity?: string[]
  workspaces?: string[]
  addressed?: string
  resolved?: string
  carrier?: { name: string; version: string }
  declared?: LicenseField
}

/** A package of an id such as `a@1.0.0`. */
function group(id: string, parts: Parts = {}): PackageGroup {
  const [name = '', version = ''] = id.split('@')
  const { kinds = ['production'], source = 'registry', workspaces = ['.'], integrity = [] } = parts
  const shared = { name, version, source, kinds, workspaces, installed: true }
  const { addressed, resolved, carrier, declared } = parts
  const instance = {
    ...shared,
    location: `node_modules/${name}`,
    extraneous: false,
    ...(addressed !== undefined && { addressed }),
    ...(resolved !== undefined && { resolved }),
    ...(carrier && { carrier }),
    ...(declared && { declared }),
  }
  return { ...shared, id, dependencies: [], integrity, instances: [instance] }
}

const inWords = (before: PackageGroup[], after: PackageGroup[]): string[] =>
  changesBetween(before, after).map((change) =>
    [change.type, change.before?.id ?? '-', change.after?.id ?? '-', change.differs.join()].join(' ').trim(),
  )

test('the same tree in another order is no change', () => {
  const tree = [group('a@1.0.0'), group('a@2.0.0'), group('b@1.0.0', { source: 'git', resolved: 'x#1' })]
  expect(changesBetween(tree, tree.toReversed())).toEqual([])
})

describe('versions', () => {
  test.each<[what: string, before: string[], after: string[], changes: string[]]>([
    ['a new one', [], ['a@1.0.0'], ['added - a@1.0.0']],
    ['none any more', ['a@1.0.0'], [], ['removed a@1.0.0 -']],
    ['another one', ['a@1.0.0'], ['a@1.1.0'], ['updated a@1.0.0 a@1.1.0 version']],
    ['one more', ['a@1.0.0'], ['a@1.0.0', 'a@2.0.0'], ['added - a@2.0.0']],
    ['one less', ['a@1.0.0', 'a@2.0.0'], ['a@2.0.0'], ['removed a@1.0.0 -']],
    [
      'highest with highest, by number and not by letter',
      ['a@9.0.0', 'a@10.0.0'],
      ['a@9.1.0', 'a@11.0.0'],
      ['updated a@10.0.0 a@11.0.0 version', 'updated a@9.0.0 a@9.1.0 version'],
    ],
    [
      'two where one was',
      ['a@1.0.0'],
      ['a@2.0.0', 'a@3.0.0'],
      ['added - a@2.0.0', 'updated a@1.0.0 a@3.0.0 version'],
    ],
    ['what is no version', ['a@x'], ['a@y'], ['updated a@x a@y version']],
  ])('%s', (_what, before, after, changes) => {
    expect(
      inWords(
        before.map((id) => group(id)),
        after.map((id) => group(id)),
      ),
    ).toEqual(changes)
  })
})

describe('the same version with', () => {
  test.each<[what: string, before: Parts, after: Parts, differs: string]>([
    ['another kind', { kinds: ['dev'] }, { kinds: ['production', 'dev'] }, 'kinds'],
    ['another workspace', { workspaces: ['.'] }, { workspaces: ['.', 'app'] }, 'workspaces'],
    ['another source', {}, { source: 'git', resolved: 'git+ssh://registry.example/a#1' }, 'source'],
    ['another host', {}, { addressed: 'https://other.example' }, 'source'],
    ['another commit', { source: 'git', resolved: 'x#1' }, { source: 'git', resolved: 'x#2' }, 'source'],
    ['another integrity', { integrity: ['sha512-a'] }, { integrity: ['sha512-b'] }, 'integrity'],
    ['no integrity any more', { integrity: ['sha512-a'] }, {}, 'integrity'],
  ])('%s', (_what, before, after, differs) => {
    expect(inWords([group('a@1.0.0', before)], [group('a@1.0.0', after)])).toEqual([
      `changed a@1.0.0 a@1.0.0 ${differs}`,
    ])
  })
})

describe('hashes contradict each other', () => {
  test.each<[what: string, before: string[], after: string[], contradict: boolean]>([
    ['of one algorithm', ['sha512-a'], ['sha512-b'], true],
    ['of one of two algorithms', ['sha1-a', 'sha512-a'], ['sha1-b', 'sha512-a'], true],
    ['in one of two copies', ['sha512-a'], ['sha512-a', 'sha512-b'], true],
    ['never where they are the same', ['sha512-a'], ['sha512-a'], false],
    ['never where a stronger one took the place', ['sha1-a'], ['sha512-b'], false],
    ['never where one is gone', ['sha1-a', 'sha512-a'], ['sha512-a'], false],
    ['never without any', [], ['sha512-a'], false],
  ])('%s', (_what, before, after, contradict) => {
    const found = integrityChange(
      group('a@1.0.0', { integrity: before }),
      group('a@1.0.0', { integrity: after }),
    )
    expect(found !== undefined).toBe(contradict)
  })
})

test('whatever the trees: what came is what is in one change each, and so is what went', () => {
  const ids = fc.uniqueArray(
    fc.constantFrom('a@1.0.0', 'a@2.0.0', 'a@3.0.0', 'b@1.0.0', 'b@1.0.1', 'c@0.1.0'),
  )
  fc.assert(
    fc.property(ids, ids, (before, after) => {
      const changes = changesBetween(
        before.map((id) => group(id)),
        after.map((id) => group(id)),
      )
      const came = changes.flatMap((change) => change.after?.id ?? [])
      const went = changes.flatMap((change) => change.before?.id ?? [])
      expect(came.toSorted()).toEqual(after.filter((id) => !before.includes(id)).toSorted())
      expect(went.toSorted()).toEqual(before.filter((id) => !after.includes(id)).toSorted())
    }),
  )
})

const carried = (by: string): PackageGroup => {
  const [name = '', version = ''] = by.split('@')
  return group('x@1.0.0', { source: 'bundled', carrier: { name, version } })
}
const folder = (license: string): PackageGroup => group('v@1.0.0', { source: 'link', declared: { license } })

describe('the same name and version with other bytes behind it', () => {
  test.each<[what: string, before: PackageGroup, after: PackageGroup, changes: string[]]>([
    ['the same carrier', carried('c@1.0.0'), carried('c@1.0.0'), []],
    [
      'another version of its carrier',
      carried('c@1.0.0'),
      carried('c@1.1.0'),
      ['changed x@1.0.0 x@1.0.0 source'],
    ],
    ['another carrier', carried('c@1.0.0'), carried('d@1.0.0'), ['changed x@1.0.0 x@1.0.0 source']],
    ['a folder that says the same', folder('MIT'), folder('MIT'), []],
    [
      'a folder that says something else',
      folder('MIT'),
      folder('AGPL-3.0-only'),
      ['changed v@1.0.0 v@1.0.0 source'],
    ],
  ])('%s', (_what, before, after, changes) => {
    expect(inWords([before], [after])).toEqual(changes)
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allPaths, shortestPaths } from '#collectors/paths'
import { DEPENDENCY_KINDS } from '#model/inventory'
import type { Edge, Inventory, PackageInstance } from '#model/inventory'

type Arrow = [from: string, to: string, kind?: Edge['kind']]

/** An inventory out of arrows between locations; `''` is the root, `ws…` are workspaces. */
function inventory(arrows: Arrow[]): Inventory {
  const locations = new Set(['', ...arrows.flatMap(([from, to]) => [from, to])])
  const instances = [...locations].toSorted().map((location): PackageInstance => ({
    location,
    name: location || 'app',
    version: '1.0.0',
    source: location === '' ? 'root' : location.startsWith('ws') ? 'workspace' : 'registry',
    installed: true,
    extraneous: false,
    kinds: [],
    workspaces: [],
  }))
  const edges = arrows.map(([from, to, kind = 'production']): Edge => ({
    from,
    to,
    name: to,
    spec: '*',
    kind,
  }))
  return { root: { name: 'app', version: '1.0.0' }, instances, edges, problems: [] }
}

const strip = (paths: string[][] | undefined): string[] =>
  (paths ?? []).map((path) => path.join(' ').replaceAll('@1.0.0', ''))

describe('shortestPaths', () => {
  test('one from each of our own packages that reaches it', () => {
    const paths = shortestPaths(
      inventory([
        ['', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
        ['ws1', 'c'],
        ['c', 'a'],
      ]),
    )
    expect(strip(paths.get('c'))).toEqual(['app a c', 'ws1 c'])
    expect(strip(paths.get('a'))).toEqual(['app a', 'ws1 c a'])
    expect(paths.has('')).toBe(false)
  })

  test("a workspace's development dependencies are no concern of those that use it", () => {
    const paths = shortestPaths(
      inventory([
        ['', 'ws'],
        ['ws', 'a'],
        ['ws', 'd', 'dev'],
      ]),
    )
    expect(strip(paths.get('d'))).toEqual(['ws d'])
    expect(strip(paths.get('a'))).toEqual(['app ws a', 'ws a'])
  })

  test('an extraneous package has none', () => {
    expect(shortestPaths(inventory([['stray', 'under']])).get('under')).toBeUndefined()
  })
})

describe('shortestPaths to some places', () => {
  test('are those of all places', () => {
    const place: fc.Arbitrary<string> = fc.constantFrom('', 'ws1', 'ws2', 'a', 'b', 'c', 'd', 'e')
    const arrow = fc.tuple(place, place, fc.constantFrom(...DEPENDENCY_KINDS))
    fc.assert(
      fc.property(fc.array(arrow, { maxLength: 14 }), fc.uniqueArray(place), (arrows, wanted) => {
        const tree = inventory(arrows)
        const all = shortestPaths(tree)
        const some = shortestPaths(tree, wanted)
        for (const location of wanted) expect(some.get(location)).toEqual(all.get(location))
        expect([...some.keys()].every((location) => wanted.includes(location))).toBe(true)
      }),
    )
  })

  test('a chain of 20,000 is walked without a stack', () => {
    const chain = Array.from({ length: 20_000 }, (_value, at): Arrow => [
      at === 0 ? '' : `p${at}`,
      `p${at + 1}`,
    ])
    expect(shortestPaths(inventory(chain), ['p300']).get('p300')?.[0]).toHaveLength(301)
  })
})

describe('allPaths', () => {
  test('every path, the shortest first, cycles and all', () => {
    const tree = inventory([
      ['', 'a'],
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
      ['c', 'a'],
      ['ws', 'c'],
      ['', 'ws'],
    ])
    expect(strip(allPaths(tree, 'c@1.0.0', 10))).toEqual(['ws c', 'app a c', 'app ws c', 'app a b c'])
    expect(strip(allPaths(tree, 'c@1.0.0', 2))).toHaveLength(2)
    expect(allPaths(tree, 'nobody@1.0.0', 10)).toEqual([])
  })

  test("a workspace's development dependency begins at the workspace", () => {
    const tree = inventory([
      ['', 'ws'],
      ['ws', 'd', 'dev'],
    ])
    expect(strip(allPaths(tree, 'd@1.0.0', 10))).toEqual(['ws d'])
  })

  test('exponentially many paths and a chain of 5,000 end at once', () => {
    const ladder = Array.from({ length: 60 }, (_, index): Arrow[] => [
      [index === 0 ? '' : `j${index - 1}`, `x${index}`],
      [index === 0 ? '' : `j${index - 1}`, `y${index}`],
      [`x${index}`, `j${index}`],
      [`y${index}`, `j${index}`],
    ]).flat()
    const started = performance.now()
    allPaths(inventory(ladder), 'j59@1.0.0', 10)
    const chain = Array.from({ length: 5_000 }, (_, index): Arrow => [
      index === 0 ? '' : `p${index - 1}`,
      `p${index}`,
    ])
    expect(shortestPaths(inventory(chain)).get('p4999')?.[0]).toHaveLength(5_001)
    allPaths(inventory(chain), 'p4999@1.0.0', 10)
    expect(performance.now() - started).toBeLessThan(30_000)
  }, 60_000)

  test('the first path of all is as short as the shortest, and each is a path', () => {
    const place = fc.constantFrom('', 'ws1', 'ws2', 'a', 'b', 'c', 'd', 'e')
    const arrow = fc.tuple(place, place, fc.constantFrom(...DEPENDENCY_KINDS))
    fc.assert(
      fc.property(fc.array(arrow, { maxLength: 14 }), (arrows) => {
        const real = arrows
          .filter(([from, to]) => to !== '' && from !== to)
          .map(([from, to, kind]): Arrow => [
            from,
            to,
            kind === 'dev' && from !== '' && !from.startsWith('ws') ? 'production' : kind,
          ])
        const tree = inventory(real)
        const shortest = shortestPaths(tree)
        for (const { location, source } of tree.instances) {
          if (source !== 'registry') continue
          const all = allPaths(tree, `${location}@1.0.0`, 1_000)
          const lengths = (shortest.get(location) ?? []).map((path) => path.length)
          expect(all[0]?.length).toBe(lengths.length === 0 ? undefined : Math.min(...lengths))
          for (const path of all) expect(new Set(path).size).toBe(path.length)
        }
      }),
    )
  })
})

test('a dependency that is declared in two kinds is one path', () => {
  const twice: Arrow[] = [
    ['', 'a', 'dev'],
    ['', 'a', 'peer'],
    ['a', 'b'],
  ]
  expect(strip(allPaths(inventory(twice), 'b@1.0.0', 5))).toEqual(['app a b'])
})

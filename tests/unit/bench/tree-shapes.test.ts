import { satisfies } from 'semver'
import { describe, expect, test } from 'vitest'
import { SHAPES } from '../../../bench/tree-shapes.mjs'

const names = ['mixed', 'wide', 'deep', 'workspaces'] as const
const cases = names.flatMap((shape) => [1, 100, 111, 112, 600].map((count) => ({ shape, count })))

/** The version that Node would find for `name` from a folder. */
function lookUp(versions: Map<string, string>, from: string, name: string): string | undefined {
  for (let folder = from; ;) {
    const found = versions.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`)
    if (found !== undefined || folder === '') return found
    const end = folder.lastIndexOf('/node_modules/')
    folder = end < 0 ? '' : folder.slice(0, end)
  }
}

describe.each(cases)('$shape of $count', ({ shape, count }) => {
  const tree = SHAPES[shape](count)
  const versions = new Map(tree.packages.map(({ location, version }) => [location, version]))

  test('has so many packages, each in a place of its own', () => {
    expect(tree.packages).toHaveLength(count)
    expect(versions.size).toBe(count)
  })

  test('every dependency finds a version in its range', () => {
    const wanting = [
      { location: '', dependencies: tree.dependencies },
      ...tree.workspaces,
      ...tree.packages.map(({ location, dependencies = {} }) => ({ location, dependencies })),
    ]
    const unmet = wanting.flatMap(({ location, dependencies }) =>
      Object.entries(dependencies).filter(
        ([name, range]) => !satisfies(lookUp(versions, location, name) ?? '0.0.0', range),
      ),
    )
    expect(unmet).toEqual([])
  })

  test('every package is reached', () => {
    const reached = new Set<string>()
    const follow = (from: string, dependencies: Record<string, string>): void => {
      for (const name of Object.keys(dependencies)) {
        for (let folder = from; ;) {
          const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
          if (versions.has(location)) {
            if (!reached.has(location)) {
              reached.add(location)
              follow(location, tree.packages.find((entry) => entry.location === location)?.dependencies ?? {})
            }
            break
          }
          if (folder === '') break
          const end = folder.lastIndexOf('/node_modules/')
          folder = end < 0 ? '' : folder.slice(0, end)
        }
      }
    }
    follow('', tree.dependencies)
    for (const { location, dependencies } of tree.workspaces) follow(location, dependencies)
    expect(tree.packages.filter(({ location }) => !reached.has(location))).toEqual([])
  })
})

function depth(shape: 'deep' | 'wide'): number {
  return Math.max(
    ...SHAPES[shape](100).packages.map(({ location }) => location.split('node_modules/').length - 1),
  )
}

test('a deep tree lies in itself and a wide one does not', () => {
  expect(depth('deep')).toBe(12)
  expect(depth('wide')).toBe(1)
})

import { describe, expect, test } from 'vitest'
import { matchesPath, matchesSegment, workspacePatterns } from '#collectors/workspace-patterns'
import { workspaceFolders } from '#collectors/workspace-folders'
import { makeProject } from './project-folder.ts'
import { openDisk } from '#disk/disk'

const folders = (field: unknown): string[] | undefined => {
  const project = makeProject({
    'packages/a/package.json': {},
    'packages/b/package.json': {},
    'packages/.hidden/package.json': {},
    'packages/b/node_modules/x/package.json': {},
    'apps/web/deep/package.json': {},
    'apps/linked': { link: '../packages/a' },
    'single/package.json': {},
  })
  const patterns = workspacePatterns(field)
  return patterns && workspaceFolders(project, patterns, openDisk(project))
}

describe('workspaces', () => {
  test.each([
    [['packages/*'], ['packages/a', 'packages/b']],
    [['./packages/*/'], ['packages/a', 'packages/b']],
    [{ packages: ['single'] }, ['single']],
    [['packages/*', '!packages/b'], ['packages/a']],
    [['!packages/b', 'packages/*'], ['packages/a']],
    [
      ['packages/*', '!packages/b', 'packages/b'],
      ['packages/a', 'packages/b'],
    ],
    [['packages/{a,b}'], ['packages/a', 'packages/b']],
    [['pack*/?'], ['packages/a', 'packages/b']],
    [['apps/*'], ['apps/linked', 'apps/web']],
    [['apps/**'], ['apps', 'apps/web', 'apps/web/deep']],
    [['packages/b/node_modules/*'], []],
    [undefined, []],
    [[], []],
  ])('%j declares %j', (field, expected) => {
    expect(folders(field)).toEqual(expected)
  })

  test.each([[7], [[1]], [['x'.repeat(5000)]], [['{a,b}'.repeat(20)]], [{ packages: 'x' }]])(
    '%j is refused',
    (field) => {
      expect(workspacePatterns(field)).toBeUndefined()
    },
  )

  test('many stars cost nothing', () => {
    const started = performance.now()
    expect(matchesSegment('*a'.repeat(200), 'a'.repeat(5_000) + 'b')).toBe(false)
    expect(
      matchesPath(
        Array.from({ length: 200 }, () => '**'),
        Array.from({ length: 2_000 }, () => 'a'),
      ),
    ).toBe(true)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

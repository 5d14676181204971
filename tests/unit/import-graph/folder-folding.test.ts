import { expect, test } from 'vitest'
import { foldFolders, parentOf } from '#import-graph/folder-folding'

const files = [
  'src/index.ts',
  'src/cli/main.ts',
  'src/cli/commands/check.ts',
  'src/cli/commands/diff.ts',
  'src/model/a.ts',
  'src/model/b.ts',
  'tests/unit/a.test.ts',
]
const folded = (most: number) => {
  const fold = foldFolders(files, most)
  return [...new Set(files.map((file) => fold(file)))].toSorted()
}

test('opens the largest folder first, as long as there is room', () => {
  expect(folded(2)).toEqual(['src', 'tests/unit'])
  expect(folded(3)).toEqual(['src', 'src/cli', 'tests/unit'])
  expect(folded(4)).toEqual(['src', 'src/cli', 'src/model', 'tests/unit'])
  expect(folded(99)).toEqual(['src', 'src/cli', 'src/cli/commands', 'src/model', 'tests/unit'])
})

test('a folder that holds nothing but another is not shown for itself', () => {
  const fold = foldFolders(['a/b/c/x.ts', 'a/b/c/d/y.ts'], 1)
  expect(fold('a/b/c/x.ts')).toBe('a/b/c')
  expect(fold('a/b/c/d/y.ts')).toBe('a/b/c')
})

test('there are never more folders than asked for, however deep and wide they are', () => {
  const many = Array.from({ length: 5000 }, (_, at) => `a/${at % 7}/${at % 41}/${at % 3}/f${at}.ts`)
  const fold = foldFolders(many, 32)
  expect(new Set(many.map((file) => fold(file))).size).toBe(32)
})

test('the folder of a path', () => {
  expect(parentOf('src/a.ts')).toBe('src')
  expect(parentOf('a.ts')).toBe('.')
})

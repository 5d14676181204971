import { expect, test } from 'vitest'
import { importCycles } from '#import-graph/cycles'
import { importGraph } from '../../support/import-sketch.ts'

const cycles = (...args: Parameters<typeof importCycles>) =>
  importCycles(...args).map(({ files, circle }) => ({
    files,
    circle: circle.map(({ from, to, site }) => `${from}:${site.line} ${to}`),
  }))

test('a shortest circle through the first file stands for its group', () => {
  const graph = importGraph({
    'src/a.ts': ['zod', 'src/b.ts'],
    'src/b.ts': ['src/c.ts', 'src/d.ts'],
    'src/c.ts': ['src/d.ts'],
    'src/d.ts': ['src/a.ts', 'src/leaf.ts'],
    'src/leaf.ts': ['node:fs'],
  })
  expect(cycles(graph)).toEqual([
    {
      files: ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts'],
      circle: ['src/a.ts:2 src/b.ts', 'src/b.ts:2 src/d.ts', 'src/d.ts:1 src/a.ts'],
    },
  ])
})

test('a file that imports itself is a circle of one', () => {
  expect(cycles(importGraph({ 'src/a.ts': ['src/a.ts'] }))).toEqual([
    { files: ['src/a.ts'], circle: ['src/a.ts:1 src/a.ts'] },
  ])
})

test('what nothing is left of at run time makes no circle, unless it is asked for', () => {
  const graph = importGraph({
    'src/a.ts': [{ to: 'src/b.ts', typeOnly: true }],
    'src/b.ts': ['src/a.ts'],
  })
  expect(cycles(graph)).toEqual([])
  expect(cycles(graph, () => true)).toHaveLength(1)
})

test('several groups are sorted by their first file', () => {
  const graph = importGraph({
    'z.ts': ['y.ts'],
    'y.ts': ['z.ts'],
    'b.ts': ['c.ts'],
    'c.ts': ['b.ts', 'y.ts'],
  })
  expect(importCycles(graph).map(({ files }) => files)).toEqual([
    ['b.ts', 'c.ts'],
    ['y.ts', 'z.ts'],
  ])
})

test('what is imported only when it is needed makes no circle', () => {
  const graph = importGraph({
    'src/a.ts': [{ to: 'src/b.ts', form: 'dynamic-import' }],
    'src/b.ts': ['src/a.ts'],
  })
  expect(cycles(graph)).toEqual([])
})

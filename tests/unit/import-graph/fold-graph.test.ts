import { expect, test } from 'vitest'
import { foldGraph } from '#import-graph/fold-graph'
import { importGraph } from '../../support/import-sketch.ts'

const problem = { code: 'syntax', message: 'There is no end to it.' } as const

test('counts what folders import of each other and of packages', () => {
  const report = foldGraph(
    importGraph({
      'src/main.ts': ['src/model/a.ts', 'src/run/r.ts', 'node:fs', '?', '-', 'https://x.example/a.js'],
      'src/model/a.ts': ['src/model/b.ts', { to: 'zod', typeOnly: true }],
      'src/model/b.ts': [],
      'src/run/r.ts': [{ to: 'src/model/a.ts', typeOnly: true }, 'src/model/b.ts', 'zod/mini', 'zod', '^'],
      'src/run/bad.ts': { problem },
    }),
  )
  expect(report.folders).toEqual([
    { path: 'src/model', files: 2, unread: 0, unknown: 0, lost: 0, inCircles: 0 },
    { path: 'src/run', files: 2, unread: 1, unknown: 0, lost: 1, inCircles: 0 },
    { path: 'src', files: 1, unread: 0, unknown: 1, lost: 1, inCircles: 0 },
  ])
  expect(report.packages).toEqual([
    { name: 'node:fs', kind: 'builtin', files: 1, typeOnly: false },
    { name: 'zod', kind: 'package', files: 2, typeOnly: false },
  ])
  expect(report.ties).toEqual([
    { from: 'src', to: 'node:fs', kind: 'builtin', imports: 1, typeOnly: 0, inCircles: 0, round: false },
    { from: 'src', to: 'src/model', kind: 'folder', imports: 1, typeOnly: 0, inCircles: 0, round: false },
    { from: 'src', to: 'src/run', kind: 'folder', imports: 1, typeOnly: 0, inCircles: 0, round: false },
    { from: 'src/model', to: 'zod', kind: 'package', imports: 1, typeOnly: 1, inCircles: 0, round: false },
    { from: 'src/run', to: 'src/model', kind: 'folder', imports: 2, typeOnly: 1, inCircles: 0, round: false },
    { from: 'src/run', to: 'zod', kind: 'package', imports: 2, typeOnly: 0, inCircles: 0, round: false },
  ])
  expect({ ...report, folders: [], packages: [], ties: [] }).toEqual({
    files: 5,
    folders: [],
    packages: [],
    ties: [],
    cycles: [],
    allCycles: 0,
  })
})

test('a circle is listed with a shortest way round', () => {
  const report = foldGraph(
    importGraph({ 'a/x.ts': ['b/y.ts'], 'b/y.ts': ['zod', 'c/z.ts'], 'c/z.ts': ['a/x.ts'], 'c/leaf.ts': [] }),
  )
  expect(report.cycles).toEqual([
    {
      size: 3,
      circle: [
        { file: 'a/x.ts', line: 1 },
        { file: 'b/y.ts', line: 2 },
        { file: 'c/z.ts', line: 1 },
      ],
    },
  ])
  expect(report.allCycles).toBe(1)
  expect(report.folders.map(({ path, inCircles }) => [path, inCircles])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ])
  expect(report.ties.filter(({ kind }) => kind === 'folder')).toMatchObject([
    { from: 'a', inCircles: 1, round: true },
    { from: 'b', inCircles: 1, round: true },
    { from: 'c', inCircles: 1, round: true },
  ])
})

test('folders that lead to each other by other files go round, but are no circle of files', () => {
  const report = foldGraph(
    importGraph({ 'a/x.ts': ['b/leaf.ts'], 'a/leaf.ts': [], 'b/y.ts': ['a/leaf.ts'], 'b/leaf.ts': [] }),
  )
  expect(report.allCycles).toBe(0)
  expect(report.ties).toMatchObject([
    { from: 'a', inCircles: 0, round: true },
    { from: 'b', inCircles: 0, round: true },
  ])
})

test('imports of types alone go round nowhere, and give way in the order of folders', () => {
  const report = foldGraph(
    importGraph({ 'a/x.ts': ['b/y.ts'], 'b/y.ts': [{ to: 'a/x.ts', typeOnly: true }], 'c/z.ts': ['a/x.ts'] }),
  )
  expect(report.folders.map(({ path }) => path)).toEqual(['b', 'a', 'c'])
  expect(report.ties.some(({ round }) => round)).toBe(false)
})

test('unfolded each file stands for itself', () => {
  const report = foldGraph(importGraph({ 'a/x.ts': ['a/y.ts', 'zod'], 'a/y.ts': [] }), 'files')
  expect(report.folders.map(({ path }) => path)).toEqual(['a/y.ts', 'a/x.ts'])
  expect(report.ties.map(({ from, to }) => `${from} ${to}`)).toEqual(['a/x.ts a/y.ts', 'a/x.ts zod'])
})

test('a package and a folder of one name are two things', () => {
  const report = foldGraph(importGraph({ 'zod/a.ts': ['zod'], 'b/b.ts': ['zod/a.ts', 'zod'] }))
  expect(report.ties.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
    'b folder zod',
    'b package zod',
    'zod package zod',
  ])
})

const name = (at: number): string => `src/f${at % 60}/g${at % 5}/x${at}.ts`

test('stays small and quick with many files', () => {
  const files = Object.fromEntries(
    Array.from({ length: 5000 }, (_, at) => [
      name(at),
      [name((at + 1) % 5000), `package-${at % 200}`, 'node:fs'],
    ]),
  )
  const report = foldGraph(importGraph(files))
  expect(report.folders.length).toBeLessThanOrEqual(40)
  expect(report.cycles).toHaveLength(1)
  expect(report.cycles[0]).toMatchObject({ size: 5000 })
  expect(report.cycles[0]?.circle).toHaveLength(20)
  expect(JSON.stringify(report).length).toBeLessThan(300_000)
})

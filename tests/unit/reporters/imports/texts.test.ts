import { expect, test } from 'vitest'
import { foldGraph } from '#import-graph/fold-graph'
import { usesOf, wayTo } from '#import-graph/uses-of'
import { importOverview } from '#reporters/imports/overview'
import { placesText, wayText } from '#reporters/imports/places'
import { importGraph } from '../../../support/import-sketch.ts'

const PLAIN = { color: false }
const graph = importGraph({
  'src/main.ts': ['src/run/run.ts', 'commander'],
  'src/run/run.ts': ['src/model/a.ts', '?', 'node:fs'],
  'src/model/a.ts': [
    { to: 'zod', typeOnly: true },
    { to: 'zod/mini', line: 9, column: 3 },
    'src/run/run.ts',
    '-',
  ],
  'src/bad.ts': { problem: { code: 'syntax', message: 'A bracket is missing.', line: 3, column: 7 } },
})

test('the overview has folders, packages, circles and what is not known', () => {
  expect(importOverview(graph, foldGraph(graph), PLAIN))
    .toBe(`depgate  4 source files, 2 imported packages, 1 circle

folder     files  imports folders  imported by  packages
src/run        1                1            2         1
src/model      1                1            1         1
src            2                1            0         1

package    files  imported in
commander      1  src
node:fs        1  src/run
zod            1  src/model

circle  src/model/a.ts:3 > src/run/run.ts:1 > src/model/a.ts

not known  src/bad.ts:3:7  A bracket is missing.
not known  src/run/run.ts:2:20  imports by an expression
not known  src/model/a.ts:4:20  "-" leads to nothing in the project
`)
})

test('the places of a package', () => {
  expect(placesText('zod', usesOf(graph, 'zod'), PLAIN)).toBe(`zod is imported at 2 places in 1 file

src/model/a.ts:1:20  import of types  "zod"
src/model/a.ts:9:3   import           "zod/mini" (the package zod)
`)
  expect(placesText('left-pad', usesOf(graph, 'left-pad'), PLAIN)).toBe('left-pad is imported nowhere\n')
  expect(usesOf(graph, 'node:fs').map(({ file }) => file)).toEqual(['src/run/run.ts'])
  expect(usesOf(graph, 'fs')).toEqual([])
})

test('the way to a package', () => {
  expect(wayText('src/main.ts', 'zod', wayTo(graph, 'src/main.ts', 'zod') ?? [], PLAIN))
    .toBe(`src/main.ts comes to zod by 3 imports

src/main.ts:1:20  import "src/run/run.ts"
  src/run/run.ts:1:20  import "src/model/a.ts"
    src/model/a.ts:1:20  import of types "zod"
`)
  expect(wayTo(graph, 'src/model/a.ts', 'commander')).toBeUndefined()
  expect(wayTo(graph, 'src/main.ts', 'commander')).toHaveLength(1)
})

test('hostile names stay on their line', () => {
  const hostile = importGraph({ 'src/\u001b[2J\n::error::.ts': ['evil\u202e', '?'] })
  const text = importOverview(hostile, foldGraph(hostile), PLAIN) + placesText('\u0007', [], PLAIN)
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(text).not.toContain('\n::error')
})

/** The quick way says what the syntax tree says, or nothing. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import { parseSync, visitorKeys } from 'oxc-parser'
import { expect, test } from 'vitest'
import type { FoundImport } from '#imports/found-import'
import { importsInRecord } from '#imports/module-record'
import { nodeIn } from '#imports/syntax-tree'
import { importsInTree } from '#imports/tree-imports'

function inOrder(list: FoundImport[]): FoundImport[] {
  return list.toSorted((a, b) => a.offset - b.offset)
}

/** Both readings, in one order; the quick one undefined where it leaves it to the tree. */
function bothWays(text: string): { quick: FoundImport[] | undefined; tree: FoundImport[] } | undefined {
  const read = parseSync('a.ts', text, { lang: 'ts', sourceType: 'module' })
  const root = nodeIn(read.program)
  if (read.errors.length > 0 || root === undefined) return undefined
  const quick = importsInRecord(text, read)
  return { quick: quick && inOrder(quick), tree: inOrder(importsInTree(root, visitorKeys).imports) }
}

const PIECES = [
  `import a from 'x'`,
  `import {} from 'x'`,
  `import type {} from 'x'`,
  `import type { b } from 'x'`,
  `import/* type */{} from 'x'`,
  `import//\ntype {} from 'x'`,
  `import { type c, d } from 'x'`,
  `import { type e } from 'x'`,
  `import * as f from 'x'`,
  `export { f }`,
  `export { a as g }`,
  `export { h } from 'y'`,
  `export {} from 'y'`,
  `export type {} from 'y'`,
  `export/**/{} from 'y'`,
  `export {/*}*/} from 'y'`,
  `export * from 'y'`,
  `export type * from 'y'`,
  `export { type i } from 'y'`,
  `export type j = 1`,
  `export const k = 1`,
  `export default 1`,
  `import l = require('z')`,
  `import('z')`,
  'import(`z`)',
  'import(`z${0}`)',
  `import('z' + 0)`,
  `import(/* z */ 'z')`,
  `let m: import('z').T`,
  `require('z')`,
  `\\u0072equire('z')`,
  `r\\u{65}quire('z')`,
  `import.meta.resolve('z')`,
  `import.meta.glob('./z')`,
  `import.meta.globEager('./z')`,
  `import.meta.webpackContext('./z')`,
  `new URL('z', import.meta.url)`,
  `import.meta.url`,
  `// import 'n'`,
  `/* require('n') */`,
  `'import "n"'`,
  `/require("n")/`,
  `declare module 'o' { import p from 'q'; export {} from 'r' }`,
  `namespace S { export import t = S.u; export {} }`,
]

test('of each piece', () => {
  for (const piece of PIECES) {
    const read = bothWays(piece)
    expect(read, piece).toBeDefined()
    if (read?.quick !== undefined) expect(read.quick, piece).toEqual(read.tree)
  }
})

test('of pieces in any order', () => {
  const text = fc
    .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(';', '\n', ';\n// é😀\n')), { maxLength: 6 })
    .map((parts) => parts.flat().join(''))
  fc.assert(
    fc.property(text, (source) => {
      const read = bothWays(source)
      if (read?.quick !== undefined) expect(read.quick).toEqual(read.tree)
    }),
    { numRuns: 500 },
  )
})

test('of all files of this project, most of which need no tree', () => {
  const folder = resolve(import.meta.dirname, '../../../src')
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  const read = texts.map(bothWays)
  const quick = read.filter((each) => each?.quick !== undefined)
  for (const each of quick) expect(each?.quick).toEqual(each?.tree)
  expect(quick.length / read.length).toBeGreaterThan(0.8)
})

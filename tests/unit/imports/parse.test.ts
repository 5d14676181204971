/** What the content of one file imports: each form, where it stands, and what is no import. */
import { describe, expect, test } from 'vitest'
import { loadParser } from '#imports/oxc'
import type { ImportForm, ImportSite, ParsedSource } from '#model/imports'

const loaded = await loadParser()
if (!loaded.ok) throw new Error(loaded.failure.message)
const parse = loaded.value

function read(text: string, path = 'a.ts'): ParsedSource {
  return parse(Buffer.from(text), path)
}

function sites(text: string, path = 'a.ts'): ImportSite[] {
  const parsed = read(text, path)
  if ('problem' in parsed) throw new Error(`${parsed.problem.code}: ${parsed.problem.message}`)
  return parsed.imports
}

/** `form specifier`, with `type` before those that leave nothing. */
function said(text: string, path = 'a.ts'): string[] {
  return sites(text, path).map(
    ({ form, specifier, typeOnly }) => `${typeOnly ? 'type ' : ''}${form} ${specifier ?? '?'}`,
  )
}

describe('each form', () => {
  test.each<[string, string[]]>([
    [`import a from 'x'`, ['import x']],
    [`import 'x'`, ['import x']],
    [`import {} from 'x'`, ['import x']],
    [`import * as a from "x"`, ['import x']],
    [`import type a from 'x'`, ['type import x']],
    [`import type {} from 'x'`, ['type import x']],
    [`import { type a, type b } from 'x'`, ['type import x']],
    [`import { type a, b } from 'x'`, ['import x']],
    [`import a, { type b } from 'x'`, ['import x']],
    [`import a from './a.json' with { type: 'json' }`, ['import ./a.json']],
    [`import '\\u0078'`, ['import x']],
    [`export * from 'x'`, ['re-export x']],
    [`export * as a from 'x'`, ['re-export x']],
    [`export { a } from 'x'`, ['re-export x']],
    [`export {} from 'x'`, ['re-export x']],
    [`export type {} from 'x'`, ['type re-export x']],
    [`export type * from 'x'`, ['type re-export x']],
    [`export { type a } from 'x'`, ['type re-export x']],
    [`import('x')`, ['dynamic-import x']],
    ['import(`x`)', ['dynamic-import x']],
    ['import(`x${1}`)', ['dynamic-import ?']],
    [`import('\\x78')`, ['dynamic-import x']],
    [`import(/* webpackChunkName: "c" */ 'x')`, ['dynamic-import x']],
    [`import(('x' as string))`, ['dynamic-import x']],
    [`import(name)`, ['dynamic-import ?']],
    [`import('x' + y)`, ['dynamic-import ?']],
    [`require('x')`, ['require x']],
    [`require?.('x')`, ['require x']],
    [`(0, require)('x')`, ['require x']],
    [`module.require('x')`, ['require x']],
    [`\\u0072equire('x')`, ['require x']],
    [`require(name)`, ['require ?']],
    [`import a = require('x')`, ['require x']],
    [`export import a = require('x')`, ['require x']],
    [`import type a = require('x')`, ['type require x']],
    [`import b = a.b`, []],
    [`require.resolve('x')`, ['require-resolve x']],
    [`require['resolve']('x')`, ['require-resolve x']],
    [`import.meta.resolve('x')`, ['import-meta-resolve x']],
    [`import.meta['resolve'](x)`, ['import-meta-resolve ?']],
    [`let a: import('x').T`, ['type import-type x']],
    [`let a: import/**/('x').T`, ['type import-type x']],
    [`let a: typeof import('x')`, ['type import-type x']],
    [`new URL('./x.png', import.meta.url)`, ['asset-url ./x.png']],
    [`import.meta.glob('./a/*.ts')`, ['glob-import ./a/*.ts']],
    [
      `import.meta.glob(['./a/*.ts', '!./a/b.ts', '../c/*'], { eager: true, 'import': 'x' })`,
      ['glob-import ./a/*.ts', 'glob-import ../c/*'],
    ],
    [`import.meta.globEager('/a/*')`, ['glob-import /a/*']],
    ['import.meta.glob(`./${a}/*`)', ['glob-import ?']],
    [`import.meta.glob(['./a', ...more])`, ['glob-import ./a', 'glob-import ?']],
    [`import.meta.glob()`, ['glob-import ?']],
    [`import.meta.glob('./a/*', { base: '/b' })`, ['glob-import ?']],
    [`import.meta.glob('./a/*', { ['base']: '/b' })`, ['glob-import ?']],
    [`import.meta.glob('./a/*', { ...more })`, ['glob-import ?']],
    [`import.meta.glob('./a/*', more)`, ['glob-import ?']],
    [`require.context('./a/', true, /\\.ts$/)`, ['glob-import ./a/**']],
    [`require['context']('./a')`, ['glob-import ./a/**']],
    [`require.context(name)`, ['glob-import ?']],
    [`import.meta.webpackContext('./a', { recursive: false })`, ['glob-import ./a/**']],
    [`other.context('./a'); other.glob('./a'); glob('./a'); import.meta.context('./a')`, []],
    [`new URL(name, import.meta.url)`, ['asset-url ?']],
    [`new URL('./x.png', base)`, []],
    [`/// <reference types="x" />\nlet a`, ['type types-reference x']],
    [`#!/usr/bin/env node\n/* c */ /// <reference path='./x.d.ts'/>`, ['type path-reference ./x.d.ts']],
    [`let a\n/// <reference types="x" />`, []],
    [`/// <reference lib="dom" />`, []],
    [`declare module 'm' { import a from 'x'; export * from 'y' }`, ['import x', 're-export y']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })

  test.each([
    ['a comment', `// import 'x'; require('x')\n/* import('x') */`],
    ['a string', `const a = "import 'x'"; const b = 'require("x")'; const c = \`import('x')\``],
    ['a regular expression', `const a = /import 'x'/; const b = /require('x')/`],
    ['a property', `a.require('x'); a.import('x'); const b = { require: 1, import: 2 }`],
    ['export of its own', `export const a = 1; export default a; export { a as b }; export type T = 1`],
    ['nothing', ''],
  ])('%s is no import', (_what, text) => {
    expect(said(text, 'a.mjs'.replace('mjs', 'ts'))).toEqual([])
  })
})

describe('whose require it is', () => {
  test.each<[string, string, string[]]>([
    ['a parameter', `function a(require) { require('x') }`, []],
    ['a parameter of an arrow', `define((require, exports) => { require('x') })`, []],
    ['a destructured parameter', `function a({ b: [require] }) { require('x') }`, []],
    ['a constant', `const require = other(); require('x')`, []],
    ['a variable of the function', `function a() { require('x'); { var require = 1 } }`, []],
    ['a function', `function require() {}; require('x')`, []],
    ['an import', `import require from 'y'; require('x')`, ['import y']],
    ['a catch', `try {} catch (require) { require('x') }`, []],
    ['only inside a block', `{ let require; require('x') } require('y')`, ['require y']],
    ['only declared', `declare const require: any; require('x')`, ['require x']],
    [
      'made',
      `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); require('x')`,
      ['import node:module', 'require x'],
    ],
    [
      'made under another name',
      `import { createRequire as c } from 'module'; const r = c(__filename); r('x'); r.resolve('y')`,
      ['import module', 'require x', 'require-resolve y'],
    ],
    [
      'made by a member',
      `const r = require('module').createRequire(import.meta.url); r('x')`,
      ['require module', 'require x'],
    ],
    [
      'made out of a pattern',
      `const { createRequire: c } = await import('module'); c(import.meta.url)('x')`,
      ['dynamic-import module', 'require x'],
    ],
    ['made for another place', `const r = createRequire(other); r('x')`, []],
    [
      'made for another place, truly',
      `import { createRequire } from 'module'; const r = createRequire(other); r('x')`,
      ['import module', 'require ?'],
    ],
    ['another name', `const r = require; r('x')`, ['require x']],
    ['a choice', `const r = typeof require === 'function' ? require : undefined; r('x')`, ['require x']],
    [
      'set later',
      `import { createRequire } from 'module'; let r; r = createRequire(import.meta.url); r('x')`,
      ['import module', 'require x'],
    ],
    ['handed on', `factory(require, exports)`, ['require ?']],
    ['resolve handed on', `names.map(require.resolve)`, ['require-resolve ?']],
    ['only asked for', `typeof require; require.main === module; require.cache; if (require) {}`, []],
    ['set to itself', `const require = require; require('x')`, []],
  ])('%s', (_what, text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

describe('places', () => {
  test('lines and columns are those of the specifier, in UTF-16 units, whatever ends a line', () => {
    const text = `\uFEFFimport 'a'\r\n/* 😀 é */ import 'b'\n\r  require('c')`
    expect(sites(text).map(({ line, column }) => [line, column])).toEqual([
      [1, 8],
      [2, 19],
      [4, 11],
    ])
  })

  test('imports come in the order of the text', () => {
    const forms: ImportForm[] = ['types-reference', 're-export', 'dynamic-import', 'import']
    const text = `/// <reference types="a" />\nexport * from 'b'\nimport('c')\nimport 'd'`
    expect(sites(text).map(({ form }) => form)).toEqual(forms)
    expect(sites(`${text}\nrequire`).map(({ form }) => form)).toEqual(forms)
  })
})

describe('languages', () => {
  test.each<[string, string, string[]]>([
    ['a.js', `const a = require('x'); with (a) {}; return`, ['require x']],
    ['a.js', `import a from 'x'; await a; <a />`, ['import x']],
    ['a.cjs', `return require('x')`, ['require x']],
    ['a.mjs', `import 'x'; await 1`, ['import x']],
    ['a.cts', `import a = require('x'); export = a`, ['require x']],
    ['a.mts', `import type { A } from 'x'; const b = <A>c`, ['type import x']],
    ['a.tsx', `import x from 'x'; const a = <T,>(b: T) => <div>it's {b}</div>`, ['import x']],
    ['a.d.ts', `import { A } from 'x'; export declare const a: A; declare module 'y'`, ['import x']],
    ['a.d.mts', `export * from 'x'`, ['re-export x']],
  ])('%s: %s', (path, text, expected) => {
    expect(said(text, path)).toEqual(expected)
  })

  test('JSX has a source where a comment names one, and is told of where none does', () => {
    expect(said(`/** @jsxImportSource x */\nconst a = <br/>`, 'a.tsx')).toEqual(['jsx-source x'])
    expect(sites(`/** @jsxImportSource x */\nconst a = <br/>`, 'a.tsx')).toMatchObject([
      { line: 1, column: 22 },
    ])
    expect(said(`/* @jsxImportSource x*/ const a = <br/>; require('y')`, 'a.js')).toEqual([
      'jsx-source x',
      'require y',
    ])
    expect(said(`/** @jsxImportSource x */\nconst a = '</br>'`, 'a.tsx')).toEqual([])
    for (const more of ['', 'require']) {
      expect(read(`const a = '<br/>'\n  const b = <div a="b">c</div>\n${more}`, 'a.tsx')).toEqual({
        imports: [],
        jsx: { line: 2, column: 13 },
      })
    }
    expect(read(`/** @jsxRuntime classic */ const a = <br/>`, 'a.jsx')).toEqual({ imports: [] })
  })
})

describe('what cannot be read', () => {
  test('a syntax error is a problem with its place', () => {
    const parsed = read(`import 'x'\nlet = (`)
    expect(parsed).toMatchObject({ problem: { code: 'syntax', line: 2, column: 8 } })
    expect('problem' in parsed && parsed.problem.message).toMatch(/^It cannot be parsed: .+\.$/)
  })

  test.each<[string, Uint8Array, string]>([
    ['UTF-16 with its mark', Buffer.from(`\uFEFFimport 'x'`, 'utf16le'), 'encoding'],
    ['UTF-16 without', Buffer.from(`import 'x'`, 'utf16le'), 'encoding'],
    ['UTF-16, big end first', Buffer.from(`\uFEFFimport 'x'`, 'utf16le').swap16(), 'encoding'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'binary'],
    ['a NUL late in the file', Buffer.concat([Buffer.alloc(100_000, 'let a\n'), Buffer.alloc(1)]), 'binary'],
    ['more than 4 MiB', Buffer.alloc(4 * 1024 * 1024 + 1, ' '), 'too-large'],
    ['50 MB', Buffer.alloc(50_000_000, 'import "x";'), 'too-large'],
  ])('%s', (_what, bytes, code) => {
    expect(parse(bytes, 'a.ts')).toMatchObject({ problem: { code } })
  })

  test('bytes that are no UTF-8 are read as Node reads them', () => {
    expect(parse(Buffer.from(`// caf\xe9\nimport 'x'`, 'latin1'), 'a.js')).toEqual({
      imports: [{ specifier: 'x', form: 'import', typeOnly: false, line: 2, column: 8 }],
    })
  })
})

test.each(['', "require('z')\n"])('an import whose names alone are types may stay: after %j', (before) => {
  const lines = [
    "import { type A } from 'a'",
    "export { type B, type C } from 'b'",
    "import type { D } from 'c'",
    "export type { E } from 'd'",
    "import type F from 'e'",
    "import { type H, i } from 'f'",
  ]
  const parsed = parse(Buffer.from(before + lines.join('\n')), 'x.ts')
  const sites = 'imports' in parsed ? parsed.imports : []
  const stay = sites.flatMap(({ specifier, mayStay }) => (mayStay === true ? [specifier] : []))
  expect(sites).toHaveLength(before === '' ? 6 : 7)
  expect(stay).toEqual(['a', 'b'])
})

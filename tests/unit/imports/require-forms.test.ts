/** What is asked for with `require` in other ways than by its name, and where it leaves a file so that nobody can know. */
import { describe, expect, test } from 'vitest'
import { parse } from './project-files.ts'

function said(text: string, path = 'a.ts'): string[] {
  const parsed = parse(Buffer.from(text), path)
  if ('problem' in parsed) throw new Error(`${parsed.problem.code}: ${parsed.problem.message}`)
  return parsed.imports.map(({ form, specifier }) => `${form} ${specifier ?? '?'}`)
}

const MAKER = `import { createRequire } from 'module';`
const MADE = 'createRequire(import.meta.url)'

describe('what can be read', () => {
  test.each<[string, string[]]>([
    [`require.call(null, 'x')`, ['require x']],
    [`require.call(require, 'x')`, ['require x']],
    [`require.call(null, x)`, ['require ?']],
    [`require.apply(module, ['x'])`, ['require x']],
    [`require.apply(this, arguments)`, ['require ?']],
    [`require.bind(module)('x')`, ['require x']],
    [`require.bind(module, 'x')`, ['require x']],
    [`const r = require.bind(module); r('x')`, ['require x']],
    [`require.resolve.call(null, 'x')`, ['require-resolve x']],
    [`const { resolve } = require; resolve('x')`, ['require-resolve x']],
    [`const find = require.resolve; find('x')`, ['require-resolve x']],
    [`const { resolve } = import.meta; resolve('x')`, ['import-meta-resolve x']],
    [`const m = import.meta; m.resolve('x')`, ['import-meta-resolve x']],
    [`import.meta['\\x72esolve']('x')`, ['import-meta-resolve x']],
    [`new globalThis.URL('./x', import.meta.url)`, ['asset-url ./x']],
    [`module.require('x')`, ['require x']],
    [`module['\\x72equire']('x')`, ['require x']],
    [`module.require.call(module, 'x')`, ['require x']],
    [`globalThis.require('x')`, ['require x']],
    [`process.getBuiltinModule('fs')`, ['require fs']],
    [`globalThis.process?.getBuiltinModule?.('node:fs')`, ['require node:fs']],
    [`const { getBuiltinModule: g } = process; g('fs')`, ['require fs']],
    [`process.getBuiltinModule(name)`, ['require ?']],
    [`process.getBuiltinModule('left-pad')`, []],
    [`const a = require; const b = a; b('x')`, ['require x']],
    [`let r; function f() { r = require } r('x')`, ['require x']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

describe('what leaves the file, or is asked of another one, is not known', () => {
  test.each<[string, string[]]>([
    [`${MAKER} export const require = ${MADE}`, ['import module', 'require ?']],
    [`${MAKER} const r = ${MADE}; export { r as default }`, ['import module', 'require ?']],
    [`${MAKER} export let r; r = ${MADE}`, ['import module', 'require ?']],
    [`${MAKER} export default ${MADE}`, ['import module', 'require ?']],
    [`${MAKER} export = ${MADE}`, ['import module', 'require ?']],
    [`${MAKER} class A { #r = ${MADE} }`, ['import module', 'require ?']],
    [`${MAKER} const tools = { require: ${MADE} }`, ['import module', 'require ?']],
    [`${MAKER} function f() { return ${MADE} }`, ['import module', 'require ?']],
    [`${MAKER} const f = (from) => createRequire(from)`, ['import module', 'require ?']],
    [`${MAKER} export { createRequire as make }`, ['import module', 'require ?']],
    [`${MAKER} f(createRequire)`, ['import module', 'require ?']],
    [`class A { r = require }`, ['require ?']],
    [`function f(r = require) { r('x') }`, ['require ?']],
    [`const [q = require] = []`, ['require ?']],
    [`const { z = require } = {}`, ['require ?']],
    [`const { main } = require`, ['require ?']],
    [`const { ...all } = require`, ['require ?']],
    [`r = require; r('x')`, ['require ?']],
    [`f(a ? require : b)`, ['require ?']],
    [`async function f() { (await require)('x') }`, ['require ?']],
    [`require.main.require('x')`, ['require ?']],
    [`process.mainModule.require('x')`, ['require ?']],
    [`module.parent.require('x')`, ['require ?']],
    [`module.constructor._load('x')`, ['require ?']],
    [`require('module')._load('x')`, ['require module', 'require ?']],
    [`import.meta['r' + x]('y')`, ['import-meta-resolve ?']],
    [`require['r' + x]('y')`, ['require ?']],
    [`f(import.meta.resolve)`, ['import-meta-resolve ?']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

describe('nothing is said of ordinary code', () => {
  test.each<[string, string[]]>([
    [`function f(module) { module.require('x') }`, []],
    [`const URL = class {}; new URL('./x', 'y')`, []],
    [`path.resolve('x'); Promise.resolve('x'); const { resolve } = Promise; resolve('x')`, []],
    [`f(import.meta); const { env, url } = import.meta; const m = import.meta; m.env.X`, []],
    [`process.mainModule.filename; require.main.filename; const main = require.main`, []],
    [`const { cache } = require; require.extensions['.x'] = f; require.resolve.paths('x')`, []],
    [`a.call(null, 'x'); b.apply(null, ['x']); c.bind(null, 'x'); this._load('x'); loader._load('x')`, []],
    [
      `export const a = require('x'); export { b } from 'y'; class A { r = require('z') }`,
      ['require x', 're-export y', 'require z'],
    ],
    [
      `const lazy = () => require('x'); function f(a = require('y')) { return require('z') }`,
      ['require x', 'require y', 'require z'],
    ],
    [
      `${MAKER} export { createRequire }; const a = { createRequire }; const r = ${MADE}; r('x')`,
      ['import module', 'require x'],
    ],
    [`let req = typeof require === 'function' ? require : undefined; if (req) req('x')`, ['require x']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

test('a name that is set to another one by the thousand', () => {
  const names = Array.from({ length: 20_000 }, (_, at) => `a${at} = a${at + 1}`)
  expect(said(`var ${names.join(', ')}; b = require`, 'a.js')).toEqual(['require ?'])
})

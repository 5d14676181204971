/** Imports whose names stand only where types do are erased by compilers, and whatever else they may stand in keeps them. */
import { expect, test } from 'vitest'
import { parse } from './project-files.ts'

/** Specifiers of the imports of a text that are erased. */
function erasedIn(text: string, path = 'a.ts'): (string | null)[] {
  const parsed = parse(Buffer.from(text), path, 'erased')
  if ('problem' in parsed) throw new Error(parsed.problem.message)
  return parsed.imports.flatMap(({ specifier, erased }) => (erased === true ? [specifier] : []))
}

const FROM = "import { A } from './a'\n"

test.each([
  'let a: A',
  'let a: A[] = [] as A[], b = <A>c, d = e satisfies A | undefined',
  'interface B extends A {}',
  'class B implements A { b?: A; c(d: A): A { return d } }',
  'type B = { [K in keyof A]: A[K] } & typeof A',
  'function f<T extends A = A>(this: A, ...a: A[]): a is A[] { return g<A>(a) }',
  'export type { A }',
  'const b = { A: 1 }.A',
  'abstract class B { abstract c: A; abstract d(): A; declare e: A }',
  'declare const b: A',
  '',
])('erased: %s', (text) => {
  expect(erasedIn(FROM + text)).toEqual(['./a'])
})

test.each([
  'A()',
  'new A',
  'class B extends A {}',
  'export { A }',
  'export default A',
  'const b = { A }',
  'const b = { [A]: 1 }',
  'b[A]',
  'A.b satisfies C',
  'let a: A = A',
  'const b = A as C',
  'const b = A<C>',
  'b = A!',
  'b`${A}`',
  'enum B { C = A }',
  'namespace B { export const c = A }',
  'export = A',
  'import B = A.C',
  'class B { constructor(private c = A) {} }',
  'abstract class B { abstract [A]: string }',
  'class B { @c d: A }',
  '@c class B { constructor(d: A) {} }',
])('kept: %s', (text) => {
  expect(erasedIn(FROM + text)).toEqual([])
})

test('each import by itself, and one that has any name left not at all', () => {
  const text = `import A from './a'
import * as B from './b'
import C, { type D, E as F } from './c'
import type { G } from './d'
import './e'
import {} from './f'
import H, { I } from './g'
export { J } from './h'
let k: [A, B.L, C, D, F, G, H] = I`
  expect(erasedIn(text)).toEqual(['./a', './b', './c'])
})

const withElement = (element: string): string =>
  `import { A, type B } from './a'\nimport { h } from './h'\nimport React, { C } from './r'\nlet b: [A, typeof h, C]\n${element}`

test('names of elements, and those by which they are made', () => {
  expect(erasedIn(withElement('<p/>'), 'a.tsx')).toEqual(['./a'])
  expect(erasedIn(withElement('<A/>'), 'a.tsx')).toEqual([])
  expect(erasedIn(withElement('<A.B></A.B>'), 'a.tsx')).toEqual([])
  expect(erasedIn(withElement('<></>'), 'a.tsx')).toEqual(['./a'])
  expect(erasedIn(withElement(''), 'a.tsx')).toEqual(['./a', './h', './r'])
})

test('nobody is told who has not asked', () => {
  expect(parse(Buffer.from(`${FROM}let a: A`), 'a.ts')).toEqual({
    imports: [{ specifier: './a', form: 'import', typeOnly: false, line: 1, column: 19 }],
  })
})

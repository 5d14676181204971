import { describe, expect, test } from 'vitest'
import { findKnots } from '#policy/imports/cycles'
import { importGraph } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'

function knots(files: Sketch['files']) {
  return findKnots(importGraph(files).files).map(({ files: all, cycle }) => [all.join(' '), cycle.join(' ')])
}

describe('a knot', () => {
  test.each<[string, Sketch['files'], string[][]]>([
    ['of one', { a: ['./a'] }, [['a', 'a']]],
    ['of two', { b: ['./a'], a: ['./b'] }, [['a b', 'a b']]],
    ['of three', { a: ['./b'], b: ['./c'], c: ['./a'] }, [['a b c', 'a b c']]],
    ['of three, the other way round', { a: ['./c'], b: ['./a'], c: ['./b'] }, [['a b c', 'a c b']]],
    [
      'that something leads to and from',
      { a: ['./b'], b: ['./c'], c: ['./b', './d'], d: [] },
      [['b c', 'b c']],
    ],
    ['in which the first file imports itself', { a: ['./b', './a'], b: ['./a'] }, [['a b', 'a']]],
    ['of two, which is short enough', { a: ['./b'], b: ['./a', './b'] }, [['a b', 'a b']]],
    ['in which another file imports itself', { a: ['./b'], b: ['./c', './b'], c: ['./a'] }, [['a b c', 'b']]],
    [
      'of which the shortest way does not lead through its first file',
      { a: ['./b'], b: ['./c'], c: ['./a', './d'], d: ['./c'] },
      [['a b c d', 'c d']],
    ],
    [
      'in which a later file is on a shorter way, which begins with its first file',
      { a: ['./b'], b: ['./d'], d: ['./e'], e: ['./a', './c'], c: ['./d'] },
      [['a b c d e', 'c d e']],
    ],
    [
      'of several shortest ways: the one that is found from its first file',
      { a: ['./c'], b: ['./c'], c: ['./b', './a'] },
      [['a b c', 'a c']],
    ],
    [
      'of several of one length: the one that is found from the first file',
      { a: ['./b'], b: ['./c'], c: ['./d', './a'], d: ['./e'], e: ['./c'] },
      [['a b c d e', 'a b c']],
    ],
    [
      'of several from one file: the one over the first in the alphabet',
      { a: ['./c', './b'], b: ['./a'], c: ['./a'] },
      [['a b c', 'a b']],
    ],
    [
      'with a way through another knot',
      { a: ['./b'], b: ['./a', './x'], x: ['./y'], y: ['./x'] },
      [
        ['a b', 'a b'],
        ['x y', 'x y'],
      ],
    ],
    ['with a file that nobody looked at', { a: ['./gone', './b'], b: ['./a', './gone'] }, [['a b', 'a b']]],
  ])('%s', (_, files, expected) => {
    expect(knots(files)).toEqual(expected)
  })

  test('is none without a way back', () => {
    expect(knots({ a: ['./b', './gone', 'x', '?'], b: ['./c'], c: [] })).toEqual([])
    expect(knots({})).toEqual([])
  })

  test('a file without a name of its own is one like any other', () => {
    expect(knots({ '': [{ to: './', target: { kind: 'file', path: '' } }] })).toEqual([['', '']])
  })
})

test('knots are sorted by their first file, in whatever order they are found', () => {
  const files = { z: ['./y', './b'], y: ['./z'], b: ['./a'], a: ['./b'], m: ['./m', './z'] }
  expect(knots(files).map(([all]) => all)).toEqual(['a b', 'm', 'y z'])
})

const round = (word: string) => knots({ a: ['./b'], b: [word] }).length

test('only what is followed at once closes a circle', () => {
  expect(['./a', 'export ./a', 'require ./a'].map(round)).toEqual([1, 1, 1])
  const later = ['type ./a', 'import() ./a', 'require-resolve ./a', 'asset-url ./a', 'import-type ./a']
  expect(later.map(round)).toEqual([0, 0, 0, 0, 0])
})

test('in a knot of thousands any way round will do, and it ends soon', () => {
  const size = 20_000
  const name = (at: number) => `f${String(at % size).padStart(5, '0')}`
  const files = Object.fromEntries(Array.from({ length: size }, (_, at) => [name(at), [`./${name(at + 1)}`]]))
  // A circle of two behind more visits than are made.
  const found = knots({ ...files, [name(size - 1)]: [`./${name(0)}`, `./${name(size - 2)}`] })
  expect(found.map(([, cycle]) => cycle?.split(' ').length)).toEqual([size])
})

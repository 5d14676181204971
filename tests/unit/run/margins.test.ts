/** A run stops early enough to say what it knows, and never so early that it cannot begin. */
import { describe, expect, test } from 'vitest'
import { canTell, margins } from '../../../src/run/margins.ts'

describe('the end of a run', () => {
  test('takes 8 % of the time while nobody knows how large the tree is, and half of that for printing', () => {
    expect(margins(10_000, 0)).toEqual({ wrapUpMs: 800, giveUpMs: 400 })
  })

  test('is never shorter than a process needs, nor longer than a small tree takes', () => {
    expect(margins(1000, 0)).toEqual({ wrapUpMs: 200, giveUpMs: 100 })
    expect(margins(300_000, 0)).toEqual({ wrapUpMs: 1000, giveUpMs: 500 })
  })

  test('grows with the tree, so that ten thousand packages are reported before the deadline and not after it', () => {
    expect(margins(10_000, 1000)).toEqual({ wrapUpMs: 1040, giveUpMs: 520 })
    expect(margins(10_000, 10_000)).toEqual({ wrapUpMs: 3200, giveUpMs: 1600 })
    expect(margins(300_000, 10_000)).toEqual({ wrapUpMs: 3400, giveUpMs: 1700 })
  })

  test('leaves most of a short deadline to a large tree', () => {
    expect(margins(2000, 50_000)).toEqual({ wrapUpMs: 800, giveUpMs: 400 })
  })

  test('takes what a process needs to end from the shortest deadline of all', () => {
    expect(margins(300, 10_000)).toEqual({ wrapUpMs: 200, giveUpMs: 100 })
  })
})

describe('a tree that becomes known late', () => {
  test.each([
    [10_000, 500, 100, true],
    [10_000, 500, 50, false],
    [10_000, 10_000, 1300, true],
    [10_000, 10_000, 1100, false],
    [10_000, 50_000, 1700, true],
    [10_000, 50_000, 1500, false],
    [10_000, 0, 0, true],
  ])('of %i ms, %i packages are told of where %i are left: %s', (budget, packages, left, wanted) => {
    expect(canTell(budget, packages, left)).toBe(wanted)
  })
})

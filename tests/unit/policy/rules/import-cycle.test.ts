import { describe, expect, test } from 'vitest'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

test('the shortest way round, with the place of each step', () => {
  const files = {
    'a.ts': ['./b.ts'],
    'b.ts': ['./c.ts', './d.ts'],
    'c.ts': ['./a.ts'],
    'd.ts': ['export ./b.ts'],
  }
  const findings = found('import-cycle', { files })
  expect(findings).toEqual([
    {
      rule: 'import-cycle',
      severity: 'deny',
      verdict: 'violation',
      subject: 'a.ts > b.ts > c.ts > d.ts',
      message: '2 files import each other in a circle: b.ts > d.ts > b.ts',
      fix: 'Move what both sides need into a file of its own, or take one of these imports back: import type where only types are needed, import() where it can wait.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'b.ts', line: 2, column: 20 },
      details: [
        'b.ts:2 imports d.ts',
        'd.ts:1 imports b.ts',
        '4 files hang together in this way: a.ts, b.ts, c.ts, d.ts',
      ],
    },
  ])
})

test('of three', () => {
  const files = {
    'c.ts': ['./a.ts'],
    'b.ts': ['require ./c.ts'],
    'a.ts': ['./leaf.ts', './b.ts'],
    'leaf.ts': [],
  }
  expect(found('import-cycle', { files })).toMatchObject([
    {
      message: '3 files import each other in a circle: a.ts > b.ts > c.ts > a.ts',
      location: { file: 'a.ts', line: 2 },
      details: ['a.ts:2 imports b.ts', 'b.ts:1 imports c.ts', 'c.ts:1 imports a.ts'],
    },
  ])
})

test('a file that imports itself', () => {
  const findings = found('import-cycle', { files: { 'c.ts': ['node:fs', './c.ts'] } })
  expect(findings).toMatchObject([
    {
      subject: 'c.ts',
      message: 'c.ts imports itself',
      fix: 'Remove that import.',
      location: { file: 'c.ts', line: 2 },
      details: ['c.ts:2 imports c.ts'],
    },
  ])
})

test('the step that closes it, not one of types to the same file', () => {
  const files = { 'a.ts': ['type ./b.ts', 'import() ./b.ts', './b.ts', './b.ts'], 'b.ts': ['./a.ts'] }
  expect(found('import-cycle', { files })[0]?.details).toEqual(['a.ts:3 imports b.ts', 'b.ts:1 imports a.ts'])
})

describe('is silent', () => {
  test.each<[string, Sketch['files']]>([
    ['types', { 'a.ts': ['./b.ts'], 'b.ts': ['type ./a.ts'] }],
    ['types in a circle of three', { 'a.ts': ['./b.ts'], 'b.ts': ['type ./c.ts'], 'c.ts': ['./a.ts'] }],
    ['what is loaded later', { 'a.ts': ['./b.ts'], 'b.ts': ['import() ./a.ts'] }],
    ['a reference', { 'a.ts': ['./b.ts'], 'b.ts': ['path-reference ./a.ts'] }],
    ['an address of itself', { 'a.ts': ['asset-url ./a.ts'] }],
    ['a diamond', { 'a.ts': ['./b.ts', './c.ts'], 'b.ts': ['./d.ts'], 'c.ts': ['./d.ts'], 'd.ts': [] }],
    ['files that nobody looked at', { 'a.ts': ['./gone.ts', './b.ts'], 'b.ts': ['./gone.ts'] }],
  ])('%s', (_, files) => {
    expect(told({ files })).toEqual([])
  })
})

test('by the name of an own package', () => {
  const back = {
    to: 'app',
    target: { kind: 'workspace', name: 'app', location: '.', path: 'a.ts' },
  } as const
  const files = { 'a.ts': ['./packages/b/i.ts'], 'packages/b/i.ts': [back] }
  const packages = { '.': {}, 'packages/b': { dependencies: ['app'] } }
  expect(toldBy('import-cycle', { files, packages })).toEqual([
    'a.ts:1 2 files import each other in a circle: a.ts > packages/b/i.ts > a.ts',
  ])
})

test('several circles are sorted by their first file', () => {
  const files = {
    'x.ts': ['./y.ts'],
    'y.ts': ['./x.ts', './a.ts'],
    'a.ts': ['./b.ts'],
    'b.ts': ['./a.ts'],
    'c.ts': ['./c.ts', './x.ts'],
  }
  expect(toldBy('import-cycle', { files }).map((line) => line.split(' ')[0])).toEqual([
    'a.ts:1',
    'c.ts:1',
    'x.ts:1',
  ])
})

const names = (size: number) => Object.keys(circle(size)).slice(0, 20).join(', ')

const circle = (size: number) => {
  const name = (at: number) => `f${String(at % size).padStart(3, '0')}.ts`
  return Object.fromEntries(
    Array.from({ length: size }, (_, at) => [name(at), [`./${name(at + 1)}`, './f000.ts']]),
  )
}

const hanging = (size: number) => found('import-cycle', { files: circle(size) })[0]?.details?.at(-1)

describe('a large knot', () => {
  test('names its first twenty files', () => {
    expect(hanging(20)).toBe(`20 files hang together in this way: ${names(20)}`)
    expect(hanging(21)).toBe(`21 files hang together in this way: ${names(21)} and 1 more`)
    expect(hanging(23)).toBe(`23 files hang together in this way: ${names(23)} and 3 more`)
  })

  test('is known by the names of all its files, as long as they are not too long', () => {
    // Names of 7 characters with 3 between them: 100 * 10 - 3.
    const short = { ...circle(99), 'f098.ts': ['./g.ts'], 'g.ts': ['./f000.ts'] }
    expect(found('import-cycle', { files: short })[0]?.subject).toBe(Object.keys(short).join(' > '))
    const full = { ...circle(99), 'f098.ts': ['./g234567.ts'], 'g234567.ts': ['./f000.ts'] }
    expect(found('import-cycle', { files: full })[0]?.subject).toBe(Object.keys(full).join(' > '))
    expect(Object.keys(full).join(' > ')).toHaveLength(1000)
    const long = found('import-cycle', { files: circle(101) })[0]?.subject ?? ''
    expect(long).toMatch(/^f000\.ts > f001\.ts .*… \(101 files, [0-9a-f]{12}\)$/)
    expect(long.indexOf('…')).toBe(1000)
    // As baselines have it.
    expect(long.slice(1000)).toBe('… (101 files, 0b0d27de7777)')
  })

  test('of which one file is another one has another name', () => {
    const files = circle(101)
    const renamed = Object.fromEntries(
      Object.entries(files).map(([path, words]) => [
        path.replace('f100', 'g100'),
        words.map((word) => word.replace('f100', 'g100')),
      ]),
    )
    const [one, other] = [files, renamed].map((each) => found('import-cycle', { files: each })[0]?.subject)
    expect(other).not.toBe(one)
  })
})

const print = (more: Sketch['files']) =>
  found('import-cycle', { files: { 'b.ts': ['./a.ts'], ...more } })[0]?.fingerprint

describe('its fingerprint', () => {
  test('is known by its files: moved lines change nothing, a file that joins does', () => {
    const before = print({ 'a.ts': ['./b.ts'] })
    expect(print({ 'a.ts': ['node:fs', './b.ts'] })).toBe(before)
    // As baselines and histories have it.
    expect(before).toBe('b153ef983a71cebfab18e134677e6646')
    expect(print({ 'a.ts': ['./b.ts', './c.ts'], 'c.ts': ['./a.ts'] })).not.toBe(before)
  })
})

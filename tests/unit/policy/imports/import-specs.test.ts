import { describe, expect, test } from 'vitest'
import type { ImportTarget } from '#model/imports'
import { meansTarget } from '#policy/imports/import-specs'

const installed = (name: string, subpath = ''): ImportTarget => ({ kind: 'package', name, subpath })
const builtin = (name: string): ImportTarget => ({ kind: 'builtin', name })

describe('a package', () => {
  test.each<[string, ImportTarget, boolean]>([
    ['lodash', installed('lodash'), true],
    ['lodash', installed('lodash', 'fp'), true],
    ['lodash', installed('lodash-es'), false],
    ['lodash', installed('lodash.get'), false],
    ['lodash-es', installed('lodash'), false],
    ['lodash/fp', installed('lodash'), false],
    ['lodash/fp', installed('lodash', 'fp'), true],
    ['lodash/fp', installed('lodash', 'fp/map'), true],
    ['lodash/fp', installed('lodash', 'fpx'), false],
    ['@acme/*', installed('@acme/x'), true],
    ['@acme/*', installed('@acme/x', 'y'), true],
    ['@acme/*', installed('@acmes/x'), false],
    ['@acme/x', installed('@acme/x', 'y'), true],
    ['@acme/x', installed('@acme/xy'), false],
    ['*', installed('lodash'), true],
    ['*', installed('@acme/x', 'y'), true],
    ['lodash', installed('@types/lodash'), true],
    ['lodash/fp', installed('@types/lodash', 'fp'), true],
    ['lodash/fp', installed('@types/lodash'), false],
    ['@acme/*', installed('@types/acme__x'), true],
    ['@types/*', installed('@types/lodash'), true],
    ['@types/lodash', installed('lodash'), false],
    ['node:fs', installed('fs'), false],
    ['fs', builtin('fs'), false],
    ['*', builtin('fs'), false],
    ['node:fs', builtin('fs'), true],
    ['node:fs', builtin('fs/promises'), true],
    ['node:fs/promises', builtin('fs'), false],
    ['node:f', builtin('fs'), false],
    ['node:*', builtin('fs/promises'), true],
    ['node:*', installed('fs'), false],
    ['*', { kind: 'file', path: 'a.ts' }, false],
    ['*', { kind: 'missing' }, false],
    ['*', { kind: 'unknown' }, false],
    ['*', { kind: 'outside' }, false],
    ['*', { kind: 'address' }, false],
    ['x', { kind: 'address' }, false],
  ])('%s and %j: %s', (name, target, isMeant) => {
    expect(meansTarget([name], { target, specifier: 'x' })).toBe(isMeant)
    expect(meansTarget(['other', name, 'more'], { target, specifier: 'x' })).toBe(isMeant)
  })

  test('no name means nothing', () => {
    expect(meansTarget([], { target: installed('x'), specifier: 'x' })).toBe(false)
    expect(meansTarget([], { target: builtin('fs'), specifier: 'fs' })).toBe(false)
  })
})

describe('one of the own packages, as it is written', () => {
  const target: ImportTarget = { kind: 'workspace', name: '@acme/b', location: 'packages/b' }

  test.each<[string, string | null, boolean]>([
    ['@acme/b', '@acme/b', true],
    ['@acme/b', '@acme/b/sub', true],
    ['@acme/b', '#alias', true],
    ['@acme/b', null, true],
    ['@acme/*', '#alias', true],
    ['@acme/b/sub', '@acme/b/sub', true],
    ['@acme/b/sub', '@acme/b/sub/x', true],
    ['@acme/b/sub', '@acme/b/sub?raw', true],
    ['@acme/b/sub', '@acme/b', false],
    ['@acme/b/sub', '@acme/b/other', false],
    ['@acme/b/sub', '#alias', false],
    ['#alias', '#alias', false],
    ['*', '@acme/b', false],
    ['@acme/bb', '@acme/b', false],
  ])('%s and %s: %s', (name, specifier, isMeant) => {
    expect(meansTarget([name], { target, specifier })).toBe(isMeant)
  })
})

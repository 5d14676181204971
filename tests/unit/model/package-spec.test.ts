import { matchesSpec, parsePackageSpec } from '#model/package-spec'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

function spec(text: string) {
  const parsed = parsePackageSpec(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.spec
}

describe('parsePackageSpec', () => {
  test.each([
    ['left-pad', 'left-pad', '*'],
    ['left-pad@^1.2', 'left-pad', '^1.2'],
    ['left-pad@1.0.0 || >=2 <3', 'left-pad', '1.0.0 || >=2 <3'],
    ['@acme/*', '@acme/*', '*'],
    ['@acme/tool', '@acme/tool', '*'],
    ['@acme/tool@~2.1.0', '@acme/tool', '~2.1.0'],
    ['JSONStream@1', 'JSONStream', '1'],
  ])('%s', (text, name, range) => {
    expect(parsePackageSpec(text)).toEqual({ ok: true, spec: { text, name, range } })
  })

  test.each([
    ['', 'is not a package name'],
    ['*', 'is not a package name'],
    ['@', 'is not a package name'],
    ['@/*', 'is not a scope'],
    ['acme/*', 'is not a scope'],
    ['@acme/**', 'is not a package name'],
    ['@a/b/*', 'is not a scope'],
    ['@acme/*@1', 'takes no version range'],
    ['../x', 'is not a package name'],
    ['a b', 'is not a package name'],
    ['node_modules', 'is not a package name'],
    ['left-pad@', 'is not a version range'],
    ['left-pad@ ', 'is not a version range'],
    ['left-pad@latest', 'is not a version range'],
    ['left-pad@npm:other@1', 'is not a version range'],
    ['left-pad@file:..', 'is not a version range'],
    [`left-pad@${'1'.repeat(300)}`, 'is not a version range'],
  ])('refuses %j', (text, problem) => {
    const parsed = parsePackageSpec(text)
    expect(parsed.ok ? 'no problem' : parsed.problem).toContain(problem)
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parsePackageSpec(text)))
  })
})

describe('matchesSpec', () => {
  test.each([
    ['sharp@^0.34', 'sharp', '0.34.5', true],
    ['sharp@^0.34', 'sharp', '0.35.0', false],
    ['sharp@^0.34.0', 'sharp', '0.34.5-rc.1', true],
    ['sharp', 'sharp', '9.9.9-alpha', true],
    ['sharp', 'sharp-cli', '1.0.0', false],
    ['sharp', 'not a version', '1.0.0', false],
    ['sharp@*', 'sharp', 'not a version', true],
    ['sharp@1', 'sharp', 'not a version', false],
    ['@acme/*', '@acme/tool', '1.0.0', true],
    ['@acme/*', '@acme-evil/tool', '1.0.0', false],
    ['@acme/*', 'acme', '1.0.0', false],
    ['@acme/tool', '@acme/tools', '1.0.0', false],
  ])('%s means %s@%s: %s', (text, name, version, expected) => {
    expect(matchesSpec(spec(text), name, version)).toBe(expected)
  })
})

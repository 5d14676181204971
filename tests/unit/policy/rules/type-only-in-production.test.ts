import { describe, expect, test } from 'vitest'
import { tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, toldBy } from '../imports/told.ts'

const production = { '.': { dependencies: ['x'] } }

test('an application needs no types', () => {
  const files = {
    'src/a.ts': ['node:fs', 'type x'],
    'src/b.ts': ['types-reference x'],
    'a.test.ts': ['type x'],
  }
  const findings = found('type-only-in-production', { files, packages: production })
  expect(findings).toEqual([
    {
      rule: 'type-only-in-production',
      severity: 'deny',
      verdict: 'violation',
      package: 'x',
      subject: 'package.json',
      message: 'x is a production dependency of package.json, but only its types are imported',
      fix: 'Run npm install --save-dev x@^1.0.0.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'package.json', line: 10 },
      details: ['types imported by src/a.ts:2', 'also by src/b.ts:1'],
    },
  ])
})

describe('is silent', () => {
  test.each<[string, Sketch]>([
    [
      'a library hands types on',
      {
        files: { 'src/a.ts': ['type x'] },
        packages: { '.': { dependencies: ['x'], entries: ['src/a.ts'] } },
      },
    ],
    [
      'something of it is loaded',
      { files: { 'src/a.ts': ['type x'], 'src/b.ts': ['x'] }, packages: production },
    ],
    ['be it by a test', { files: { 'src/a.ts': ['type x'], 'a.test.ts': ['x'] }, packages: production }],
    ['nothing that ships imports it', { files: { 'a.test.ts': ['type x'] }, packages: production }],
    ['nothing imports it', { files: { 'a.ts': [] }, packages: production }],
    [
      'a tool uses it',
      {
        files: { 'src/a.ts': ['type x'] },
        packages: { '.': { dependencies: ['x'], usedByTools: [{ name: 'x', by: 's' }] } },
      },
    ],
    ['a development dependency', { files: { 'src/a.ts': ['type x'] }, packages: { '.': { dev: ['x'] } } }],
    ['a peer', { files: { 'src/a.ts': ['type x'] }, packages: { '.': { peer: ['x'] } } }],
    [
      'a workspace loads what the root declares',
      {
        files: { 'src/a.ts': ['type x'], 'packages/a/i.ts': ['x'] },
        packages: { ...production, 'packages/a': {} },
      },
    ],
  ])('%s', (_, project) => {
    expect(toldBy('type-only-in-production', project)).toEqual([])
  })

  test('a package asks for it as its peer', () => {
    const inventory = tree({ '': ['x', 'y'], 'node_modules/x': [], 'node_modules/y': ['peer x'] })
    const project = { files: { 'src/a.ts': ['type x'] }, packages: production }
    expect(toldBy('type-only-in-production', project, { inventory })).toEqual([])
    expect(toldBy('type-only-in-production', project)).toHaveLength(1)
  })
})

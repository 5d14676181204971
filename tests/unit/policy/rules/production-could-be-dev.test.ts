import { describe, expect, test } from 'vitest'
import { STRICT, tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

test('only tests import it', () => {
  const project = {
    files: { 'src/a.ts': ['y'], 'test/a.test.ts': ['node:fs', 'x'], 'test/b.test.ts': ['type x'] },
    packages: { '.': { dependencies: ['y', 'x'] } },
  }
  const findings = found('production-could-be-dev', project)
  expect(findings).toEqual([
    {
      rule: 'production-could-be-dev',
      severity: 'deny',
      verdict: 'violation',
      package: 'x',
      subject: 'package.json',
      message: 'x is a production dependency of package.json, but nothing that ships imports it',
      fix: 'Run npm install --save-dev x@^1.0.0.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'package.json', line: 11 },
      details: ['imported by test/a.test.ts:2', 'also imported by test/b.test.ts:1'],
    },
  ])
  expect(told(project)).toHaveLength(1)
})

test('in a workspace', () => {
  const packages = { '.': {}, 'packages/a': { dependencies: ['x'] } }
  expect(
    found('production-could-be-dev', { files: { 'packages/a/a.test.ts': ['x'] }, packages }),
  ).toMatchObject([
    {
      fix: 'Run npm install --save-dev --workspace packages/a x@^1.0.0.',
      location: { file: 'packages/a/package.json', line: 10 },
    },
  ])
})

describe('is silent', () => {
  const production = { '.': { dependencies: ['x'] } }

  test.each<[string, Sketch]>([
    ['a file that may ship', { files: { 'src/a.ts': ['x'] }, packages: production }],
    ['one of several', { files: { 'src/a.ts': ['x'], 'a.test.ts': ['x'] }, packages: production }],
    [
      'a file that no entry reaches may ship all the same',
      {
        files: { 'src/i.ts': [], 'src/b.ts': ['x'] },
        packages: { '.': { dependencies: ['x'], entries: ['src/i.ts'] } },
      },
    ],
    [
      'a tool uses it',
      {
        files: { 'a.test.ts': ['x'] },
        packages: { '.': { dependencies: ['x'], usedByTools: [{ name: 'x', by: 'scripts.start' }] } },
      },
    ],
    ['a development dependency', { files: { 'a.test.ts': ['x'] }, packages: { '.': { dev: ['x'] } } }],
    ['a peer', { files: { 'a.test.ts': ['x'] }, packages: { '.': { peer: ['x'] } } }],
    ['optional', { files: { 'a.test.ts': ['x'] }, packages: { '.': { optional: ['x'] } } }],
    ['nothing imports it: that is another rule', { files: { 'a.ts': [] }, packages: production }],
  ])('%s', (_, project) => {
    expect(toldBy('production-could-be-dev', project)).toEqual([])
  })

  test('a workspace that takes it from the root ships it', () => {
    const packages = { ...production, 'packages/a': {} }
    const files = { 'root.test.ts': ['x'], 'packages/a/i.ts': ['x'] }
    expect(toldBy('production-could-be-dev', { files, packages })).toEqual([])
    const declared = { ...production, 'packages/a': { dependencies: ['x'] } }
    expect(toldBy('production-could-be-dev', { files, packages: declared })).toHaveLength(1)
  })

  test('a tool of a workspace that takes it from the root uses it', () => {
    const usedByTools = [{ name: 'x', by: 's' }]
    const files = { 'root.test.ts': ['x'], 'packages/a/i.ts': [] }
    expect(
      toldBy('production-could-be-dev', {
        files,
        packages: { ...production, 'packages/a': { usedByTools } },
      }),
    ).toEqual([])
  })

  test('another tool changes nothing', () => {
    const packages = { '.': { dependencies: ['x'], usedByTools: [{ name: 'y', by: 's' }] } }
    expect(toldBy('production-could-be-dev', { files: { 'a.test.ts': ['x'] }, packages })).toHaveLength(1)
  })

  test('a package that ships asks for it as its peer, one for development does not count', () => {
    const project = {
      files: { 'a.ts': ['y'], 'a.test.ts': ['x'] },
      packages: { '.': { dependencies: ['x', 'y'] } },
    }
    const inventory = tree({ '': ['x', 'y'], 'node_modules/x': [], 'node_modules/y': ['peer x'] })
    expect(toldBy('production-could-be-dev', project, { inventory })).toEqual([])
    for (const instance of inventory.instances) instance.kinds = ['production', 'dev']
    expect(toldBy('production-could-be-dev', project, { inventory })).toEqual([])
    for (const instance of inventory.instances) instance.kinds = ['dev']
    expect(toldBy('production-could-be-dev', project, { inventory })).toHaveLength(1)
  })
})

test('globs of the policy say what ships', () => {
  const project = { files: { 'src/a.ts': [], 'src/b.ts': ['x'] }, packages: { '.': { dependencies: ['x'] } } }
  const rules = { ...STRICT, production: ['src/a.ts'] }
  expect(toldBy('production-could-be-dev', project, { rules })).toHaveLength(1)
})

test('its fingerprint tells packages apart', () => {
  const packages = { '.': { dependencies: ['x', 'y'] }, 'packages/a': { dependencies: ['x'] } }
  const files = { 'a.test.ts': ['x', 'y'], 'packages/a/a.test.ts': ['x'] }
  const prints = found('production-could-be-dev', { files, packages }).map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size).toBe(3)
})

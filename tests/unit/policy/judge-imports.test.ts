/** All rules about imports together. */
import { expect, test } from 'vitest'
import { importRules, STRICT } from '../../support/import-sketch.ts'
import { judged, told } from './imports/told.ts'

const location = { file: 'depgate.config.json', line: 9 }
const PROJECT = {
  files: {
    'src/a.ts': ['phantom', 'missing:./gone', 'tool', 'type typed', './src/b.ts', 'node:fs'],
    'src/b.ts': ['./src/a.ts'],
    'src/broken.ts': { problem: { code: 'syntax' as const, message: 'A bracket is missing.', line: 4 } },
    'packages/w/i.ts': ['rooted'],
    'test/a.test.ts': ['tested'],
    'packages/x/i.ts': [],
  },
  packages: {
    '.': { dependencies: ['rooted', 'tested', 'typed'], dev: ['tool'] },
    'packages/w': {},
    'packages/x': { dependencies: ['idle'] },
  },
}
const RULES = {
  layers: [
    { name: 'all', files: ['src/**'], imports: [], builtins: [], location },
    { name: 'none', files: ['gone/**'], imports: [], location },
  ],
  ban: [{ import: 'phantom', in: [], except: [], reason: 'r', location }],
}

test('each rule is asked', () => {
  expect(judged(PROJECT, { rules: { ...STRICT, ...RULES } }).map(({ rule }) => rule)).toEqual([
    'import-undeclared',
    'import-unresolved',
    'import-unreadable',
    'dev-in-production',
    'production-could-be-dev',
    'type-only-in-production',
    'dependency-misplaced',
    'dependency-unused',
    'import-cycle',
    'layer-breached',
    'import-banned',
    'imports-unmatched',
  ])
})

test('a rule that is off says nothing, and one at warn fails nothing', () => {
  expect(told(PROJECT, { rules: {} })).toEqual([
    'import-unreadable src/broken.ts:4 nobody knows what src/broken.ts imports: a bracket is missing',
  ])
  const warned = Object.fromEntries(
    Object.entries(importRules())
      .filter(([, value]) => value === 'off')
      .map(([key]) => [key, 'warn']),
  )
  const severities = judged(PROJECT, { rules: { ...warned, unreadable: 'warn' } })
  expect(severities).toHaveLength(9)
  expect(severities.filter(({ severity, verdict }) => severity !== 'warn' || verdict !== 'pass')).toEqual([])
})

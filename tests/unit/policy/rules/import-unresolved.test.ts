import { expect, test } from 'vitest'
import { found, told } from '../imports/told.ts'

test('one for each specifier of a file', () => {
  const files = {
    'a.ts': ['missing:x', 'node:fs', 'missing:x', 'type missing:y'],
    'b.ts': ['missing:x', '?', '^', 'https://x.example/a.js'],
  }
  expect(told({ files })).toEqual([
    'import-unresolved a.ts:1 a.ts imports "missing:x", and there is nothing',
    'import-unresolved a.ts:4 a.ts imports "missing:y", and there is nothing',
    'import-unresolved b.ts:1 b.ts imports "missing:x", and there is nothing',
  ])
  const [finding] = found('import-unresolved', { files })
  expect(finding).toEqual({
    rule: 'import-unresolved',
    severity: 'deny',
    verdict: 'violation',
    subject: 'a.ts > missing:x',
    message: 'a.ts imports "missing:x", and there is nothing',
    fix: 'Correct the path; where a build step writes that file, run it first.',
    path: [],
    fingerprint: finding?.fingerprint,
    location: { file: 'a.ts', line: 1, column: 20 },
  })
})

test('what is written is quoted', () => {
  expect(told({ files: { 'a.ts': [{ to: '-', specifier: './a"\n.ts' }] } })).toEqual([
    String.raw`import-unresolved a.ts:1 a.ts imports "./a\"\n.ts", and there is nothing`,
  ])
})

test('an expression leads nowhere by itself', () => {
  expect(told({ files: { 'a.ts': [{ to: '-', specifier: null }] } })).toEqual([])
})

test('its fingerprint tells files and specifiers apart', () => {
  const files = { 'a.ts': ['missing:x', 'missing:y'], 'b.ts': ['missing:x'] }
  const prints = found('import-unresolved', { files }).map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size).toBe(3)
  const moved = { 'a.ts': ['node:fs', 'missing:x'] }
  expect(found('import-unresolved', { files: moved })[0]?.fingerprint).toBe(prints[0])
})

import { flagsIn, toolCalls } from '#adopt/import/shell-words'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const tools = ['license-checker', 'license-compliance']
const argsOf = (script: string) => toolCalls(script, tools).map(({ tool, args }) => [tool].concat(args))

test.each<[string, string[][]]>([
  ['license-checker --onlyAllow "MIT;ISC"', [['license-checker', '--onlyAllow', 'MIT;ISC']]],
  ["license-checker --onlyAllow='MIT;ISC'", [['license-checker', '--onlyAllow=MIT;ISC']]],
  ['license-checker --onlyAllow=\\"MIT', [['license-checker', '--onlyAllow="MIT']]],
  ['npx --yes license-checker@25.0.1 --summary', [['license-checker', '--summary']]],
  ['./node_modules/.bin/license-checker', [['license-checker']]],
  ['eslint . && license-checker --a; echo license', [['license-checker', '--a']]],
  [
    'license-checker --a && license-compliance --b|cat',
    [
      ['license-checker', '--a'],
      ['license-compliance', '--b'],
    ],
  ],
  ['FOO=1 license-checker', [['license-checker']]],
  ['echo license-checkers', []],
  ['', []],
])('%s', (script, calls) => {
  expect(argsOf(script)).toEqual(calls)
})

test('flags have their values in both spellings, and the last of several counts', () => {
  const flags = flagsIn(['--a', '1', '--b=2;3', '-c', 'x', '--a', '4'], new Set(['--a']))
  expect([...flags]).toEqual([
    ['--a', '4'],
    ['--b', '2;3'],
    ['-c', ''],
  ])
})

test('no script makes it stumble', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (script) => {
      expect(Array.isArray(toolCalls(`license-checker ${script}`, tools))).toBe(true)
    }),
  )
})

import { describe, expect, test } from 'vitest'
import type { SourceProblem } from '#model/imports'
import { unreadableProject } from '#policy/rules/import-unreadable'
import { importGraph, importRules, tree } from '../../../support/import-sketch.ts'
import { importCase, judgeImports } from '#policy/judge-imports'

function judged(problem: SourceProblem, unreadable: 'deny' | 'warn' = 'deny') {
  const graph = importGraph({ 'a.ts': { problem }, 'b.ts': ['x'] })
  return judgeImports(importCase(graph, importRules({ unreadable }), tree({ '': [] })))
}

test('says where and why, and what to do', () => {
  const findings = judged({ code: 'syntax', message: 'A bracket is missing.', line: 3, column: 7 })
  expect(findings).toEqual([
    {
      rule: 'import-unreadable',
      severity: 'deny',
      verdict: 'unknown',
      message: 'nobody knows what a.ts imports: a bracket is missing',
      fix: 'Correct the file, or leave it out with imports.ignore if it is no source of the project.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'a.ts', line: 3, column: 7 },
    },
  ])
})

test.each<[Pick<SourceProblem, 'line' | 'column'>, object]>([
  [{}, { file: 'a.ts' }],
  [{ line: 3 }, { file: 'a.ts', line: 3 }],
  [{ column: 7 }, { file: 'a.ts' }],
])('the place %j', (place, location) => {
  expect(judged({ code: 'syntax', message: 'm', ...place })[0]?.location).toEqual(location)
})

test.each<[SourceProblem['code'], string]>([
  ['syntax', 'unknown'],
  ['too-large', 'unknown'],
  ['too-deep', 'unknown'],
  ['binary', 'unknown'],
  ['encoding', 'unknown'],
  ['unreadable', 'incomplete'],
  ['changed-meanwhile', 'incomplete'],
])('what the file says for good is unknown, what may pass could not be checked: %s', (code, verdict) => {
  expect(judged({ code, message: 'm' }).map((finding) => finding.verdict)).toEqual([verdict])
  expect(
    judged({ code, message: 'm' }, 'warn').map((each) => [each.rule, each.severity, each.verdict]),
  ).toEqual([['import-unreadable', 'warn', 'pass']])
})

describe('of the whole project', () => {
  test('could not check', () => {
    const finding = unreadableProject({
      code: 'deadline',
      message: 'The time was over.',
      fix: 'Wait.',
      details: ['d'],
    })
    expect(finding).toEqual({
      rule: 'import-unreadable',
      severity: 'deny',
      verdict: 'incomplete',
      message: 'nobody knows what the project imports: the time was over',
      fix: 'Wait.',
      path: [],
      fingerprint: finding.fingerprint,
      details: ['d'],
    })
    const file = judged({ code: 'unreadable', message: 'm' })[0]
    expect(file?.fingerprint).not.toBe(finding.fingerprint)
  })

  test('only a full stop at the end goes', () => {
    const { message } = unreadableProject({ code: 'deadline', message: 'A. b.c' })
    expect(message).toBe('nobody knows what the project imports: a. b.c')
  })

  test('is known whatever the reason is', () => {
    const prints = ['A.', 'B.'].map((message) => unreadableProject({ code: 'deadline', message }).fingerprint)
    expect(new Set(prints).size).toBe(1)
    expect(prints[0]).toBe(FINGERPRINT)
  })
})

/** As baselines and histories have it. */
const FINGERPRINT = '007310e57b496b64bfcf4e0c2a2b0235'

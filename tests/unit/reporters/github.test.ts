import { expect, test } from 'vitest'
import { githubReport } from '#reporters/github'
import { annotationCommand } from '#reporters/workflow-command'
import { finding, runReport } from '../../support/report.ts'

const commands = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('::'))

test('an annotation where the finding is, the denials first, then the verdict as text', () => {
  const report = runReport({
    verdict: 'violation',
    findings: [
      finding({ rule: 'no-lockfile', severity: 'warn', verdict: 'pass', message: 'There is none.' }),
      finding({
        package: 'a@1.0.0',
        message: '100 % of it: a, b',
        path: ['app@1.0.0', 'a@1.0.0'],
        location: { file: 'package-lock.json', line: 7 },
        fix: 'Replace it.\nOr not.',
      }),
    ],
  })
  expect(githubReport(report, {})).toBe(
    [
      '::error file=package-lock.json,line=7,title=license-not-allowed  a@1.0.0::' +
        '100 %25 of it: a, b%0Apath: app@1.0.0 > a@1.0.0%0Afix: Replace it.%0AOr not.',
      '::warning file=package.json,line=1,title=no-lockfile::There is none.',
      'depgate  violation: the policy is not met',
      '1 of 1 package judged; 1 first-party',
      '1 request, 0 answers from the cache, 0.8 s of 10 s',
      '',
    ].join('\n'),
  )
})

test('ten of a level, the last of which counts the rest', () => {
  const many = Array.from({ length: 25 }, (_, at) =>
    finding({ severity: at % 5 === 0 ? 'warn' : 'deny', fingerprint: String(at) }),
  )
  const shown = commands(githubReport(runReport({ verdict: 'violation', findings: many }), {}))
  expect(shown.filter((line) => line.startsWith('::error'))).toHaveLength(10)
  expect(shown.filter((line) => line.startsWith('::warning'))).toHaveLength(5)
  expect(shown[9]).toBe(
    '::error title=and 11 more::11 more that GitHub would not show: the job summary and the JSON report have them.',
  )
})

test('a run that fails without a finding is an error all the same', () => {
  expect(commands(githubReport(runReport({ verdict: 'incomplete' }), {}))).toEqual([
    '::error title=depgate::could not check: the tree is not complete or not confirmed',
  ])
})

test('what a baseline knows is no annotation', () => {
  const known = finding({
    severity: 'warn',
    verdict: 'pass',
    known: { since: '2026-01-01', reason: 'is being replaced' },
  })
  expect(commands(githubReport(runReport({ findings: [known] }), { folder: 'web' }))).toEqual([])
})

test('properties end where they should', () => {
  expect(
    annotationCommand({ level: 'notice', title: 'a,b::c%', message: 'x\r\ny', file: 'a,line=1::b', line: 2 }),
  ).toBe('::notice file=a%2Cline=1%3A%3Ab,line=2,title=a%2Cb%3A%3Ac%25::x\ufffd%0Ay')
})

import { describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { sarifReport } from '#reporters/sarif'
import { finding, runReport } from '../../support/report.ts'
import { readSchema } from '../../support/schemas.ts'

interface Log {
  runs: {
    tool: { driver: { rules: { id: string; help: { text: string; markdown?: string } }[] } }
    invocations: {
      executionSuccessful: boolean
      exitCode: number
      toolExecutionNotifications: { level: string; message: { text: string } }[]
    }[]
    results: {
      ruleId: string
      ruleIndex: number
      level: string
      message: { text: string }
      locations: {
        physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } }
      }[]
      partialFingerprints: Record<string, string>
    }[]
  }[]
}

const validate = readSchema('sarif-2.1.0.schema.json')
const parse = (report: RunReport, style = {}): Log['runs'][number] => {
  const log = JSON.parse(sarifReport(report, style)) as Log
  validate(log)
  expect(validate.errors).toBeNull()
  const [run] = log.runs
  if (run === undefined) throw new Error('no run')
  return run
}
const denied = finding({
  package: 'a@1.0.0',
  path: ['app@1.0.0', 'b@1.0.0', 'a@1.0.0'],
  location: { file: 'package-lock.json', line: 812 },
  fix: 'Replace it, or\n{\n  "package": "a"\n}',
})
const warned = finding({ rule: 'allow-unused', severity: 'warn', verdict: 'pass', fingerprint: 'w' })

const help = (style: object): object | undefined =>
  parse(runReport({ findings: [denied] }), style).tool.driver.rules[0]?.help
const prints = (report: RunReport): object[] =>
  parse(report).results.map(({ partialFingerprints }) => partialFingerprints)

test('the schema refuses what is no SARIF', () => {
  expect(validate(JSON.parse(sarifReport(runReport(), {}).replace('"2.1.0"', '"2.0.0"')))).toBe(false)
  expect(validate(JSON.parse(sarifReport(runReport(), {}).replace('"driver"', '"rider"')))).toBe(false)
})

test('a result a finding, what fails the run first, with its rule, its line and its fix', () => {
  const run = parse(runReport({ verdict: 'violation', findings: [warned, denied] }))
  expect(run.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['license-not-allowed', 'error'],
    ['allow-unused', 'warning'],
  ])
  for (const { ruleId, ruleIndex } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  }
  expect(run.results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'package-lock.json', uriBaseId: '%SRCROOT%' },
    region: { startLine: 812 },
  })
  expect(run.results[0]?.message.text).toBe(
    'AGPL-3.0-only is not in licenses.allow\n\nPath: app@1.0.0 > b@1.0.0 > a@1.0.0\n\n' +
      'Fix: Replace it, or\n{{\n  "package": "a"\n}}',
  )
  // GitHub wants a place for each result.
  expect(run.results[1]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('package.json')
})

test('the page of a rule is its help, where there are pages', () => {
  expect(help({ rulePage: (id: string) => `# ${id}` })).toEqual({
    text: '# license-not-allowed',
    markdown: '# license-not-allowed',
  })
  expect(help({})).toEqual({ text: 'A licence that the policy does not allow.' })
})

test('a fingerprint stays when lines move, and no two results share one', () => {
  const moved = { ...denied, location: { file: 'package-lock.json', line: 3 }, message: 'in other words' }
  expect(prints(runReport({ findings: [moved] }))).toEqual(prints(runReport({ findings: [denied] })))
  const [first, second] = prints(runReport({ findings: [denied, moved] }))
  expect(first).not.toEqual(second)
})

test('a project in a folder is shown below it', () => {
  const run = parse(runReport({ findings: [denied] }), { folder: 'packages/ä b' })
  expect(run.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
    'packages/%C3%A4%20b/package-lock.json',
  )
})

describe('the limits of code scanning', () => {
  const many = Array.from({ length: 5200 }, (_, at) =>
    finding({
      severity: at < 100 ? 'warn' : 'deny',
      verdict: at < 100 ? 'pass' : 'violation',
      message: 'x'.repeat(5000),
      fix: 'y'.repeat(9000),
      fingerprint: String(at),
    }),
  )
  const run = parse(runReport({ verdict: 'violation', findings: many }))

  test('5,000 results, the warnings left out, and a note says so', () => {
    expect(run.results).toHaveLength(5000)
    expect(run.results.every(({ level }) => level === 'error')).toBe(true)
    expect(run.invocations[0]?.toolExecutionNotifications[1]).toEqual({
      level: 'warning',
      message: {
        text:
          '200 of 5200 findings are left out here: code scanning shows no more than 5000. ' +
          'The JSON report has all of them.',
      },
    })
  })

  test('no text is longer than what is shown', () => {
    expect(Math.max(...run.results.map(({ message }) => message.text.length))).toBeLessThanOrEqual(3001)
  })
})

test.each([
  ['pass', true, 0],
  ['violation', true, 1],
  ['incomplete', false, 3],
] as const)('%s: successful %s, exit code %i', (verdict, executionSuccessful, exitCode) => {
  expect(parse(runReport({ verdict })).invocations[0]).toMatchObject({ executionSuccessful, exitCode })
})

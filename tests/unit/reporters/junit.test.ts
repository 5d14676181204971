import { describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { junitReport } from '#reporters/junit'
import * as fc from 'fast-check'
import { hostileReport } from '../../support/hostile.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'
import { isInstalled } from '../../support/tools.ts'
import { junitProblem } from '../../support/valid-reports.ts'
import { readXml } from '../../support/xml.ts'

const bad = packageReport('a@1.0.0', { verdict: 'violation' })
const lost = packageReport('b@1.0.0', { verdict: 'incomplete', kinds: ['dev'] })
const report = runReport({
  verdict: 'violation',
  packages: [bad, lost, packageReport('c@1.0.0')],
  findings: [
    finding({ package: 'a@1.0.0', fix: 'Replace it.\n{ "x": 1 }', path: ['app@1.0.0', 'a@1.0.0'] }),
    finding({ package: 'a@1.0.0', rule: 'package-banned', message: 'it is banned', fingerprint: '2' }),
    finding({
      package: 'b@1.0.0',
      rule: 'metadata-unavailable',
      verdict: 'incomplete',
      message: 'no answer',
    }),
    finding({ package: 'c@1.0.0', rule: 'package-deprecated', severity: 'warn', verdict: 'pass' }),
    finding({ rule: 'no-lockfile', severity: 'warn', verdict: 'pass' }),
    finding({
      rule: 'dependency-missing',
      package: 'gone',
      verdict: 'incomplete',
      message: 'gone is missing',
    }),
  ],
})

test('a case a package, one failure for all that is wrong with it, an error for what could not be checked', () => {
  expect(junitReport(report, {})).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="depgate" time="0.812" tests="5" failures="1" errors="2">
      <testsuite name="depgate: project" tests="2" failures="0" errors="1" skipped="0" time="0" timestamp="2026-01-01T00:00:00">
        <properties>
          <property name="project" value="app@1.0.0"/>
          <property name="version" value="0.0.0"/>
          <property name="run" value="run"/>
          <property name="command" value="check"/>
          <property name="policy" value="none"/>
          <property name="lockfile" value="none"/>
        </properties>
        <testcase name="no-lockfile" classname="depgate.project" time="0">
          <system-out>no-lockfile: AGPL-3.0-only is not in licenses.allow
    at: package.json:1</system-out>
        </testcase>
        <testcase name="dependency-missing gone" classname="depgate.project" time="0">
          <error type="dependency-missing" message="gone is missing">dependency-missing: gone is missing
    at: package.json:1</error>
        </testcase>
        <system-out>violation: 1 of 3 packages may not be used
    2 of 3 packages judged; 1 could not be checked, 1 first-party</system-out>
      </testsuite>
      <testsuite name="depgate: packages" tests="3" failures="1" errors="1" skipped="0" time="0" timestamp="2026-01-01T00:00:00">
        <properties>
          <property name="project" value="app@1.0.0"/>
          <property name="version" value="0.0.0"/>
          <property name="run" value="run"/>
          <property name="command" value="check"/>
          <property name="policy" value="none"/>
          <property name="lockfile" value="none"/>
        </properties>
        <testcase name="a@1.0.0" classname="depgate.packages.production" time="0">
          <failure type="license-not-allowed" message="AGPL-3.0-only is not in licenses.allow (and 1 more)">license-not-allowed: AGPL-3.0-only is not in licenses.allow
    path: app@1.0.0 &gt; a@1.0.0
    at: package.json:1
    fix:
    Replace it.
    { &quot;x&quot;: 1 }
    package-banned: it is banned
    at: package.json:1</failure>
        </testcase>
        <testcase name="b@1.0.0" classname="depgate.packages.dev" time="0">
          <error type="metadata-unavailable" message="no answer">metadata-unavailable: no answer
    at: package.json:1</error>
        </testcase>
        <testcase name="c@1.0.0" classname="depgate.packages.production" time="0">
          <system-out>package-deprecated: AGPL-3.0-only is not in licenses.allow
    at: package.json:1</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('a run that fails is never all green', () => {
  for (const verdict of ['violation', 'unknown', 'incomplete'] as const) {
    expect(junitReport(runReport({ verdict }), {})).toContain('<failure type="verdict"')
  }
  expect(junitReport(runReport(), {})).not.toMatch(/<failure|<error/)
})

describe.skipIf(!isInstalled('xmllint', 'libxml2-utils'))('the schema of Jenkins', () => {
  test.each<[string, () => RunReport]>([
    ['an ordinary report', () => runReport()],
    ['all kinds of findings', () => report],
    ['no package at all', () => runReport({ packages: [] })],
  ])('accepts %s', (_, make) => {
    expect(junitProblem(junitReport(make(), {}))).toBeUndefined()
  })

  test('accepts whatever names and messages hold', () => {
    const reports = fc.sample(hostileReport, 25)
    for (const hostile of reports) expect(junitProblem(junitReport(hostile, {}))).toBeUndefined()
  })

  test('would refuse a wrong one, and so would our own reader', () => {
    expect(junitProblem(junitReport(report, {}).replace(' name="depgate: packages"', ''))).toContain('name')
    const broken = junitReport(report, {}).replace('</testsuites>', '')
    expect(junitProblem(broken)).toBeTypeOf('string')
    expect(() => readXml(broken)).toThrow()
  })
})

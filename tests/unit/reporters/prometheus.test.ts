import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { prometheusReport } from '#reporters/prometheus'
import { auditedReport } from '../../support/audited.ts'
import { hostileReport, NASTY } from '../../support/hostile.ts'
import { prometheusProblems, readPrometheus } from '../../support/prometheus.ts'
import type { Sample } from '../../support/prometheus.ts'
import { runReport } from '../../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false, licenseFamily: () => 'permissive' as const }

function values(samples: Sample[], name: string): Record<string, number> {
  return Object.fromEntries(
    samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [
        Object.values({ ...labels, project: '' })
          .join(' ')
          .trim(),
        value,
      ]),
  )
}

describe('the gauges', () => {
  const samples = readPrometheus(prometheusReport(auditedReport(), STYLE))

  test('say what the report says', () => {
    expect(values(samples, 'depgate_verdict')).toEqual({ pass: 0, violation: 1, unknown: 0, incomplete: 0 })
    expect(values(samples, 'depgate_packages')).toEqual({ judged: 4, omitted: 0, incomplete: 0 })
    expect(values(samples, 'depgate_findings')).toEqual({ deny: 2, warn: 1, known: 1 })
    expect(values(samples, 'depgate_rule_findings')).toEqual({
      'license-not-allowed deny': 1,
      'license-text-unknown deny': 1,
      'package-deprecated warn': 1,
    })
    expect(values(samples, 'depgate_license_packages')).toMatchObject({
      'permissive shipped': 3,
      'permissive development': 1,
      'unknown shipped': 0,
    })
    expect(values(samples, 'depgate_run_timestamp_seconds')).toEqual({ '': 1_767_225_600 })
    expect(values(samples, 'depgate_advisories')).toMatchObject({ high: 1, low: 0, unrated: 0 })
    expect(values(samples, 'depgate_relicensed_packages')).toEqual({ '': 1 })
    expect(samples.every(({ labels }) => labels['project'] === 'app@1.0.0')).toBe(true)
  })

  test('are left out where nothing is known', () => {
    const names = new Set(
      readPrometheus(prometheusReport(runReport(), { width: 80, color: false, quiet: false })).map(
        ({ name }) => name,
      ),
    )
    expect(
      [...names].filter((name) => /license_packages|new_|lapsing|advisor|relicensed/.test(name)),
    ).toEqual([])
  })

  test('are what a scraper takes, whatever the report says', () => {
    for (const text of NASTY) {
      const inputs = { ...runReport().inputs, project: text }
      expect(prometheusProblems(prometheusReport(auditedReport({ inputs }), STYLE))).toEqual([])
    }
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(prometheusProblems(prometheusReport(report, STYLE))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

test('the reader itself would see what it looks for', () => {
  const good = '# HELP a b\n# TYPE a gauge\na{x="1"} 2\n'
  expect(prometheusProblems(good)).toEqual([])
  for (const bad of [
    good.trimEnd(),
    good.replace('"1"', '"1'),
    good.replace('"1"', '"\\q"'),
    good.replace(' 2', ' NaN'),
    good.replace(' 2', ''),
    `${good}a{x="1"} 3\n`,
    `${good}b 3\n`,
    good.replace('# TYPE a gauge\n', ''),
    good + good,
  ]) {
    expect(prometheusProblems(bad)).not.toEqual([])
  }
})

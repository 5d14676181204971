/** How findings that a baseline knows are shown to people. */
import type { Finding } from '#model/finding'
import { summarise } from '#model/package-summary'
import { coverageLine } from '#reporters/coverage'
import { explainPackage } from '#reporters/explain'
import { knownLines, partKnown } from '#reporters/known-text'
import { terminalReport } from '#reporters/terminal'
import { describe, expect, test } from 'vitest'
import { finding, packageReport, runReport } from '../../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false }
const known = (id: string, more: Partial<Finding> = {}): Finding =>
  finding({
    package: id,
    severity: 'warn',
    verdict: 'pass',
    fingerprint: id,
    known: { since: '2026-11-01', reason: 'older than the gate' },
    ...more,
  })
const report = (findings: Finding[]) =>
  runReport({
    packages: [packageReport('a@1.0.0'), packageReport('old@1.0.0', { known: true })],
    findings,
  })

describe('a run with known findings', () => {
  test('says how many packages may be used and how many are known', () => {
    const text = terminalReport(report([known('old@1.0.0')]), STYLE)
    expect(text).toContain('pass: 1 of 2 packages may be used, the other 1 is known to the baseline')
    expect(text).toContain(
      'known  1 finding of the baseline, accepted for now\n        license-not-allowed: old@1.0.0',
    )
    expect(text).toContain('1 finding known to the baseline')
    expect(text).not.toContain('warning')
  })

  test('shows what is new first, and as it always does', () => {
    const text = terminalReport(
      { ...report([known('old@1.0.0'), finding({ package: 'a@1.0.0' })]), verdict: 'violation' },
      STYLE,
    )
    expect(text.indexOf('violation  license-not-allowed  a@1.0.0')).toBeGreaterThan(0)
    expect(text.indexOf('known  1 finding')).toBeGreaterThan(text.indexOf('violation  license-not-allowed'))
  })

  test('keeps quiet about them where it keeps quiet, but counts them', () => {
    const text = terminalReport(report([known('old@1.0.0')]), { ...STYLE, quiet: true })
    expect(text).not.toContain('accepted for now')
    expect(text).toContain('1 finding known')
  })
})

test('many of them are a few lines, with the first day on which one ends', () => {
  const many = Array.from({ length: 40 }, (_, at) =>
    known(`p${at}@1.0.0`, {
      known: { since: '2026-11-01', reason: 'r', expires: `2027-01-${10 + (at % 20)}` },
    }),
  )
  const lines = knownLines(many, { paint: (_style, text) => text, width: 80 })
  expect(lines.join('\n')).toContain('and 34 more')
  expect(lines.at(-1)).toContain('until 2027-01-10')
  expect(lines.length).toBeLessThan(6)
  expect(lines.every((line) => line.length <= 80)).toBe(true)
})

test('names from outside do nothing to the terminal', () => {
  const lines = knownLines([known('evil\u001b[2J\u202e@1.0.0')], { paint: (_style, text) => text, width: 80 })
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('none are no lines', () => {
  expect(knownLines([], { paint: (_style, text) => text, width: 80 })).toEqual([])
  expect(partKnown([known('a@1.0.0'), finding()]).known).toHaveLength(1)
  expect(coverageLine(runReport())).not.toContain('known')
})

test('the summary counts packages that pass for that alone', () => {
  expect(summarise(report([]).packages, [])).toMatchObject({ known: 1, verdicts: { pass: 2 } })
})

test('explain says since when and why', () => {
  const text = explainPackage(
    {
      entry: packageReport('old@1.0.0', { known: true }),
      findings: [known('old@1.0.0')],
      paths: [],
      morePaths: false,
      judged: true,
    },
    STYLE,
  )
  expect(text).toContain('pass, because the baseline knows what is said against it')
  expect(text).toContain('known since 2026-11-01: older than the gate')
})

import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LicenseFamily } from '#model/license-family'
import type { RunReport } from '#model/run-report'
import { htmlReport } from '#reporters/html/page'
import { auditedReport, auditReport } from '../../../support/audited.ts'
import { hostileReport } from '../../../support/hostile.ts'
import { finding, packageReport, runReport } from '../../../support/report.ts'
import { change, pageProblems } from '../../../support/html.ts'

const families = new Map<string, LicenseFamily>([
  ['MIT', 'permissive'],
  ['MPL-2.0', 'weak-copyleft'],
  ['AGPL-3.0-only', 'copyleft'],
])
const STYLE = {
  width: 80,
  color: false,
  quiet: false,
  licenseFamily: (license: string) => families.get(license) ?? 'other',
}
const page = (report: RunReport): string => htmlReport(report, STYLE)
const sectionsOf = (html: string): string[] =>
  [...html.matchAll(/<section id="([^"]*)"/g)].map((match) => match[1] ?? '')
const textOf = (html: string): string =>
  html
    .slice(html.indexOf('<body>'), html.lastIndexOf('<script>'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('the page', () => {
  test('has all its sections, in the order in which a reader asks', () => {
    expect(sectionsOf(page(auditedReport()))).toEqual([
      'changes',
      'to-do',
      'owners',
      'licences',
      'trend',
      'forecast',
      'advisories',
      'lapsing',
      'packages',
      'paths',
      'imports',
      'method',
    ])
  })

  test('leaves out what the run knows nothing about', () => {
    expect(sectionsOf(page(runReport()))).toEqual(['to-do', 'licences', 'packages', 'paths', 'method'])
    expect(sectionsOf(page(runReport({ packages: [] })))).toEqual(['to-do', 'licences', 'packages', 'method'])
    const bare = page(runReport({ audit: { lapsing: [], trend: [] } }))
    expect(sectionsOf(bare)).toEqual([
      'changes',
      'to-do',
      'licences',
      'lapsing',
      'packages',
      'paths',
      'method',
    ])
    expect(textOf(bare)).toContain('no earlier run to compare with')
    expect(sectionsOf(page(runReport({ change })))).toContain('changes')
  })

  test('every link leads to a part of the page, every part has one name', () => {
    const html = page(auditedReport())
    const names = [...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])
    expect(new Set(names).size).toBe(names.length)
    const targets = [...html.matchAll(/href="#([^"]*)"/g)].map((match) => match[1])
    expect(targets.filter((target) => !names.includes(target))).toEqual([])
    expect(targets.length).toBeGreaterThan(15)
  })

  test('says in words what a reader has to know', () => {
    const text = textOf(page(auditedReport()))
    for (const words of [
      'Violation 1 of 4 packages may not be used.',
      '4 of 4 packages judged',
      '1 finding is new, 1 fixed, 7 as before; 1 package is different.',
      'AGPL-3.0-only is not allowed 1 package',
      'app@1.0.0 middle@1.0.0 copyleft@2.0.0',
      '"not" in place of "no"'.replaceAll('"', '&quot;'),
      'What is not in MIT (98.0 % alike)',
      'Accepted for now 1 finding',
      'Since version',
      '^1.0.40',
      'Prototype pollution',
      'ignored until 1 Feb 2026 : only in tests',
      'sharp@^0.34',
      'the cache was not there',
      'use another',
      '@acme/web 1 0 1 finding copyleft@2.0.0',
      'nobody is named 1 1',
    ]) {
      expect(text).toContain(words)
    }
  })

  test('a quiet week is told quietly', () => {
    const { comparison } = auditReport()
    if (comparison === undefined) throw new Error('no comparison')
    const quiet = { ...comparison, newFindings: [], fixedFindings: [], packages: [] }
    const text = textOf(page(auditedReport({ audit: auditReport({ comparison: quiet }) })))
    expect(text).toContain('Nothing is different; 7 findings as before.')
  })

  test('families are counted by what ships', () => {
    const html = page(auditedReport())
    expect(html).toContain('aria-label="What ships: Permissive: 2, Copyleft: 1"')
    expect(html).toContain('aria-label="Development only: Weak copyleft: 1"')
    expect(htmlReport(auditedReport(), { width: 80, color: false, quiet: false })).not.toContain(
      'What ships:',
    )
  })

  test('is the same for the same report, whatever the terminal', () => {
    const report = auditedReport()
    const again = htmlReport(structuredClone(report), { ...STYLE, width: 20, color: true, quiet: true })
    expect(again).toBe(page(report))
  })

  test('names the bytes of its only style and its only script', () => {
    const html = page(auditedReport())
    const [policy = ''] = /(?<=Content-Security-Policy" content=")[^"]*/.exec(html) ?? []
    for (const element of ['style', 'script']) {
      const parts = html.split(new RegExp(`</?${element}>`))
      expect(parts).toHaveLength(3)
      const hash = createHash('sha256')
        .update(parts[1] ?? '')
        .digest('base64')
      expect(policy).toContain(`${element}-src &#39;sha256-${hash.replaceAll('=', '=')}&#39;`)
    }
    expect(policy).toContain('default-src &#39;none&#39;')
  })

  test('an address that is none of https is no link', () => {
    const [match] = auditReport().advisories?.matches ?? []
    if (match === undefined) throw new Error('no match')
    for (const url of [
      'javascript:alert(1)',
      'http://x.example',
      'https://a:b@x.example',
      '//x',
      'data:text/html,x',
    ]) {
      const advisories = { status: 'complete' as const, sources: [], matches: [{ ...match, url }] }
      expect(page(auditedReport({ audit: auditReport({ advisories }) }))).not.toMatch(/<a href="(?!#)/)
    }
    expect(page(auditedReport())).toContain('<a href="https://advisories.example/GHSA-aaaa-bbbb-cccc"')
  })

  test('10,000 packages that all fail are one page of less than 5 MB that says what it leaves out', () => {
    const path = ['app@1.0.0', ...Array.from({ length: 12 }, (_, at) => `@some-scope/step-${at}@10.0.${at}`)]
    const packages = Array.from({ length: 10_000 }, (_, at) =>
      packageReport(`@some-scope/package-with-a-name-${at}@10.20.${at}`, {
        verdict: 'violation',
        license: 'AGPL-3.0-only',
        paths: [[...path, `@some-scope/package-with-a-name-${at}@10.20.${at}`]],
      }),
    )
    const findings = packages.map(({ id, paths: [ids = []] }) =>
      finding({
        package: id,
        path: ids,
        fingerprint: id,
        license: 'AGPL-3.0-only',
        fix: `see ${id}\n{\n  "x": 1\n}`,
      }),
    )
    const html = page(auditedReport({ packages, findings, audit: { lapsing: [], trend: [] } }))
    expect(html.length).toBeLessThan(5_000_000)
    expect(textOf(html)).toContain('6,000 more findings not shown here')
    expect(html.match(/<tr><th scope=row>/g)).toHaveLength(10_000)
  })

  test('is well-formed and holds nothing but our elements, whatever a report says', () => {
    for (const report of [runReport(), auditedReport(), runReport({ change })]) {
      expect(pageProblems(page(report))).toEqual([])
    }
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(pageProblems(page(report))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

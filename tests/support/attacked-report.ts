/** A report in which every text that anybody may choose is an attack: each string once in every field of a list. */
import type { PackageState } from '#model/change'
import { RULE_IDS } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { attackedImports } from './imports-report.ts'
import { packageReport, runReport, finding } from './report.ts'

const TIME = '2026-01-01T00:00:00.000Z'

function state(text: string): PackageState {
  return { version: text, license: text, kinds: ['production'] }
}

/** The report. Fields that are there once hold `single`. */
export function attackedReport(texts: readonly string[], single: string): RunReport {
  const of = (at: number): string => texts[at % texts.length] ?? ''
  return runReport({
    verdict: 'violation',
    tool: { name: 'depgate', version: single },
    run: { ...runReport().run, id: single, command: single },
    inputs: {
      project: single,
      lockfileSha256: single,
      tree: 'installed',
      policySha256: single,
      licenseList: single,
    },
    packages: texts.map((text, at) =>
      packageReport(`${text}@${at}`, {
        name: text,
        version: text,
        purl: text,
        kinds: at % 2 === 0 ? ['production'] : ['dev'],
        workspaces: [text, '.'],
        locations: [text],
        paths: [['app@1.0.0', text, of(at + 1), `${text}@${at}`]],
        dependencies: [text],
        installed: at % 3 > 0,
        verdict: at % 4 === 0 ? 'pass' : 'violation',
        license: at % 5 === 0 ? null : text,
        conclusion: at % 5 === 0 ? 'conflict' : 'declared',
        leaves: [{ leaf: text, allowed: false, why: text }],
        exceptions: [text],
        claims: [
          { witness: 'registry', raw: { [text]: text }, license: text, at: TIME, from: 'network' },
          { witness: 'installed', at: TIME, from: 'disk', failure: { code: 'malformed', message: text } },
          {
            witness: 'text',
            reason: 'unknown-text',
            at: TIME,
            from: 'tarball',
            text: {
              file: text,
              sha256: text,
              role: 'package',
              licenses: [[text]],
              nearest: { id: text, score: 0.5 },
              differences: [text],
            },
          },
        ],
      }),
    ),
    firstParty: texts.map((text) => ({
      name: text,
      version: text,
      location: text,
      because: 'workspace' as const,
      dependencies: [],
    })),
    coverage: { ...runReport().coverage, notInstalled: [...texts] },
    findings: texts.map((text, at) =>
      finding({
        rule: RULE_IDS[at % RULE_IDS.length] ?? 'license-unknown',
        ...(at % 2 === 0 && { severity: 'warn' as const, verdict: 'pass' as const }),
        ...(at % 7 > 0 && { package: `${text}@${at}` }),
        message: text,
        fix: `${text}\n{\n  ${text}\n}`,
        path: ['app@1.0.0', text, `${text}@${at}`],
        fingerprint: text,
        license: text,
        location: { file: text, line: 1 },
        details: [text],
        owners: [text],
        ...(at % 10 === 0 && { known: { since: '2026-01-01', reason: text } }),
      }),
    ),
    warnings: texts.map((text) => ({ code: text, message: text })),
    imports: attackedImports(texts),
    audit: {
      comparison: {
        since: { id: single, startedAt: TIME, verdict: 'pass', policySha256: single, toolVersion: single },
        newFindings: texts.slice(0, 50).toSorted(),
        fixedFindings: texts.map((text) => finding({ package: text, message: text, fingerprint: text })),
        unchanged: 0,
        packages: texts.map((text) => ({
          type: 'updated' as const,
          name: text,
          before: state(text),
          after: state(`${text} `),
          differs: ['license' as const],
          path: ['app', text, text],
        })),
      },
      lapsing: texts.map((text) => ({
        kind: 'exception' as const,
        subject: text,
        expires: '2026-01-02',
        daysLeft: 1,
        reason: text,
        owner: text,
      })),
      forecast: {
        asked: 1,
        unanswered: [...texts],
        entries: texts.map((text) => ({
          package: text,
          license: text,
          relicensed: [
            { steps: ['major' as const], version: text, license: null, raw: text, allowed: false },
          ],
          firstRelicensed: text,
          safeRange: text,
          newestLacks: [],
        })),
      },
      advisories: {
        status: 'complete',
        sources: [{ name: 'osv', problem: single }],
        matches: texts.map((text) => ({
          id: text,
          aliases: [text],
          package: text,
          title: text,
          severity: null,
          range: text,
          fixedIn: text,
          url: text,
          source: 'osv' as const,
        })),
      },
      trend: [1, 2].map((at) => ({
        id: single,
        startedAt: TIME,
        command: single,
        verdict: 'pass' as const,
        packages: at,
        denied: 0,
        warned: 0,
        unknown: 0,
        incomplete: 0,
        durationMs: 1,
      })),
    },
  })
}

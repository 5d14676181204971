/** The report as SARIF 2.1.0: one result a finding, inside what GitHub's code scanning takes. */
import { exitCodeOf } from '#model/exit-code'
import { RULE_IDS, RULES } from '#model/finding'
import type { Finding, RuleId } from '#model/finding'
import { RULE_TRAITS } from '#model/rule-traits'
import type { RunReport } from '#model/run-report'
import { coverageLine } from './coverage.ts'
import { cut, display, displayLines, safeJson } from './display.ts'
import { placeOf, uniqueFingerprints, worstFirst } from './places.ts'
import type { ReportStyle } from './reporter.ts'
import { verdictLine } from './terminal.ts'

/** GitHub shows no more results of one run, whatever it takes. */
const MAX_RESULTS = 5000
/** Longest text of a result; 5,000 of them stay well below the 10 MB that GitHub takes. */
const MAX_MESSAGE = 3000
/** Most notes of a run. */
const MAX_NOTES = 100

type SarifStyle = Pick<ReportStyle, 'folder' | 'rulePage'>
type Level = 'error' | 'warning' | 'note'

/** The whole log, one run. */
export function sarifReport(report: RunReport, style: SarifStyle): string {
  const all = worstFirst(report.findings)
  const shown = all.slice(0, MAX_RESULTS)
  const used = new Set(shown.map(({ rule }) => rule))
  const rules = RULE_IDS.filter((id) => used.has(id))
  const exitCode = exitCodeOf(report.verdict)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'depgate',
            version: display(report.tool.version),
            rules: rules.map((id) => ruleOf(id, style)),
          },
        },
        automationDetails: { id: `depgate/${encodeURIComponent(display(report.run.command))}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.verdict !== 'incomplete',
            exitCode,
            startTimeUtc: report.run.startedAt,
            toolExecutionNotifications: notesOf(report, all.length - shown.length),
          },
        ],
        results: resultsOf(shown, rules, style),
      },
    ],
  }
  return `${safeJson(log, 2)}\n`
}

function ruleOf(id: RuleId, { rulePage }: SarifStyle): object {
  const { severity, group } = RULE_TRAITS[id]
  const page = rulePage?.(id)
  return {
    id,
    name: id.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: RULES[id] },
    fullDescription: { text: RULES[id] },
    help: page === undefined ? { text: RULES[id] } : { text: page, markdown: page },
    defaultConfiguration: { level: severity === 'warn' ? 'warning' : 'error' },
    properties: { tags: ['dependencies', group] },
  }
}

function resultsOf(findings: Finding[], rules: RuleId[], style: SarifStyle): object[] {
  const names = uniqueFingerprints(findings)
  return findings.map((finding) => {
    const { nth = 1 } = names.get(finding) ?? {}
    const { file, line, column } = placeOf(finding, style)
    return {
      ruleId: finding.rule,
      ruleIndex: rules.indexOf(finding.rule),
      level: levelOf(finding),
      message: { text: messageOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: artifact(file),
            region: { startLine: line, ...(column !== undefined && { startColumn: column }) },
          },
        },
      ],
      partialFingerprints: {
        'depgate/v1': `${finding.fingerprint}:${nth}`,
        // The only one that GitHub compares: with it an alert stays the same while lines move.
        primaryLocationLineHash: `${finding.fingerprint}:${nth}`,
      },
      ...(finding.known !== undefined && {
        suppressions: [{ kind: 'external', justification: display(finding.known.reason) }],
      }),
      properties: {
        verdict: finding.verdict,
        ...(finding.package !== undefined && { package: display(finding.package) }),
      },
    }
  })
}

function levelOf({ severity, known }: Finding): Level {
  if (severity === 'deny') return 'error'
  return known === undefined ? 'warning' : 'note'
}

/** The sentence first: viewers that have room for one show that. */
function messageOf({ message, path, fix, details = [] }: Finding): string {
  const parts = [display(message)]
  if (path.length > 1) parts.push(`Path: ${path.map((id) => display(id)).join(' > ')}`)
  if (details.length > 0) parts.push(details.map((line) => `- ${display(line)}`).join('\n'))
  if (fix !== undefined) parts.push(`Fix: ${displayLines(fix).join('\n')}`)
  return messageText(cut(parts.join('\n\n'), MAX_MESSAGE))
}

/** In a message braces are placeholders unless doubled, and `[text](target)` is a link. */
function messageText(text: string): string {
  return text.replaceAll(/[{}]/g, '$&$&').replaceAll('](', '] (')
}

function notesOf(report: RunReport, left: number): object[] {
  const lines = [`${verdictLine(report)}. ${coverageLine(report)}.`]
  const notes = [note('note', lines.join(' '))]
  if (left > 0) {
    notes.push(
      note(
        'warning',
        `${left} of ${report.findings.length} findings are left out here: code scanning shows no more than ${MAX_RESULTS}. ` +
          'The JSON report has all of them.',
      ),
    )
  }
  for (const { message } of report.warnings) notes.push(note('note', message))
  if (notes.length <= MAX_NOTES) return notes
  const more = notes.length - MAX_NOTES + 1
  return [...notes.slice(0, MAX_NOTES - 1), note('warning', `${more} more notes are left out here.`)]
}

function note(level: Level, text: string): object {
  return { level, message: { text: messageText(display(text, MAX_MESSAGE)) } }
}

/** A relative path as a URI reference: no part of it can become a scheme, a host, a query or a step out of the folder. */
function artifact(file: string): { uri: string; uriBaseId: string } {
  const parts = display(file)
    .split('/')
    .map((part) => encodeURIComponent(/^\.+$/.test(part) ? '_' : part))
  const uri = parts.filter((part) => part !== '').join('/')
  return { uri: uri === '' ? '_' : uri, uriBaseId: '%SRCROOT%' }
}

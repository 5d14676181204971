/** What an audit adds to a report, in words that every reporter lays out in its own way. */
import type { AdvisoryReport, AuditReport, ForecastReport, LapsingEntry, RunComparison } from '#model/audit'
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { Finding } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import type { RunReport } from '#model/run-report'
import { changeRows, changeSummary } from './change-rows.ts'
import type { ChangeRow } from './change-rows.ts'
import { count } from './coverage.ts'

/** One line; texts are as they came, to be made safe by whoever shows them. */
export interface AuditRow {
  /** One or two words. */
  label: string
  text: string
  /** It asks for somebody to act. */
  urgent?: true
}

/** One part of an audit. */
export interface AuditSection {
  title: string
  /** A sentence without its full stop. */
  summary: string
  rows: AuditRow[]
}

/** Rows of one kind; more of them are counted. */
const MAX_ROWS = 10
/** Packages that are named in one row. */
const MAX_NAMES = 4

/** The parts that have something to say, in the order in which they matter. */
export function auditSections(report: RunReport): AuditSection[] {
  const { audit } = report
  if (audit === undefined) return []
  return [
    sinceLastTime(report, audit),
    ...lapsingSoon(audit.lapsing),
    ...advisories(audit.advisories),
    ...forecast(audit.forecast),
  ]
}

/** `2026-11-14 04:17 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`
}

function sinceLastTime({ inputs, tool, findings }: RunReport, { comparison }: AuditReport): AuditSection {
  const title = 'since the last run'
  if (comparison === undefined) return { title, summary: 'there is no earlier run to compare with', rows: [] }
  const { since, newFindings, fixedFindings, unchanged, packages } = comparison
  const news = new Set(newFindings)
  const parts = [
    `${minuteOf(since.startedAt)}: ${count(newFindings.length, 'new finding')}`,
    `${fixedFindings.length} fixed`,
    `${unchanged} as before`,
  ]
  const changed = changeSummary({ packages })
  const notes = [
    packages.length === 0 ? changed : `packages: ${changed}`,
    ...(since.policySha256 === inputs.policySha256 ? [] : ['the policy is another one']),
    ...(since.toolVersion === tool.version ? [] : [`that was depgate ${since.toolVersion}`]),
  ]
  return {
    title,
    summary: `${parts.join(', ')}; ${notes.join('; ')}`,
    rows: [
      ...findingRows(
        'new',
        findings.filter(({ fingerprint }) => news.has(fingerprint)),
      ),
      ...findingRows('fixed', fixedFindings),
      ...packageRows(comparison),
    ],
  }
}

/** One row a rule, what fails the run first. */
function findingRows(label: 'new' | 'fixed', findings: readonly Finding[]): AuditRow[] {
  const byRule = new Map<string, Finding[]>()
  for (const finding of findings) {
    addTo(byRule, `${finding.rule} ${finding.severity}`, finding)
  }
  const groups = [...byRule.values()].toSorted((a, b) => Number(isDenied(b)) - Number(isDenied(a)))
  return limited(
    groups.map((group) => {
      const names = [...new Set(group.map((finding) => finding.package ?? finding.message))]
      const urgent = label === 'new' && isDenied(group)
      return row(label, `${group[0]?.rule ?? ''}: ${listed(names)}`, urgent)
    }),
  )
}

function isDenied([first]: readonly Finding[]): boolean {
  return first?.severity === 'deny'
}

/** What has another licence first. */
function packageRows({ packages }: RunComparison): AuditRow[] {
  const rows = changeRows({ packages })
  const sorted = [
    ...rows.filter(({ relicensed }) => relicensed),
    ...rows.filter(({ relicensed }) => !relicensed),
  ]
  return limited(sorted.map(packageRow))
}

function packageRow({ what, name, version, license, by, relicensed }: ChangeRow): AuditRow {
  const [last] = by.slice(-1)
  const parts = [
    `${name} ${version.join(' to ')}`,
    ...(license.length > 0 ? [license.join(' to ')] : []),
    ...(last === undefined ? [] : [`by ${last}`]),
  ]
  return row(what, parts.join(', '), relicensed)
}

function lapsingSoon(entries: readonly LapsingEntry[]): AuditSection[] {
  if (entries.length === 0) return []
  const rows = entries.map(({ kind, subject, expires, daysLeft, reason, owner }): AuditRow => {
    const left = daysLeft === 0 ? 'today' : daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days`
    const who = owner === undefined ? '' : `, owner ${owner}`
    return { label: expires, text: `${left}: ${LAPSING[kind]} ${subject}${who}; ${reason}` }
  })
  const summary = `${count(entries.length, 'entry', 'entries')} will end within 30 days`
  return [{ title: 'lapsing', summary, rows: limited(rows) }]
}

const LAPSING: Record<LapsingEntry['kind'], string> = {
  exception: 'the exception for',
  advisory: 'ignoring',
  baseline: 'what the baseline knows:',
}

function advisories(report: AdvisoryReport | undefined): AuditSection[] {
  if (report === undefined) return []
  const { status, sources, matches } = report
  const open = matches.filter(({ ignored }) => ignored === undefined)
  const levels = [...ADVISORY_SEVERITIES].toReversed().flatMap((level) => {
    const number = open.filter(({ severity }) => severity === level).length
    return number === 0 ? [] : [`${number} ${level}`]
  })
  const ignored = matches.length - open.length
  const found = [
    count(open.length, 'known vulnerability', 'known vulnerabilities') +
      (levels.length === 0 ? '' : ` (${levels.join(', ')})`),
    ...(ignored === 0 ? [] : [`${ignored} ignored by the policy`]),
  ].join(', ')
  const rows = open.map(({ id, package: name, title, severity, fixedIn }): AuditRow => {
    const fix = fixedIn === undefined ? 'no fixed version' : `fixed in ${fixedIn}`
    return { label: severity ?? 'unrated', text: `${name}: ${title} (${id}); ${fix}`, urgent: true }
  })
  const problems = sources.flatMap(({ name, problem }): AuditRow[] =>
    problem === undefined ? [] : [{ label: SOURCES[name], text: problem }],
  )
  const summary = status === 'complete' ? found : `could not be checked wholly; ${found}`
  return [{ title: 'advisories', summary, rows: [...limited(rows), ...problems] }]
}

const SOURCES: Record<AdvisoryReport['sources'][number]['name'], string> = {
  registry: 'registry',
  osv: 'OSV',
}

function forecast(report: ForecastReport | undefined): AuditSection[] {
  if (report === undefined) return []
  const { entries, asked, unanswered } = report
  if (asked === 0 && unanswered.length === 0) return []
  const relicensed = entries.filter((entry) => entry.relicensed.length > 0)
  const silent = entries.filter(({ silentSince }) => silentSince !== undefined)
  const lacking = entries.filter(({ newestLacks }) => newestLacks.length > 0)
  const parts = [
    `looked at the later releases of ${count(asked, 'package')}`,
    `${relicensed.length} with another licence`,
    ...(silent.length === 0 ? [] : [`${silent.length} without a release for long`]),
    ...(lacking.length === 0 ? [] : [`${lacking.length} whose newest version lacks what this one has`]),
    ...(unanswered.length === 0 ? [] : [`no answer about ${listed(unanswered)}`]),
  ]
  const rows = relicensed.map(({ package: id, license, relicensed: later, firstRelicensed, safeRange }) => {
    const licenses = [...new Set(later.map((release) => release.license ?? release.raw ?? 'no licence'))]
    const from = firstRelicensed === undefined ? '' : ` from ${firstRelicensed}`
    const stay = safeRange === undefined ? '' : `; ${safeRange} keeps the licence`
    const urgent = later.some(({ allowed }) => !allowed)
    const text = `${id}: ${license ?? 'unknown'} here, ${licenses.join(' or ')}${from}${stay}`
    return row(urgent ? 'not allowed' : 'allowed', text, urgent)
  })
  const sorted = [...rows.filter(({ urgent }) => urgent), ...rows.filter(({ urgent }) => !urgent)]
  return [{ title: 'forecast', summary: parts.join(', '), rows: limited(sorted) }]
}

function row(label: string, text: string, isUrgent: boolean): AuditRow {
  return isUrgent ? { label, text, urgent: true } : { label, text }
}

function limited(rows: AuditRow[]): AuditRow[] {
  if (rows.length <= MAX_ROWS) return rows
  return [...rows.slice(0, MAX_ROWS), { label: '', text: `and ${rows.length - MAX_ROWS} more` }]
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ')
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown
}

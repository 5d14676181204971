/** What was fetched, for people: a few lines; and the same as JSON. */
import type { FetchFailure, FetchReport } from '#model/fetch-report'
import { count } from './coverage.ts'
import { display, safeJson } from './display.ts'
import type { ReportStyle } from './reporter.ts'
import { painter, wrap } from './text-layout.ts'

/** Ids and reasons that are shown by name. */
const SHOWN = 3

/** The report as text; with `quiet` only its first line and what went wrong. */
export function fetchReport(report: FetchReport, { width, color, quiet }: ReportStyle): string {
  const paint = painter(color)
  const { packages, cached, fetched, network, durationMs, deadlineMs } = report
  const complete = problems(report).length === 0
  const head = complete
    ? `everything is in the cache: ${count(packages, 'package')}, ${fetched} fetched, ${cached} there already`
    : `incomplete: ${cached + fetched} of ${count(packages, 'package')}, ${fetched} fetched, ${cached} there already`
  const lines = [`depgate  ${paint(complete ? 'green' : 'yellow', head)}`]
  const add = (label: string, text: string): void => {
    const wrapped = wrap(text, width - 9)
    lines.push(...wrapped.map((line, at) => `${(at === 0 ? label : '').padEnd(9)}${line}`))
  }
  if (!quiet && report.ahead !== undefined) add('ahead', aheadText(report))
  if (!quiet && report.tarballs !== undefined) add('texts', tarballsText(report.tarballs))
  for (const [label, text] of problems(report)) add(label, text)
  for (const { message } of report.warnings) add('warning', display(message))
  if (!quiet) {
    const seconds = `${(durationMs / 1000).toFixed(1)} s of ${Number((deadlineMs / 1000).toFixed(1))} s`
    lines.push(paint('dim', `${count(network.requests, 'request')}, ${seconds}`))
  }
  return `${lines.join('\n')}\n`
}

/** The report as JSON, safe to look at. */
export function fetchJson(report: FetchReport): string {
  return `${safeJson(report, 2)}\n`
}

function aheadText({ ahead = [], beyond = 0 }: FetchReport): string {
  const names = ahead.length === 0 ? 'no upgrade is known' : `upgrades would bring ${some(ahead)}`
  return beyond === 0 ? names : `${names}; ${beyond} more than one run looks at`
}

function tarballsText({ wanted, fetched, cached }: NonNullable<FetchReport['tarballs']>): string {
  return `${count(wanted, 'tarball')}, ${fetched} fetched, ${cached} there already`
}

/** Why the run is incomplete, each with its label. */
function problems(report: FetchReport): [label: string, text: string][] {
  const { left, unlooked = 0, kept, tarballs } = report
  const unread = tarballs?.left ?? 0
  const reasons = byReason([...report.failed, ...(tarballs?.failed ?? [])])
  const found = reasons
    .slice(0, SHOWN)
    .map(([reason, ids]): [string, string] => ['failed', `${some(ids)}: ${reason}`])
  if (reasons.length > SHOWN) found.push(['', 'There are further reasons: see --format json.'])
  if (left > 0 || unlooked > 0 || unread > 0) {
    const what = [
      ...(left > 0 ? [count(left, 'package')] : []),
      ...(unread > 0 ? [count(unread, 'tarball')] : []),
      ...(unlooked > 0 ? [`${count(unlooked, 'direct dependency', 'direct dependencies')} to look up`] : []),
    ].join(' and ')
    found.push([
      'left',
      `${what} when the time was over. Run again: it goes on from there. Or raise --deadline.`,
    ])
  }
  if (!kept && left === 0 && unlooked === 0 && unread === 0)
    found.push(['not kept', 'what was fetched did not reach the disk'])
  return found
}

/** Ids by what happened to them: a registry that is down fails a thousand packages, and their tarballs, for one reason. */
function byReason(failed: readonly FetchFailure[]): [reason: string, ids: string[]][] {
  const reasons = new Map<string, Set<string>>()
  for (const { id, message, fix } of failed) {
    const reason = `${display(message)}${fix === undefined ? '' : ` ${display(fix)}`}`
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(id))
  }
  return [...reasons].map(([reason, ids]) => [reason, [...ids]])
}

function some(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN).map((id) => display(id, 120))
  const more = ids.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

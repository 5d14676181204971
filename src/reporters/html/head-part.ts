/** The beginning of the page: the answer, how much was judged, the few figures that matter, and where everything is. */
import type { RunReport } from '#model/run-report'
import { coverageLine } from '../coverage.ts'
import { verdictLine } from '../terminal.ts'
import { partKnown } from '../known-text.ts'
import type { PageContext } from './context.ts'
import { figure, grouped } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { time } from './parts.ts'

const WORDS: Readonly<Record<RunReport['verdict'], string>> = {
  pass: 'Pass',
  violation: 'Violation',
  unknown: 'Unknown',
  incomplete: 'Could not check',
}

/** Signs beside the colours, for those who do not see them. */
const SIGNS: Readonly<Record<RunReport['verdict'], string>> = {
  pass: '✓',
  violation: '✕',
  unknown: '?',
  incomplete: '…',
}

/** Header and list of contents. */
export function headPart(context: PageContext): Markup {
  const { report } = context
  const { verdict, inputs, run } = report
  const line = grouped(verdictLine(report))
  const sentence = line.slice(line.indexOf(': ') + 2)
  return markup`
    <header class="${verdict}"><p class="what"><span>${clipped(inputs.project, 214)}</span> <span>depgate ${clipped(run.command, 40)}</span> <span>${time(run.startedAt)}</span></p>
    <h1><span class="verdict"><span aria-hidden="true">${SIGNS[verdict]}</span> ${WORDS[verdict]}</span> <span class="answer">${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.</span></h1>
    <p class="coverage">${grouped(coverageLine(report))}.</p>
    <ul class="tiles">${tiles(context)}</ul></header>
    <nav class="contents" aria-label="Contents"><ul>${contents(report).map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`
}

/** Only what there is something to say about. */
function tiles({ report }: PageContext): Markup[] {
  const { audit, findings } = report
  const { known, others } = partKnown(findings)
  const denied = others.filter(({ severity }) => severity === 'deny').length
  const warned = others.length - denied
  const open = audit?.advisories?.matches.filter(({ ignored }) => ignored === undefined).length ?? 0
  const relicensed = audit?.forecast?.entries.filter((entry) => entry.relicensed.length > 0).length ?? 0
  const fresh = audit?.comparison?.newFindings.length ?? 0
  const fixed = audit?.comparison?.fixedFindings.length ?? 0
  return [
    tile(denied, denied === 1 ? 'finding to act on' : 'findings to act on', 'to-do', 'violation'),
    tile(warned, warned === 1 ? 'warning' : 'warnings', 'to-do', 'warn'),
    tile(known.length, 'accepted for now', 'do-known', 'plain'),
    tile(fresh, 'new since the last run', 'changes', 'new'),
    tile(fixed, 'fixed since then', 'changes', 'pass'),
    tile(relicensed, 'will change their licence', 'forecast', 'warn'),
    tile(open, open === 1 ? 'known vulnerability' : 'known vulnerabilities', 'advisories', 'violation'),
    tile(audit?.lapsing.length ?? 0, 'end within 30 days', 'lapsing', 'warn'),
  ].filter((part) => part !== undefined)
}

function tile(value: number, words: string, to: string, tone: string): Markup | undefined {
  if (value === 0) return undefined
  return markup`<li class="tile ${tone}"><a href="#${to}"><b>${figure(value)}</b> ${words}</a></li>`
}

function contents({ change, audit, packages, findings, imports }: RunReport): [id: string, name: string][] {
  return [
    ...when(change !== undefined || audit !== undefined, 'changes', 'Changes'),
    ['to-do', 'What to do'],
    ...when(
      findings.some(({ owners }) => owners !== undefined),
      'owners',
      'Owners',
    ),
    ['licences', 'Licences'],
    ...when((audit?.trend.length ?? 0) > 0, 'trend', 'Trend'),
    ...when(audit?.forecast !== undefined, 'forecast', 'Coming'),
    ...when(audit?.advisories !== undefined, 'advisories', 'Vulnerabilities'),
    ...when(audit !== undefined, 'lapsing', 'Ends soon'),
    ['packages', 'Packages'],
    ...when(
      packages.some(({ paths }) => paths[0]?.[1] !== undefined),
      'paths',
      'Who brings it in',
    ),
    ...when(imports !== undefined, 'imports', 'Imports'),
    ['method', 'How'],
  ]
}

function when(condition: boolean, id: string, name: string): [string, string][] {
  return condition ? [[id, name]] : []
}

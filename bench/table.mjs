/** The results of a bench as Markdown. Pure. */
import { shown } from './goals.mjs'

/**
 * The table of goals.
 * @param {readonly { goals: readonly import('./goals.mjs').Goal[], skipped?: string, failed?: string, title: string }[]} results
 */
export function goalsTable(results) {
  const rows = results.flatMap(({ goals, skipped, failed, title }) => [
    ...goals.map(goalRow),
    ...(failed === undefined ? [] : [[title, '', '', '', `**failed**: ${failed}`]]),
    ...(skipped === undefined ? [] : [[title, '', '', '', `not measured: ${skipped}`]]),
  ])
  return markdown(['work', 'beside', 'measured', 'goal', ''], rows)
}

/** @param {import('./goals.mjs').Goal} entry */
function goalRow({ work, against, value, limit, unit, atLeast, met, detail }) {
  return [
    work,
    against,
    shown(value, unit),
    `${atLeast ? '≥' : '≤'} ${shown(limit, unit)}`,
    `${met ? 'met' : '**missed**'}${detail === undefined ? '' : ` (${detail})`}`,
  ]
}

/**
 * The times of everything that was measured in one go.
 * @param {readonly import('./together.mjs').Measured[]} measured
 */
export function timesTable(measured) {
  const rows = measured.map(({ name, kind, seconds, peakMb }) => [
    kind === 'ours' ? `**${name}**` : name,
    seconds.median.toFixed(3),
    seconds.runs > 1 ? `${seconds.min.toFixed(3)} – ${seconds.max.toFixed(3)}` : '',
    peakMb === undefined ? '' : peakMb.toFixed(0),
  ])
  return markdown(['program', 'median s', 'min – max', 'peak MiB'], rows)
}

/**
 * The whole report.
 * @param {{ at: string, machine: Record<string, string | number>, results: readonly any[] }} report
 */
export function reportText({ at, machine, results }) {
  const facts = Object.entries(machine).map(([key, value]) => `${key} ${value}`)
  return [
    '# What the bench measured',
    `${at.slice(0, 10)}; ${facts.join(', ')}. Whole processes, run in turn; medians.`,
    goalsTable(results),
    ...results.flatMap(({ title, measured }) =>
      measured === undefined ? [] : [`## ${title}`, timesTable(measured)],
    ),
    '',
  ].join('\n\n')
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function markdown(head, rows) {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** @param {readonly string[]} cells */
function line(cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** What a change does, for a terminal: a compact table, and what waits for a policy owner. */
import type { ChangeReport } from '#model/change'
import { changeRows, changeSummary } from './change-rows.ts'
import type { ChangeRow } from './change-rows.ts'
import { display } from './display.ts'
import { hanging, painter, wrap } from './text-layout.ts'
import type { ReportStyle } from './reporter.ts'

/** Packages that are shown; the JSON report has all. */
const SHOWN = 40
/** Widest a column may get before it is left ragged. */
const MAX_COLUMN = 34

/** The lines, with an empty one at the end of each part. */
export function changeLines(change: ChangeReport, { width, color }: ReportStyle): string[] {
  const paint = painter(color)
  const rows = changeRows(change)
  const { name, commit } = change.base
  const base = `${display(name, 80)}${commit === undefined ? '' : ` (${display(commit.slice(0, 12))})`}`
  const lines = wrap(`compared with ${base}: ${changeSummary(change)}`, width)
  const shown = rows.slice(0, SHOWN).map((row) => cellsOf(row))
  const widths = [0, 1, 2].map((at) =>
    Math.min(MAX_COLUMN, Math.max(0, ...shown.map((cells) => cells[at]?.length ?? 0))),
  )
  for (const [at, cells] of shown.entries()) {
    const [first = '', ...rest] = rowLines(cells, widths, width - 2)
    lines.push(`  ${rows[at]?.relicensed === true ? paint('yellow', first) : first}`)
    lines.push(...rest.map((line) => `      ${line}`))
  }
  if (rows.length > SHOWN) lines.push(`  and ${rows.length - SHOWN} more`)
  lines.push('')
  if (change.needsPolicyOwner.length === 0) return lines
  lines.push(paint('bold', 'needs a policy owner'))
  for (const { file, message } of change.needsPolicyOwner) {
    lines.push(...hanging('-', wrap(display(`${file}: ${message}`), Math.max(30, width - 4)), 2, 2))
  }
  return [...lines, '']
}

/** What, package with version, licence, then kind and who brings it in. */
function cellsOf({ what, name, version, license, kinds, by }: ChangeRow): string[] {
  const [last] = by.slice(-1)
  return [
    display(what),
    display(`${name} ${version.join(' -> ')}`),
    display(license.join(' -> '), 120),
    display(`${kinds.join(' -> ')}${last === undefined ? '' : `, by ${last}`}`),
  ]
}

/** One line with columns if that fits, else name and version above the rest. */
function rowLines(cells: string[], widths: number[], width: number): string[] {
  const padded = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))
  const line = padded.join('  ').trimEnd()
  if (line.length <= width) return [line]
  const below = cells.slice(2).filter((cell) => cell !== '')
  return [padded.slice(0, 2).join('  ').trimEnd(), ...wrap(below.join('  '), width - 4)]
}

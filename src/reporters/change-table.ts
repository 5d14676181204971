/** What a change does, as a table in Markdown. */
import type { ChangeReport } from '#model/change'
import { changeRows, changeSummary } from './change-rows.ts'
import type { ChangeRow } from './change-rows.ts'
import { code } from './markdown-text.ts'

/** Longest path that is written out: what the project asks for, and what asks for the package. */
const MAX_BY = 2

/** Rows beyond which the table is folded, so that the findings below it are seen. */
const OPEN_ROWS = 15

/** The table in at most `most` characters, and how many rows did not fit. */
export function changeTable(change: ChangeReport, most: number): { text: string; left: number } {
  const rows = changeRows(change)
  const { name, commit } = change.base
  const base = `${code(name)}${commit === undefined ? '' : ` (${code(commit.slice(0, 12))})`}`
  const head = `### What changes\n\nCompared with ${base}: ${changeSummary(change)}.`
  if (rows.length === 0) return { text: head, left: 0 }
  const table = [
    '| change | package | version | licence | kind | brought in by |',
    '| --- | --- | --- | --- | --- | --- |',
  ]
  let length = head.length + table.join('\n').length + 100
  for (const row of rows) {
    const line = lineOf(row)
    length += line.length + 1
    if (length > most) break
    table.push(line)
  }
  const shown = table.length - 2
  const lines =
    shown > OPEN_ROWS
      ? [`<details><summary>${shown} of them</summary>`, '', ...table, '', '</details>']
      : shown > 0
        ? table
        : []
  return { text: [head, '', ...lines].join('\n').trimEnd(), left: rows.length - shown }
}

function lineOf({ what, name, version, license, kinds, by, relicensed }: ChangeRow): string {
  const licences = license.map((text) => cell(text)).join(' → ')
  const cells = [
    what,
    cell(name),
    version.map((text) => cell(text)).join(' → '),
    relicensed ? `⚠️ ${licences}` : licences,
    kinds.join(' → '),
    byText(by),
  ]
  return `| ${cells.join(' | ')} |`
}

function byText(by: string[]): string {
  const [first, last] = [by[0], by[by.length - 1]]
  if (first === undefined || last === undefined) return 'the project'
  if (by.length <= MAX_BY) return by.map((id) => cell(id)).join(' > ')
  return `${cell(first)} > … > ${cell(last)}`
}

function cell(text: string): string {
  return code(text, { max: 100, cell: true })
}

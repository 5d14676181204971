/** What an audit adds, for a terminal: a few lines for each part, what asks for somebody to act in colour. */
import type { RunReport } from '#model/run-report'
import { auditSections } from './audit-words.ts'
import { display } from './display.ts'
import type { ReportStyle } from './reporter.ts'
import { hanging, painter, wrap } from './text-layout.ts'

/** Widest the labels of a part may get before their texts are moved. */
const MAX_LABEL = 14

/** The lines, with an empty one at the end of each part. */
export function auditLines(report: RunReport, { width, color }: ReportStyle): string[] {
  const paint = painter(color)
  const lines: string[] = []
  for (const { title, summary, rows } of auditSections(report)) {
    const [first = '', ...rest] = wrap(`${title}: ${display(summary)}`, width)
    lines.push(`${paint('bold', title)}${first.slice(title.length)}`, ...rest)
    const labelWidth = Math.min(MAX_LABEL, Math.max(0, ...rows.map(({ label }) => label.length))) + 2
    for (const { label, text, urgent } of rows) {
      const room = Math.max(30, width - 2 - labelWidth)
      const [head = '', ...more] = hanging(display(label), wrap(display(text), room), 2, labelWidth)
      lines.push(urgent === true ? paint('yellow', head) : head, ...more)
    }
    lines.push('')
  }
  return lines
}

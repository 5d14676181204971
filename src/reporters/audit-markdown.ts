/** What an audit adds, in Markdown: a heading for each part and a short list. */
import type { RunReport } from '#model/run-report'
import { auditSections } from './audit-words.ts'
import { prose } from './markdown-text.ts'

/** One block for each part. */
export function auditBlocks(report: RunReport): string[] {
  return auditSections(report).map(({ title, summary, rows }) => {
    const items = rows.map(({ label, text, urgent }) => {
      const sign = urgent === true ? '⚠️ ' : ''
      return label === '' ? `- ${prose(text)}` : `- ${sign}**${prose(label)}** ${prose(text)}`
    })
    const head = `### ${capital(title)}\n\n${capital(prose(summary))}.`
    return items.length === 0 ? head : `${head}\n\n${items.join('\n')}`
  })
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

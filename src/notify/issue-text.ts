/** Writes the one issue: the same findings always give the same text, so that nothing is changed without need. */
import { createHash } from 'node:crypto'
import { code, prose } from '#reporters/markdown-text'
import { VERDICT_WORDS } from './summary.ts'
import type { Summary, ToldFinding } from './summary.ts'

/** The label by which the issue is found again; only who may triage can give it to another. */
export const ISSUE_LABEL = 'depgate'
/** GitHub takes 65,536 characters. */
const MAX_BODY = 60_000
const MAX_TITLE = 200

/** The issue as it should be. */
export interface IssueText {
  title: string
  body: string
  /** What no other issue has in it, in a comment. */
  marker: string
  /** The comment: the marker and a digest of all the rest. An issue that has it is up to date. */
  stamp: string
  isOpen: boolean
}

/** The issue of a summary; closed where the audit passed. */
export function issueText(summary: Summary): IssueText {
  const name = summary.project.replace(/(?!^)@[^@]*$/, '')
  const marker = `depgate-audit:${digest(name)}`
  const shown = name === '' ? 'this project' : name
  // A title is plain text, but whoever shows it elsewhere may call the team that it names.
  const title = `depgate: ${findings(summary)} in ${shown.replaceAll('@', '@\u200b')}`.slice(0, MAX_TITLE)
  const text = [
    `The audit of ${name === '' ? shown : code(name)} ${VERDICT_WORDS[summary.verdict]}.`,
    ...sections(summary),
    'This issue is kept up to date by `depgate audit --notify`, and closed once an audit passes.',
  ].join('\n\n')
  const content = text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}…` : text
  const stamp = `<!-- ${marker} ${digest(`${title}\n${content}`)} -->`
  return { title, body: `${stamp}\n\n${content}`, marker, stamp, isOpen: summary.verdict !== 'pass' }
}

function findings({ counts }: Summary): string {
  return counts.denied === 1 ? '1 finding' : `${counts.denied} findings`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function sections({ open, counts }: Summary): string[] {
  if (open.length === 0) return []
  const more = counts.denied > open.length ? [`- and ${counts.denied - open.length} more`] : []
  return [[...open.map(line), ...more].join('\n')]
}

function line({ rule, message }: ToldFinding): string {
  return `- ${prose(message)} (${code(rule)})`
}

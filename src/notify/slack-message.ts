/** Writes the message for a channel of Slack, or of what understands Slack's messages: nothing in it is a command. */
import { countsText, VERDICT_WORDS } from './summary.ts'
import type { Summary, ToldFinding } from './summary.ts'

/** Findings that are shown; a channel is no report. */
const MAX_SHOWN = 10
/** Slack's own limit of a text is 3,000. */
const MAX_TEXT = 2900

/** A message; blocks are plain text, which Slack never reads as markup. */
export interface SlackMessage {
  text: string
  blocks: { type: 'section' | 'header'; text: { type: 'plain_text'; text: string; emoji: false } }[]
}

/** The message of a summary. */
export function slackMessage(summary: Summary): SlackMessage {
  const headline = `depgate ${VERDICT_WORDS[summary.verdict]}: ${summary.project === '' ? 'the project' : summary.project}`
  const lists = [
    ...listOf('New', summary.new, summary.counts.new),
    ...listOf('Fixed', summary.fixed, summary.counts.fixed),
  ]
  const parts = [countsText(summary), ...lists]
  return {
    // What shows notifications, and what is like Slack, may read this one as markup.
    text: inert(`${headline} (${countsText(summary)})`),
    blocks: [
      { type: 'header', text: plain(headline, 150) },
      ...parts.map((part) => ({ type: 'section' as const, text: plain(part, MAX_TEXT) })),
    ],
  }
}

function listOf(title: string, findings: readonly ToldFinding[], count: number): string[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, MAX_SHOWN).map(({ message, rule }) => `• ${message} [${rule}]`)
  const more = count > MAX_SHOWN ? [`and ${count - MAX_SHOWN} more`] : []
  return [[`${title}:`, ...shown, ...more].join('\n')]
}

function plain(text: string, max: number): { type: 'plain_text'; text: string; emoji: false } {
  const inactive = withoutMentions(text)
  return {
    type: 'plain_text',
    text: inactive.length > max ? `${inactive.slice(0, max - 1)}…` : inactive,
    emoji: false,
  }
}

/** Neither a tag, nor a mention, nor a link, nor bold. */
function inert(text: string): string {
  return withoutMentions(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`)
    .replaceAll('](', ']\u200b(')
}

/** A character without width behind each `@` keeps it from calling anybody, where plain text is read too. */
function withoutMentions(text: string): string {
  return text.replaceAll('@', '@\u200b')
}

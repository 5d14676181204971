/** Text from outside in Markdown: shown as it is, never a link, an image, a mention, an address or a tag. */
import { display } from './display.ts'

/** Words that no Markdown dialect makes anything of: letters and digits with single marks between and around them. */
const PLAIN = /^[("']*[\p{L}\p{N}]+(?:[-'.,][\p{L}\p{N}]+)*[.,;:!?)"']*$/u
/** What looks like a plain word and is not: addresses, numbers of lists, commits, issues (`GH-12`). */
const LIVELY = /www\.|^\d+[.)]$|gh-\d|(?<![\p{L}\p{N}])[0-9a-f]{7,}(?![\p{L}\p{N}])/iu

/** A code span that nothing in it can end; `cell` if it stands in a table. */
export function code(text: string, { max = 500, cell = false } = {}): string {
  const shown = display(text, max).trim()
  if (shown === '') return '–'
  const fence = '`'.repeat(longestRun(shown, '`') + 1)
  const pad = fence.length > 1 ? ' ' : ''
  const span = `${fence}${pad}${shown}${pad}${fence}`
  return cell ? span.replaceAll(/\\+(?=\|)/g, '\ufffd').replaceAll('|', '\\|') : span
}

/** A sentence of ours with names of others in it: what is quoted or is no plain word becomes a code span. */
export function prose(text: string, { max = 1000, cell = false } = {}): string {
  const parts = display(text, max).split('`')
  // An odd mark is nobody's quotation.
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join(' '))
  return parts
    .map((part, at) => (at % 2 === 1 ? code(part, { max, cell }) : words(part, cell)))
    .join(' ')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/` ([.,;:)])(?=\s|$)/g, '`$1')
    .trim()
}

/** Lines as they are, in a fence that none of them can end. */
export function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line, '`') + 1)))
  return [`${fence}text`, ...lines, fence].join('\n')
}

function words(text: string, cell: boolean): string {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => (PLAIN.test(word) && !LIVELY.test(word) ? word : quoted(word, cell)))
    .join(' ')
}

/** Marks of the sentence stay outside of the span. */
function quoted(word: string, cell: boolean): string {
  const [, before = '', inner = '', after = ''] = /^([("']*)(.*?)([.,;:!?)"']*)$/u.exec(word) ?? []
  if (inner === '' || /^[–—…]$/.test(inner)) return word
  if (inner === '-') return '–'
  return `${before}${code(inner, { cell })}${after}`
}

function longestRun(text: string, mark: string): number {
  let [run, longest] = [0, 0]
  for (const character of text) {
    run = character === mark ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

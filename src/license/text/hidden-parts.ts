/** Finds what a README holds without saying it itself: code blocks between fences, which are examples, and HTML comments. */

/** What may stand before a fence: quotation marks, and bullets of lists. What stands behind one of backticks has none: that is asked behind all of them. */
const OPENING = /^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}(?!`|.*`)|~{3,})/
const CLOSING = /^([ \t>]*)(`{3,}|~{3,})[ \t\r]*$/
/** A closing fence is indented by no more than this beyond the opening one: further in, it is code. */
const MAX_INDENT = 3

/**
 * The same text with blanks in place of code blocks and comments; line breaks stay where they are. What nothing ends goes
 * on to the end of the text. Time grows with its length.
 */
export function withoutHidden(markdown: string): string {
  return /<!--|```|~~~/.test(markdown) ? withoutParts(markdown, OPENING) : markdown
}

/** The same for comments alone: a licence file may show all of its text as code. */
export function withoutComments(markdown: string): string {
  return markdown.includes('<!--') ? withoutParts(markdown) : markdown
}

function withoutParts(markdown: string, opening?: RegExp): string {
  let shown = ''
  let at = 0
  let lineEnd = -1
  while (at < markdown.length) {
    const isLineStart = at === 0 || markdown[at - 1] === '\n'
    if (lineEnd < at) lineEnd = endOfLine(markdown, at)
    const line = markdown.slice(at, lineEnd)
    const fence = isLineStart ? (opening?.exec(line) ?? null) : null
    const comment = fence === null ? commentIn(line) : 0
    const from = comment === undefined ? lineEnd + 1 : at + comment
    shown += markdown.slice(at, from)
    at = from
    if (comment === undefined) continue
    const end = fence === null ? endOfComment(markdown, from) : endOfFence(markdown, lineEnd + 1, fence)
    shown += markdown.slice(from, end).replace(/[^\n]/g, ' ')
    at = end
  }
  return shown
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Where a comment begins in a line; one between backticks is code. */
function commentIn(line: string): number | undefined {
  let isCode = false
  for (const { 0: mark, index } of line.matchAll(/`+|<!--/g)) {
    if (mark !== '<!--') isCode = !isCode
    else if (!isCode) return index
  }
  return undefined
}

/** `<!-->` and `<!--->` are whole comments. */
function endOfComment(text: string, from: number): number {
  const end = text.indexOf('-->', from + '<!'.length)
  return end < 0 ? text.length : end + '-->'.length
}

/** `from` is where the first line of code begins. */
function endOfFence(text: string, from: number, [, indent = '', marks = '']: RegExpExecArray): number {
  let at = from
  while (at < text.length) {
    const end = endOfLine(text, at)
    const [, before = '', closing = ''] = CLOSING.exec(text.slice(at, end)) ?? []
    if (closing.startsWith(marks) && before.length <= indent.length + MAX_INDENT) return end
    at = end + 1
  }
  return text.length
}

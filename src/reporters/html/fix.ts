/** A fix: sentences as prose, what is to be pasted in a block that can be copied. */
import { displayLines } from '../display.ts'
import { markup, verbatim } from './markup.ts'
import type { Markup, Part } from './markup.ts'

/** Lines that are shown. */
const MAX_LINES = 80

/** Commands and whatever is quoted in a sentence of ours. */
const COMMANDS = /(`[^`]+`|\bdepgate [a-z]+(?: (?:@?[\w./-]+@[\w.+-]+|--[a-z-]+))*)/

/** The fix of a finding. */
export function fixBlock(fix: string): Markup {
  const lines = displayLines(fix)
  const from = lines.findIndex((line) => /^\s|^[{["}\]/]/.test(line))
  const sentences = (from < 0 ? lines : lines.slice(0, from)).slice(0, MAX_LINES)
  const snippet = from < 0 ? [] : lines.slice(from, from + MAX_LINES)
  return markup`
    <div class="fix"><p class="label">How to fix</p>
    ${sentences.map((line) => line !== '' && markup`<p>${sentence(line)}</p>`)}
    ${snippet.length > 0 && markup`<pre class="copy" tabindex="0" aria-label="To paste">${joined(snippet)}</pre>`}</div>`
}

/** A sentence of ours in which commands and quotations are set as code. */
export function sentence(text: string): Part {
  return text.split(COMMANDS).map((part, at) => {
    if (at % 2 === 0) return part
    return markup`<code>${part.startsWith('`') ? part.slice(1, -1) : part}</code>`
  })
}

function joined(lines: readonly string[]): Part {
  return lines.flatMap((line, at) => (at === 0 ? [line] : [verbatim('\n'), line]))
}

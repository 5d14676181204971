/** Makes text from outside safe to look at: names, licences and addresses are data, never commands. */

/** Control and format characters (bidi, zero-width, BOM), line separators and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * What a CI machine reads as a command in the log of a job: `::` where a line may begin (anywhere after a blank, since
 * lines are wrapped), and `##[`, `##vso[` and their like anywhere.
 */
const COMMAND = /(?<=^|\s):(?=:)|#(?=#[a-z]*\[)/gi

/** Text on one line without a character that moves the cursor, hides or reorders what stands around it. */
export function display(text: string, maxLength = 500): string {
  return cut(disarm(text.replaceAll(UNSAFE, '\ufffd')), maxLength)
}

/** Text in which no CI machine finds a command. */
export function disarm(text: string): string {
  return text.replaceAll(COMMAND, '\ufffd')
}

/** The first characters of a text, without half a character at the end; `…` says that something is missing. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The same for text of several lines: line breaks stay, everything else goes. */
export function displayLines(text: string): string[] {
  return text.split('\n').map((line) => display(line))
}

/** JSON in which every such character is written as an escape: the same value, safe to look at. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent)
    .replaceAll(UNSAFE, (text) =>
      text === '\n' ? text : Array.from({ length: text.length }, (_, at) => escapeUnit(text, at)).join(''),
    )
    .replaceAll(/##(?=[a-z]*\[)/gi, '#\\u0023')
}

function escapeUnit(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
}

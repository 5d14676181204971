/** Makes text from outside safe to look at: names, licences and addresses are data, never commands. */

/** Control and format characters (bidi, zero-width, BOM), line separators and lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Text on one line without a character that moves the cursor, hides or reorders what stands around it. */
export function display(text: string, maxLength = 500): string {
  const safe = text.replaceAll(UNSAFE, '\ufffd')
  return safe.length > maxLength ? `${safe.slice(0, maxLength)}…` : safe
}

/** The same for text of several lines: line breaks stay, everything else goes. */
export function displayLines(text: string): string[] {
  return text.split('\n').map((line) => display(line))
}

/** JSON in which every such character is written as an escape: the same value, safe to look at. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(UNSAFE, (text) =>
    text === '\n' ? text : Array.from({ length: text.length }, (_, at) => escapeUnit(text, at)).join(''),
  )
}

function escapeUnit(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
}

/** Licence files as text that may be printed: decoded, with line breaks of one kind and nothing that hides. */
import { disarm } from './display.ts'

/** Whatever ends a line or a page. */
const BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Control, bidi and zero-width characters; the line break alone stays. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu

/**
 * The text of a file, or undefined if it is none. UTF-16 is known by its mark; what is not UTF-8 is read as the
 * Western encoding in which old files spell the names of authors.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = decode(bytes)
  return text.includes('\0') ? undefined : text
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Word for word what was written, without what nobody sees: blanks at the ends of lines, empty lines around it. */
export function printableText(text: string): string {
  const lines = text
    .replaceAll(BREAK, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(UNSEEN, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const from = lines.findIndex((line) => line !== '')
  const to = lines.findLastIndex((line) => line !== '')
  return from < 0
    ? ''
    : lines
        .slice(from, to + 1)
        .map(disarm)
        .join('\n')
}

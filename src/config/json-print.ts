/** Prints JSON as people write it by hand, in the style of a text that is there already. */

/** How a text is written. */
export interface JsonStyle {
  /** One step of indentation. */
  unit: string
  eol: string
  /** Without any blank, as programs write it. */
  compact: boolean
}

/** Where a value is to stand. */
export interface PrintPlace extends JsonStyle {
  /** Of the line that the value begins in. */
  indent: string
  oneLine: boolean
}

/** What a reader cannot see is written as an escape. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}]/gu

/** The style of a text: line ends that most lines have, the first indentation that is one. */
export function styleOf(text: string): JsonStyle {
  const crlf = text.split('\r\n').length - 1
  const unit = /\n(\t| +)["{[]/.exec(text)?.[1] ?? '  '
  const isLine = !text.trim().includes('\n')
  return {
    unit,
    eol: crlf * 2 > text.split('\n').length - 1 ? '\r\n' : '\n',
    compact: isLine && !/["\]}\w][:,]\s|[{[]\s/.test(text),
  }
}

/** Prints a value. Lists of plain values stand in one line whatever the place. */
export function printJson(value: unknown, place: PrintPlace): string {
  const { compact, oneLine, indent, unit, eol } = place
  if (typeof value !== 'object' || value === null) return printPlain(value)
  const isList = Array.isArray(value)
  const isFlat = isList && value.every((item) => typeof item !== 'object' || item === null)
  const inner = { ...place, indent: indent + unit }
  const colon = compact ? ':' : ': '
  const members = isList
    ? value.map((item: unknown) => printJson(item, inner))
    : Object.entries(value).map(([key, part]) => `${printPlain(key)}${colon}${printJson(part, inner)}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  if (members.length === 0) return open + close
  if (compact) return open + members.join(',') + close
  if (isFlat) return open + members.join(', ') + close
  if (oneLine) return isList ? `[${members.join(', ')}]` : `{ ${members.join(', ')} }`
  return `${open}${eol}${members.map((member) => inner.indent + member).join(`,${eol}`)}${eol}${indent}${close}`
}

function printPlain(value: unknown): string {
  return JSON.stringify(value).replaceAll(UNSEEN, (text) =>
    Array.from({ length: text.length }, (_, at) => escapeUnit(text, at)).join(''),
  )
}

function escapeUnit(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
}

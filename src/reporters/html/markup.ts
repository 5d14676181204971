/** Makes HTML in which every text is encoded unless it is markup of ours: forgetting it is impossible. */
import { display } from '../display.ts'

const MARKUP = Symbol('markup')

/** Markup of ours; there is no other way to make any than {@link markup} and {@link verbatim}. */
export interface Markup {
  readonly [MARKUP]: string
}

/** What may stand in a template: markup as it is, text and numbers encoded, nothing for `undefined` and `false`. */
export type Part = Markup | string | number | undefined | false | readonly Part[]

/** Longest text that is shown of one field. */
const MAX_TEXT = 2000

/** What `display` leaves and HTML calls a parse error. */
const NONCHARACTERS = /\p{Noncharacter_Code_Point}/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Most texts hold nothing but these; they need no encoding. */
const PLAIN = /^[\w@/. ^~=+,()-]*$/

/** Text on one line, for content and for attributes in double quotes. */
export function htmlText(text: string, maxLength = MAX_TEXT): string {
  if (text.length <= maxLength && PLAIN.test(text)) return text
  return display(text, maxLength)
    .replaceAll(NONCHARACTERS, '\ufffd')
    .replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
}

/** A template with its values encoded. Line breaks of the template with the blanks behind them are layout of ours and go. */
export function markup(template: TemplateStringsArray, ...values: Part[]): Markup {
  let text = unbroken(template[0] ?? '')
  for (const [at, value] of values.entries()) text += encoded(value) + unbroken(template[at + 1] ?? '')
  return { [MARKUP]: text }
}

/** Markup that is a constant of ours, such as the style sheet; never anything from a report. */
export function verbatim(text: string): Markup {
  return { [MARKUP]: text }
}

/** A text in no more than so many characters; `…` says that something is missing. */
export function clipped(text: string, maxLength: number): Markup {
  return { [MARKUP]: htmlText(text, maxLength) }
}

/** The finished text. */
export function markupText(part: Part): string {
  return encoded(part)
}

function encoded(part: Part): string {
  if (typeof part === 'string') return htmlText(part)
  if (typeof part === 'number') return String(part)
  if (part === undefined || part === false) return ''
  if (isMarkup(part)) return part[MARKUP]
  let text = ''
  for (const entry of part) text += encoded(entry)
  return text
}

function isMarkup(part: Markup | readonly Part[]): part is Markup {
  return MARKUP in part
}

function unbroken(text: string): string {
  return text.includes('\n') ? text.replaceAll(/\n\s*/g, '') : text
}

/** Puts one more member into an object or a list of a JSON text with comments, in the style of what stands there. */
import { createScanner } from 'jsonc-parser'
import type { Edit, Node } from 'jsonc-parser'
import { printJson } from './json-print.ts'
import type { JsonStyle } from './json-print.ts'

/** Tokens of jsonc-parser, which has them as a const enum. */
const COMMA = 5
const LINE_COMMENT = 12
const BLOCK_COMMENT = 13
const END = 17

/** A member to put in: a value, in an object with its key. */
export interface NewMember {
  key?: string
  value: unknown
}

/** The edits that make a member the last one of an object or a list. Nothing that stands there is moved or removed. */
export function appendMember(text: string, container: Node, member: NewMember, style: JsonStyle): Edit[] {
  const close = container.offset + container.length - 1
  const last = container.children?.at(-1)
  const from = last === undefined ? container.offset + 1 : last.offset + last.length
  const tail = readTail(text, from, close)
  const key = member.key === undefined ? '' : `${JSON.stringify(member.key)}:${style.compact ? '' : ' '}`
  const print = (indent: string, oneLine: boolean): string =>
    key + printJson(member.value, { ...style, indent, oneLine })
  const edits: Edit[] = []
  if (last !== undefined && !tail.hasComma) edits.push(insertion(from, ','))
  const trailing = tail.hasComma ? ',' : ''
  const isLikeLast = container.type === 'array' && last !== undefined && isOneLine(text, last)

  const isBeside = last !== undefined && container.type === 'array' && !startsLine(text, last.offset)
  if (style.compact || (isBeside && !tail.hasLineComment)) {
    const gap = style.compact || last === undefined ? '' : ' '
    const indent = lineIndent(text, last?.offset ?? container.offset)
    edits.push(insertion(tail.end, `${gap}${print(indent, style.compact || isLikeLast)}${trailing}`))
    return edits
  }
  const ownLine = last !== undefined && startsLine(text, last.offset)
  const outer = lineIndent(text, container.offset)
  const indent = ownLine ? lineIndent(text, last.offset) : outer + style.unit
  edits.push(insertion(tail.end, `${style.eol}${indent}${print(indent, isLikeLast)}${trailing}`))
  if (!ownLine && !text.slice(tail.end, close).includes('\n')) {
    edits.push({ offset: tail.end, length: close - tail.end, content: style.eol + outer })
  }
  return edits
}

/** Blanks and tabs at the beginning of the line that a place is in. */
export function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[\t ]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

/** Whether a node begins and ends in one line. */
export function isOneLine(text: string, { offset, length }: Node): boolean {
  return !text.slice(offset, offset + length).includes('\n')
}

/** What stands between the last member and the closing bracket. */
function readTail(
  text: string,
  from: number,
  close: number,
): { end: number; hasComma: boolean; hasLineComment: boolean } {
  const scanner = createScanner(text, false)
  scanner.setPosition(from)
  const tail = { end: from, hasComma: false, hasLineComment: false }
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (scanner.getTokenOffset() >= close) break
    if (token !== COMMA && token !== LINE_COMMENT && token !== BLOCK_COMMENT) continue
    tail.end = scanner.getTokenOffset() + scanner.getTokenLength()
    if (token === COMMA) tail.hasComma = true
    if (token === LINE_COMMENT) tail.hasLineComment = true
  }
  return tail
}

function startsLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return start > 0 && text.slice(start, offset).trim() === ''
}

function insertion(offset: number, content: string): Edit {
  return { offset, length: 0, content }
}

/** SPDX licence expressions: from text to tree, behind caps, and back to the one spelling we print. */
import parse from 'spdx-expression-parse'
import type { UnknownReason } from '#model/claim'
import { LICENSE_IDS } from './license-list.ts'
import { splitWords } from './words.ts'

/** One licence of an expression. */
export interface Leaf {
  type: 'leaf'
  /** Id of the SPDX list, or `LicenseRef-*` with its `DocumentRef-*:`. */
  id: string
  /** `id+`: this version or any later one. */
  plus: boolean
  /** The id after WITH. */
  exception?: string
}

/**
 * A licence expression; at most 200 leaves: {@link parseExpression} makes them, and what else does joins the ids of one
 * family.
 */
export type Expression = Leaf | { type: 'and' | 'or'; parts: [Expression, Expression] }

/** A tree, or why the text is no expression; `detail` is one clause about "it". */
export type ParsedExpression =
  { ok: true; expression: Expression } | { ok: false; reason: UnknownReason; detail: string }

/** Reads an expression. Ids count as written, blanks (U+0020 only) around them do not. Never throws. */
export function parseExpression(text: string): ParsedExpression {
  // Nearly all there are; the parser says the same of each, and takes twenty times as long.
  if (LICENSE_IDS.has(text)) return { ok: true, expression: { type: 'leaf', id: text, plus: false } }
  const split = splitWords(text)
  if (!split.ok) return split
  if (split.words.length === 0) return { ok: false, reason: 'absent', detail: 'it is empty' }
  try {
    return { ok: true, expression: convert(parse(split.words.join(' '))) }
  } catch {
    // The parser throws bare errors of several classes for every grammar fault; none of them helps a reader.
    return { ok: false, reason: 'not-spdx', detail: 'its ids and operators do not form an expression' }
  }
}

/** Prints a tree in SPDX spelling with as few parentheses as keep it the same tree. */
export function printExpression(expression: Expression): string {
  if (expression.type === 'leaf') return printLeaf(expression)
  const { type } = expression
  const [left, right] = expression.parts
  // The parser leans to the right: only a chain that leans to the left needs parentheses of its own.
  const leftText = wrap(left, left.type === type || (type === 'and' && left.type === 'or'))
  const rightText = wrap(right, type === 'and' && right.type === 'or')
  return `${leftText} ${type.toUpperCase()} ${rightText}`
}

/** Prints one leaf: `GPL-2.0+`, `GPL-2.0-only WITH Classpath-exception-2.0`. */
export function printLeaf({ id, plus, exception }: Leaf): string {
  return id + (plus ? '+' : '') + (exception === undefined ? '' : ` WITH ${exception}`)
}

function wrap(expression: Expression, parentheses: boolean): string {
  const text = printExpression(expression)
  return parentheses ? `(${text})` : text
}

function convert(node: parse.Info): Expression {
  if ('conjunction' in node) {
    return { type: node.conjunction, parts: [convert(node.left), convert(node.right)] }
  }
  const { license, plus, exception } = node
  return {
    type: 'leaf',
    id: license,
    plus: plus === true,
    ...(exception !== undefined && { exception }),
  }
}

/** A text that is equal for expressions that mean the same, whatever the order and grouping of their parts. */
import type { Expression } from './expression.ts'
import { leafMeaning } from './leaf-meaning.ts'

/** The key of an expression: chains flattened, parts sorted, repetitions dropped, deprecated GNU ids replaced. */
export function expressionKey(expression: Expression): string {
  if (expression.type === 'leaf') return leafMeaning(expression).key
  const { type } = expression
  const keys = new Set(chain(expression, type).map(expressionKey))
  const [only] = keys
  if (keys.size === 1 && only !== undefined) return only
  return `(${[...keys].toSorted().join(` ${type} `)})`
}

function chain(expression: Expression, type: 'and' | 'or'): Expression[] {
  if (expression.type !== type) return [expression]
  return expression.parts.flatMap((part) => chain(part, type))
}

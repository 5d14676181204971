/** Random expressions, and a parser for texts that a test knows to be valid. */
import { parseExpression } from '#license/expression'
import type { Expression, Leaf } from '#license/expression'
import * as fc from 'fast-check'

/** Leaves of several kinds; among them no two that mean the same or cover each other. */
export const LEAVES = [
  'MIT',
  'ISC',
  'Zlib',
  'LicenseRef-a',
  'GPL-2.0-only WITH Classpath-exception-2.0',
  '0BSD',
]

/** The tree of a valid text. */
export function parsed(text: string): Expression {
  const result = parseExpression(text)
  if (!result.ok) throw new Error(`${text}: ${result.detail}`)
  return result.expression
}

/** The leaf of a valid text. */
export function leafOf(text: string): Leaf {
  const expression = parsed(text)
  if (expression.type !== 'leaf') throw new Error(`${text} is no leaf`)
  return expression
}

/** Trees of up to 16 leaves, drawn from six ids. */
export function expressions(leaves: readonly string[] = LEAVES): fc.Arbitrary<Expression> {
  const leaf = fc.constantFrom(...leaves).map((text): Expression => leafOf(text))
  const { tree } = fc.letrec<{ tree: Expression; node: Expression }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, leaf, tie('node')),
    node: fc
      .record({
        type: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.tuple(tie('tree'), tie('tree')),
      })
      .map((node): Expression => node),
  }))
  return tree
}

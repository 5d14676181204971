/** Tells whether two licence expressions mean the same, however they are written. */
import { parseExpression } from './expression.ts'
import { expressionKey } from './expression-key.ts'

/** Whether they do; texts that are no expressions have to be equal. */
export function isSameLicense(a: string, b: string): boolean {
  if (a === b) return true
  const [left, right] = [parseExpression(a), parseExpression(b)]
  return left.ok && right.ok && expressionKey(left.expression) === expressionKey(right.expression)
}

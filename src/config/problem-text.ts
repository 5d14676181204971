/** Carries a problem with its fix through the validator, which knows only messages. */
import type { Problem } from './config-error.ts'

/** One text of a problem: the message, a line break, the fix. */
export function joinProblem({ message, fix }: Problem): string {
  return fix === undefined ? message : `${message}\n${fix}`
}

/** The problem in a text that {@link joinProblem} made. */
export function splitProblem(text: string): Problem {
  const at = text.indexOf('\n')
  return at < 0 ? { message: text } : { message: text.slice(0, at), fix: text.slice(at + 1) }
}

/** The problem of a value of the wrong type. */
export function typeProblem(expected: string, value: unknown): Problem {
  return { message: `must be ${expected}, not ${typeName(value)}` }
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

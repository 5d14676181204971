/** Judges an expression by what is allowed: AND needs every part, OR needs one, in a single linear walk. */
import type { LeafDecision } from '#model/claim'
import type { AllowSet } from './allow-set.ts'
import { printLeaf } from './expression.ts'
import type { Expression } from './expression.ts'
import { currentSpelling } from './leaf-meaning.ts'

/** The answer, with why each leaf passed or not. */
export interface Evaluation {
  allowed: boolean
  /** Each leaf once, in the order of the expression. */
  leaves: LeafDecision[]
  /** The sets that covered at least one leaf. */
  covering: Set<AllowSet>
}

/**
 * Evaluates an expression. Sets are asked in their order and the first one that covers a leaf explains it; `refused`
 * explains a leaf that none covers (`not in licenses.allow`).
 */
export function evaluate(expression: Expression, allow: readonly AllowSet[], refused: string): Evaluation {
  const leaves = new Map<string, LeafDecision>()
  const covering = new Set<AllowSet>()
  const allowed = walk(expression)
  return { allowed, leaves: [...leaves.values()], covering }

  function walk(node: Expression): boolean {
    if (node.type !== 'leaf') {
      const left = walk(node.parts[0])
      const right = walk(node.parts[1])
      return node.type === 'and' ? left && right : left || right
    }
    const leaf = printLeaf(node)
    for (const set of allow) {
      const entry = set.cover(node)
      if (entry === undefined) continue
      covering.add(set)
      leaves.set(leaf, { leaf, allowed: true, why: entry === leaf ? set.label : `${set.label} as ${entry}` })
      return true
    }
    leaves.set(leaf, { leaf, allowed: false, why: refused })
    return false
  }
}

/** Few further licences, in SPDX's current ids, that would let an expression pass: of an OR, those of the side that lacks fewer. */
export function missingLicenses(expression: Expression, allow: readonly AllowSet[]): string[] {
  return [...missing(expression)]

  function missing(node: Expression): Set<string> {
    if (node.type === 'leaf') {
      const covered = allow.some((set) => set.cover(node) !== undefined)
      return new Set(covered ? [] : [currentSpelling(node)])
    }
    const left = missing(node.parts[0])
    const right = missing(node.parts[1])
    if (node.type === 'or') return right.size < left.size ? right : left
    return new Set([...left, ...right])
  }
}

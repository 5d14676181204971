/** A list of allowed licences, read once and asked leaf by leaf; two evaluators must agree before anything is covered. */
import satisfies from 'spdx-satisfies'
import { parseExpression, printLeaf } from './expression.ts'
import type { Leaf } from './expression.ts'
import { covers, leafMeaning } from './leaf-meaning.ts'

/** Allowed licences that came from one place. */
export interface AllowSet {
  /** The place, as a clause for people: `in licenses.allow`, `exception "sharp@^0.34"`. */
  readonly label: string
  /** The entry that covers a leaf, as written; undefined if none does. */
  readonly cover: (leaf: Leaf) => string | undefined
}

/**
 * Reads the entries. One that is not a single licence (`MIT OR ISC`, `UNLICENSED`, prose) covers nothing. An open entry
 * (`GPL-2.0-or-later`, `Apache-1.1+`) covers later versions too, as {@link covers} says.
 */
export function createAllowSet(entries: readonly string[], label: string): AllowSet {
  const allowed = entries.flatMap((text) => {
    const parsed = parseExpression(text)
    if (!parsed.ok || parsed.expression.type !== 'leaf') return []
    return [{ text, spelling: printLeaf(parsed.expression), meaning: leafMeaning(parsed.expression) }]
  })
  const known = new Map<string, string | undefined>()
  return {
    label,
    cover: (leaf) => {
      const text = printLeaf(leaf)
      if (!known.has(text)) {
        const meaning = leafMeaning(leaf)
        const candidates = allowed.filter(
          (entry) => covers(entry.meaning, meaning) && agrees(text, entry.spelling),
        )
        const best = candidates.find((entry) => entry.spelling === text) ?? candidates[0]
        known.set(text, best?.text)
      }
      return known.get(text)
    },
  }
}

/**
 * The second opinion. spdx-satisfies is only ever asked about one leaf and one entry: with more it takes exponential
 * time. Alone it is no proof (it reads every id of eight characters as or-later), and where it throws it does not agree.
 */
function agrees(leaf: string, entry: string): boolean {
  try {
    return satisfies(leaf, [entry])
  } catch {
    return false
  }
}

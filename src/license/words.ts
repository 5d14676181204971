/** Cuts the text of a licence expression into words, with the caps and the exact look-up that come before any parsing. */
import type { UnknownReason } from '#model/claim'
import { EXCEPTION_IDS, LICENSE_IDS } from './license-list.ts'

/** Real expressions stay below a fifth of each of these; only an attack goes beyond. */
const MAX_LENGTH = 1000
const MAX_DEPTH = 64
const MAX_TERMS = 200

/** The words of an expression in SPDX spelling, or why there are none. */
export type Words = { ok: true; words: string[] } | { ok: false; reason: UnknownReason; detail: string }

const WORD = / +|[()]|(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9.-]+\+?/y
const OPERATORS: ReadonlySet<string> = new Set(['AND', 'OR', 'WITH'])
const LICENSE_REF = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/
/** `GPL-2.0-only+` says two things at once. */
const CONTRADICTION = /-(?:only|or-later)\+$/

/**
 * Splits and checks each word by itself. The parser alone is not enough: it skips characters it does not know inside
 * references (`LicenseRef-   OR MIT`) and splits words that begin like an operator.
 */
export function splitWords(text: string): Words {
  if (text.length > MAX_LENGTH) return refuse('too-complex', `it is longer than ${MAX_LENGTH} characters`)
  const words: string[] = []
  let terms = 0
  let depth = 0
  for (let at = 0; at < text.length; at = WORD.lastIndex) {
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) {
      return refuse('not-spdx', `it has a character at position ${at + 1} that no expression has`)
    }
    if (word.startsWith(' ')) continue
    const operator = word.toUpperCase()
    if (word === '(') depth += 1
    else if (word === ')') depth -= 1
    else if (!OPERATORS.has(operator)) {
      terms += 1
      if (!isTerm(word))
        return refuse('not-spdx', `"${word.slice(0, 60)}" is not an id of the SPDX licence list`)
    }
    if (depth > MAX_DEPTH) return refuse('too-complex', `its parentheses are nested deeper than ${MAX_DEPTH}`)
    if (terms > MAX_TERMS) return refuse('too-complex', `it has more than ${MAX_TERMS} terms`)
    words.push(OPERATORS.has(operator) ? operator : word)
  }
  return { ok: true, words }
}

/** Exact look-up: no other case, no look-alike letters. */
function isTerm(word: string): boolean {
  if (LICENSE_REF.test(word)) return true
  if (!word.endsWith('+')) return LICENSE_IDS.has(word) || EXCEPTION_IDS.has(word)
  return LICENSE_IDS.has(word.slice(0, -1)) && !CONTRADICTION.test(word)
}

function refuse(reason: UnknownReason, detail: string): Words {
  return { ok: false, reason, detail }
}

/** Lays a licence file over the known text that comes nearest, word by word, for a person to read the difference. */
import { mayBeMissing } from './text/accounts.ts'
import { align } from './text/align.ts'
import { fixPhrases } from './text/fixed-phrases.ts'
import type { KnownText, TextIndex } from './text/text-index.ts'
import { textWords } from './text/text-words.ts'

/** A known text and a file as words, and the places at which they differ. */
export interface TextComparison {
  /** Ids that the known text serves. */
  ids: readonly string[]
  /** Words as they are compared: without case, punctuation and line breaks. */
  known: string[]
  found: string[]
  /** In order, half-open ranges of words; what the known text may do without is left out. */
  changes: { known: [from: number, to: number]; found: [from: number, to: number] }[]
}

/** Stands for every word that no known text has. */
const STRANGER = 0x10000

/** Compares a text with the known one of this id; undefined if it is none, or the two share nothing. */
export function compareWithKnown(raw: string, id: string, index: TextIndex): TextComparison | undefined {
  const cut = textWords(raw)
  const known = knownText(id, index)
  if (cut === undefined || known === undefined) return undefined
  const { words } = fixPhrases(cut)
  const numbers = words.map((word) => index.numberOf(word) ?? STRANGER)
  const alignment = align(known, numbers, 0, numbers.length)
  if (alignment === undefined) return undefined
  const [from, to] = alignment.found
  const { length } = known.words
  const changes: TextComparison['changes'] = [
    { known: [0, 0], found: [0, from] },
    ...alignment.differences,
    { known: [length, length], found: [to, words.length] },
  ]
  return {
    ids: known.ids,
    known: [...known.words].map((number) => index.wordOf(number)),
    found: words,
    changes: changes
      .map(({ known: missing, found: added }) => ({
        known: mayBeMissing(missing, known) ? ([missing[1], missing[1]] as [number, number]) : missing,
        found: added,
      }))
      .filter(({ known: missing, found: added }) => missing[1] > missing[0] || added[1] > added[0]),
  }
}

function knownText(id: string, index: TextIndex): KnownText | undefined {
  for (let at = 0; at < index.size; at += 1) {
    const text = index.text(at)
    if (text.ids.includes(id)) return text
  }
  return undefined
}

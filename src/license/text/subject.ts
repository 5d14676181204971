/** Makes a text ready for comparisons with known ones. */
import { fixPhrases } from './fixed-phrases.ts'
import type { Rest } from './harmless.ts'
import { knownSentences } from './known-sentences.ts'
import type { TextIndex } from './text-index.ts'
import { TOO_LONG, wordsOrReason } from './text-words.ts'

/** Larger texts are no licence of one package; the caps of the reader come before this one. */
const MAX_CHARACTERS = 600_000
/** Numbers from here on stand for words that no known text has. */
export const STRANGERS = 0x10000

/** A text as words and as numbers of words. */
export interface Subject extends Pick<Rest, 'text' | 'sentences'> {
  numbers: Int32Array
  index: TextIndex
  /** How many known texts were laid over it so far. */
  alignments: number
}

/** A text made ready for comparisons, or why it cannot be compared. */
export function subjectOf(raw: string, index: TextIndex): Subject | string {
  const cut = raw.length > MAX_CHARACTERS ? TOO_LONG : wordsOrReason(raw)
  if (typeof cut === 'string') return cut
  const text = fixPhrases(cut)
  const numbers = numbersOf(text.words, index)
  return { text, sentences: knownSentences(text), numbers, index, alignments: 0 }
}

/** Words that no known text has get numbers of their own, beyond all others. */
function numbersOf(words: readonly string[], index: TextIndex): Int32Array {
  const strangers = new Map<string, number>()
  const numbers = new Int32Array(words.length)
  words.forEach((word, at) => {
    let number = index.numberOf(word) ?? strangers.get(word)
    if (number === undefined) {
      number = STRANGERS + strangers.size
      strangers.set(word, number)
    }
    numbers[at] = number
  })
  return numbers
}

/** Small known texts made of words of the real index, and files laid over them. */
import { align, runsOf } from '#license/text/align'
import type { Alignment } from '#license/text/align'
import { knownSentences } from '#license/text/known-sentences'
import type { KnownSentence } from '#license/text/known-sentences'
import { WORD_KIND } from '#license/text/text-index'
import type { KnownText } from '#license/text/text-index'
import { textWords } from '#license/text/text-words'
import type { TextWords } from '#license/text/text-words'
import { INDEX } from './spdx-texts.ts'

type Part = [kind: keyof typeof WORD_KIND, words: string]

/** A known text of such parts; each of their words must be in the index. */
export function knownOf(ids: string[], parts: readonly Part[]): KnownText {
  const words = parts.flatMap(([, text]) => text.split(' ').map(numberOf))
  const kinds = parts.flatMap(([kind, text]) => text.split(' ').map(() => WORD_KIND[kind]))
  return {
    ids,
    words: Uint16Array.from(words),
    kinds: Uint8Array.from(kinds),
    required: Uint16Array.from(new Set(words.filter((_, at) => kinds[at] === WORD_KIND.body))),
    runs: runsOf(words),
    titleWords: new Set(
      parts.flatMap(([kind, text]) => (kind === 'title' ? text.split(' ').map(numberOf) : [])),
    ),
  }
}

function numberOf(word: string): number {
  const number = INDEX.numberOf(word)
  if (number === undefined) throw new Error(`the index has no word ${word}`)
  return number
}

/** What is read of a file before it is compared. */
export interface ReadFile {
  text: TextWords
  sentences: readonly (KnownSentence | undefined)[]
}

export function readFile(raw: string): ReadFile {
  const text = textWords(raw)
  if (text === undefined) throw new Error('the text cannot be read')
  return { text, sentences: knownSentences(text) }
}

/** A known text laid over a file. */
export function laidOver(known: KnownText, { text }: ReadFile): Alignment {
  const numbers = text.words.map((word, at) => INDEX.numberOf(word) ?? 0x10000 + at)
  const alignment = align(known, numbers, 0, numbers.length)
  if (alignment === undefined) throw new Error('the texts share nothing')
  return alignment
}

/** Finds the known text that a text comes nearest to, for people to look at: nothing is concluded from it. */
import type { TextIndex } from './text-index.ts'

/** A known text and the Dice coefficient of word pairs, from 0 to 1. */
export interface Nearest {
  id: string
  score: number
}

/** The nearest of the candidates; undefined if there are none. */
export function nearestText(numbers: Int32Array, index: TextIndex): Nearest | undefined {
  let nearest: Nearest | undefined
  for (const candidate of index.candidates(numbers)) {
    const known = index.text(candidate)
    const score = dice(known.words, numbers)
    const [id] = known.ids
    if (id !== undefined && (nearest === undefined || score > nearest.score)) nearest = { id, score }
  }
  return nearest
}

/** Twice the pairs of words that both have, by the pairs that each has. */
function dice(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = pairsOf(a)
  const others = pairsOf(b)
  let both = 0
  for (const pair of pairs) if (others.has(pair)) both += 1
  return Math.round((2000 * both) / Math.max(1, pairs.size + others.size)) / 1000
}

function pairsOf(words: ArrayLike<number>): Set<number> {
  const pairs = new Set<number>()
  for (let at = 1; at < words.length; at += 1) pairs.add((words[at - 1] ?? 0) * 0x100000 + (words[at] ?? 0))
  return pairs
}

/** Finds the names of licences in a run of words: ids of the SPDX list and the spellings that are certain. */
import { LICENSE_IDS } from '../license-list.ts'
import { SPELLING_GROUPS } from '../spellings.ts'
import { textWords } from './text-words.ts'
import { SAME_WORD } from './word-variants.ts'

/** Names that a short statement was found to have, and the words that belong to none. */
export interface NamesFound {
  ids: string[]
  /** For each word whether it is part of a name. */
  covered: boolean[]
}

const MOST_WORDS = 9
/** Ids that are everyday words, and names only before the word licence. */
const EVERYDAY = new Set('info-zip glide beerware plexus xerox zed ruby x11 intel json vim curl'.split(' '))

const PLAIN_NAME = /^[\w .,:+()]*$/

let names: ReadonlyMap<string, string> | undefined

/**
 * The words of a licence's name, as they are cut out of a text. Cutting some nine hundred names as if each were one takes longer than
 * reading most texts does, and names hold next to nothing that texts are searched for.
 */
export function wordsOfName(name: string): string[] {
  const joined = name.replaceAll(/[-/]/g, ' ')
  // A letter with a full stop may be the mark of an item.
  if (PLAIN_NAME.test(joined) && !joined.includes('. '))
    return (joined.toLowerCase().match(/[a-z\d]+/g) ?? []).map((word) => SAME_WORD.get(word) ?? word)
  return textWords(joined)?.words ?? []
}

/** The names in `words`, longest first at each place. */
export function namesIn(words: readonly string[]): NamesFound {
  names ??= readNames()
  const found: NamesFound = { ids: [], covered: words.map(() => false) }
  for (let at = 0; at < words.length; at += 1) {
    for (let count = Math.min(MOST_WORDS, words.length - at); count > 0; count -= 1) {
      const id = names.get(words.slice(at, at + count).join(' '))
      if (id === undefined) continue
      found.ids.push(id)
      found.covered.fill(true, at, at + count)
      at += count - 1
      break
    }
  }
  return found
}

function readNames(): Map<string, string> {
  const known = new Map<string, string>()
  const add = (spelling: string, id: string): void => {
    const words = wordsOfName(spelling)
    if (words.length > 0) known.set(words.join(' '), id)
  }
  for (const id of LICENSE_IDS) add(EVERYDAY.has(id.toLowerCase()) ? `${id} license` : id, id)
  for (const { id, spellings } of SPELLING_GROUPS)
    for (const spelling of spellings) {
      // The sign that makes it `or later` is no word.
      if (!spelling.endsWith('+')) add(spelling, id)
    }
  return known
}

/** Finds which licences prose names, sentence by sentence: a hint about a package, which grants nothing. */
import { namesIn } from './license-names.ts'
import { familyNames, familyOfAddress } from './families.ts'
import { textWords } from './text-words.ts'

/** What prose says of licences. */
export interface ProseNames {
  /** SPDX ids, sorted. */
  ids: string[]
  /** Families of licences that it names without saying which of them, sorted. */
  families: string[]
}

/** Licences that prose calls by their titles, and the families they are of. */
const TITLES: readonly (readonly [string, string])[] = [
  ['business source license', 'busl'],
  ['server side public license', 'sspl'],
  ['creative commons', 'creativecommons'],
]
/** Sentences have fewer words; what is longer is a text, and texts are read elsewhere. */
const MAX_SENTENCE_WORDS = 120
/** Sentences go over lines; they end with a comment, at a blank line, a bar between blanks, and before a tag (`@license`). */
const END_OF_SENTENCE = /\*\/|\n[\s*/]*\n|[ \t]\|[ \t]|[.;!?][ \t]*\n|[.;!?][ \t]+(?=[A-Z])|\n(?=[ \t*/]*@)/

/**
 * The licences that the sentences name of which `isHeard` holds, and those to whose pages they lead. Prose may be cut off
 * anywhere. Never throws; time grows with the length.
 */
export function licensesNamed(
  prose: string,
  isHeard: (words: readonly string[]) => boolean = () => true,
): ProseNames {
  const ids = new Set<string>()
  const families = new Set<string>()
  for (const sentence of prose.split(END_OF_SENTENCE)) {
    const { words = [], addresses = [] } = textWords(sentence) ?? {}
    if (words.length > MAX_SENTENCE_WORDS || !isHeard(words)) continue
    const said = words.filter((_, at) => addresses[at] !== true)
    const found = namesIn(said)
    for (const id of found.ids) ids.add(id)
    const left = said.filter((_, at) => found.covered[at] !== true)
    for (const family of familyNames(left)) families.add(family)
    for (const [title, family] of TITLES)
      if (` ${left.join(' ')} `.includes(` ${title} `)) families.add(family)
    for (const [at, word] of words.entries()) {
      const family = addresses[at] === true ? familyOfAddress(word) : undefined
      if (family !== undefined) families.add(family)
    }
  }
  return { ids: [...ids].toSorted(), families: [...families].toSorted() }
}

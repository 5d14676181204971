/** Reads which licences the comment at the top of a script names: a hint about packages that ship no licence text. */
import { namesIn } from './license-names.ts'
import { familyNames } from './families.ts'
import { textWords } from './text-words.ts'

/** What the comment at the top of a script says of licences. */
export interface HeaderNames {
  /** SPDX ids, sorted. */
  ids: string[]
  /** Families of licences that it names without saying which of them, sorted. */
  families: string[]
}

/** Words by which a sentence shows that the names in it are those of licences. */
const SAYS_LICENSE = /^licen[cs](?:e|es|ed|ing)$/
/** Sentences of headers have fewer words; what is longer is a text, and texts have files of their own. */
const MAX_SENTENCE_WORDS = 120
/** Everything before the first statement; a comment that is cut off is part of it. */
const OPENING = /^\uFEFF?(?:#!.*)?(?:\s|;|'use strict'|"use strict"|\/\/.*|\/\*[^]*?(?:\*\/|$))*/
/** Sentences go over lines; they end with a comment, at a blank line, a bar between blanks, and before a tag (`@license`). */
const END_OF_SENTENCE = /\*\/|\n[\s*/]*\n|[ \t]\|[ \t]|[.;!?][ \t]*\n|[.;!?][ \t]+(?=[A-Z])|\n(?=[ \t*/]*@)/

/**
 * The licences that the opening comments of a script name. The source may be cut off anywhere. Never throws; time grows
 * with the length.
 */
export function licensesInHeader(source: string): HeaderNames {
  const ids = new Set<string>()
  const families = new Set<string>()
  const [opening = ''] = OPENING.exec(source) ?? []
  for (const sentence of opening.split(END_OF_SENTENCE)) {
    const { words = [], addresses = [] } = textWords(sentence) ?? {}
    if (words.length > MAX_SENTENCE_WORDS || !words.some((word) => SAYS_LICENSE.test(word))) continue
    const said = words.filter((_, at) => addresses[at] !== true)
    const found = namesIn(said)
    for (const id of found.ids) ids.add(id)
    for (const family of familyNames(said.filter((_, at) => found.covered[at] !== true))) families.add(family)
  }
  return { ids: [...ids].toSorted(), families: [...families].toSorted() }
}

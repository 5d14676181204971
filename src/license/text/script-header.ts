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

/**
 * The licences that the opening comments of a script name. The source may be cut off anywhere: a comment without its end
 * is read as far as it goes. Never throws; time grows with the length.
 */
export function licensesInHeader(source: string): HeaderNames {
  const ids = new Set<string>()
  const families = new Set<string>()
  for (const sentence of openingComments(source).flatMap(sentencesOf)) {
    const cut = textWords(sentence)
    if (cut === undefined || cut.words.length > MAX_SENTENCE_WORDS) continue
    const words = cut.words.filter((_, at) => cut.addresses[at] !== true)
    if (!words.some((word) => SAYS_LICENSE.test(word))) continue
    const found = namesIn(words)
    for (const id of found.ids) ids.add(id)
    for (const family of familyNames(words.filter((_, at) => found.covered[at] !== true)))
      families.add(family)
  }
  return { ids: [...ids].toSorted(), families: [...families].toSorted() }
}

/** The comments before the first statement, without their markers; a line that begins with `#!` and directives are none. */
function openingComments(source: string): string[] {
  const comments: string[] = []
  let rest = source.replace(/^\uFEFF?(?:#![^\n]*)?/, '')
  for (;;) {
    rest = rest.replace(/^(?:\s|;|'use strict'|"use strict")+/, '')
    if (rest.startsWith('/*')) {
      const end = rest.indexOf('*/', 2)
      comments.push(rest.slice(2, end < 0 ? rest.length : end).replaceAll(/^[ \t]*[*!]+/gm, ''))
      rest = end < 0 ? '' : rest.slice(end + 2)
    } else if (rest.startsWith('//')) {
      const [lines = ''] = /^(?:[ \t]*\/\/[^\n]*(?:\n|$))+/.exec(rest) ?? []
      comments.push(lines.replaceAll(/^[ \t]*\/\/+[*!]?/gm, ''))
      rest = rest.slice(lines.length)
    } else return comments
  }
}

/** Sentences may go over lines; a blank line, a bar and a tag such as `@license` end them as well. */
function sentencesOf(comment: string): string[] {
  return comment
    .split(/\n[ \t\r]*\n|(?<=\n)(?=[ \t]*@\w)|[.;!?][ \t]*(?:\n|(?=[ \t][A-Z]))|[ \t]\|[ \t]/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' '))
}

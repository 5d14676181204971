/**
 * Gives phrases that name somebody, or that are known to vary without a change of meaning, one wording. Applied to the
 * known texts and to the text in question alike, before they are compared.
 */
import { areParties, holdersIn } from './parties.ts'
import type { TextWords } from './text-words.ts'
import { findWords, joinWords, wordPattern } from './word-search.ts'
import type { WordPattern } from './word-search.ts'

interface Phrase extends WordPattern {
  /** What stands for it: its groups hold names, and say nothing. */
  wording: readonly string[]
}

const NAME = '(?<name>(?:[^ ]+ ){1,16}?)'
const NAME2 = NAME.replace('<name>', '<other>')
const NEITHER = 'neither the name of the copyright holder nor the names of its contributors may be used'

/** What varies in the texts that most packages carry. */
const PHRASES: readonly Phrase[] = [
  // BSD: whose name must not be used, and who disclaims.
  phrase(
    `neither the names? (?:of )?(?:this software |${NAME}(?:nor ${NAME2})?)nor the names? of (?:its|their|the|any|other|his|her|project)?(?: other)? ?contributors? may be used`,
    NEITHER,
  ),
  phrase(`the names? of (?:any contributors |${NAME})may not be used to endorse`, `${NEITHER} to endorse`),
  phrase(
    `specific prior written permission (?:of|from) ${NAME}this software is provided`,
    'specific prior written permission this software is provided',
  ),
  phrase('this is provided by', 'this software is provided by'),
  phrase('use of this even if advised', 'use of this software even if advised'),
  phrase(`is provided by ${NAME}as is`, 'is provided by the copyright holders and contributors as is'),
  phrase(`in no event shall ${NAME}be liable`, 'in no event shall the copyright holder be liable'),
  phrase(`in no event will ${NAME}be liable`, 'in no event will the copyright holder be liable'),
  phrase('redistribution and use of this software in source', 'redistribution and use in source'),
  // ISC and its kin.
  phrase(
    `provided as is and ${NAME}disclaims? all warranties`,
    'provided as is and the author disclaims all warranties',
  ),
  phrase(
    'official policies either expressed or implied of (?<name>(?:[^ ]+ ){0,7}[^ ]+)(?= $)',
    'official policies either expressed or implied of the copyright holder',
  ),
  phrase(
    'tort or otherwise out of or in connection',
    'tort or otherwise arising from out of or in connection',
  ),
  phrase('copy modify and or distribute this software', 'copy modify and distribute this software'),
  // Python: one more year is no other licence.
  phrase('(?:(?:19|20)\\d\\d ){1,40}python software foundation', 'python software foundation'),
  // The Python Software Foundation gives each release the same licence under the release's own name.
  phrase('python \\d+ \\d+(?: \\d+)?', 'python'),
  phrase('otherwise using (?:this software python|python software) in', 'otherwise using python in'),
  // The Free Software Foundation has moved.
  phrase(
    '(?:59 temple place(?: suite 330)?|675 mass ave|51 franklin (?:street|st) (?:fifth|5th) floor|31 milk street 960789) (?:boston|cambridge) ma 0\\d{4}(?: \\d{4})?(?: usa)?',
    'address of the foundation',
  ),
]

/**
 * One wording for each fixed phrase; the words of a phrase stand in the segment where it began. `names` are words that
 * count as names wherever they stand.
 */
export function fixPhrases(text: TextWords, names: readonly string[] = []): TextWords {
  let fixed = text
  const known = new Set(text.words)
  let holders: ReadonlySet<string> | undefined
  let joined = joinWords(text.words, known)
  for (const phrase of PHRASES) {
    const { words, named } = fixed
    const found = findWords(joined, phrase).filter(({ groups }) =>
      groups.every(([from, to]) =>
        areParties(
          { words: words.slice(from, to), named: named.slice(from, to) },
          (holders ??= new Set([...holdersIn(text), ...names])),
        ),
      ),
    )
    if (found.length === 0) continue
    fixed = replaceWords(
      fixed,
      found.map((match) => match.words),
      phrase.wording,
    )
    for (const word of phrase.wording) known.add(word)
    joined = joinWords(fixed.words, known)
  }
  return fixed
}

function replaceWords(
  text: TextWords,
  ranges: readonly [number, number][],
  wording: readonly string[],
): TextWords {
  const fixed: TextWords = { words: [], segments: [], addresses: [], named: [] }
  let at = 0
  const keepUntil = (end: number): void => {
    for (; at < end; at += 1) push(text.words[at] ?? '', at, text.addresses[at], text.named[at])
  }
  const push = (word: string, place: number, isAddress = false, isNamed = false): void => {
    fixed.words.push(word)
    fixed.segments.push(text.segments[place] ?? 0)
    fixed.addresses.push(isAddress)
    fixed.named.push(isNamed)
  }
  for (const [from, to] of ranges) {
    keepUntil(from)
    for (const word of wording) push(word, from)
    at = to
  }
  keepUntil(text.words.length)
  return fixed
}

function phrase(pattern: string, wording: string): Phrase {
  return { ...wordPattern(pattern), wording: wording.split(' ') }
}

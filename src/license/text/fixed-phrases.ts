/**
 * Gives phrases that name somebody, or that are known to vary without a change of meaning, one wording. Applied to the
 * known texts and to the text in question alike, before they are compared.
 */
import { TELLING_WORDS } from './telling-words.ts'
import type { TextWords } from './text-words.ts'

interface Phrase {
  /** With the group `name`, if somebody is named. */
  pattern: RegExp
  wording: string
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
  {
    pattern: /(?<=official policies either expressed or implied of )(?<name>(?:[^ ]+ ){1,8}?)$/gu,
    wording: 'the copyright holder',
  },
  phrase(
    'tort or otherwise out of or in connection',
    'tort or otherwise arising from out of or in connection',
  ),
  phrase('copy modify and or distribute this software', 'copy modify and distribute this software'),
  // Python: one more year is no other licence.
  phrase('(?:(?:19|20)\\d\\d )+python software foundation', 'python software foundation'),
  // The Python Software Foundation gives each release the same licence under the release's own name.
  phrase('python \\d+ \\d+(?: \\d+)?', 'python'),
  phrase('otherwise using (?:this software python|python software) in', 'otherwise using python in'),
  // The Free Software Foundation has moved.
  phrase(
    '(?:59 temple place(?: suite 330)?|675 mass ave|51 franklin (?:street|st) (?:fifth|5th) floor|31 milk street 960789) (?:boston|cambridge) ma 0\\d{4}(?: \\d{4})?(?: usa)?',
    'address of the foundation',
  ),
]

/** One wording for each fixed phrase; the words of a phrase stand in the segment where it began. */
export function fixPhrases(text: TextWords): TextWords {
  let fixed = text
  let joined = `${text.words.join(' ')} `
  for (const { pattern, wording } of PHRASES) {
    const found = [...joined.matchAll(pattern)].filter(
      ({ groups }) => isName(groups?.['name']) && isName(groups?.['other']),
    )
    if (found.length === 0) continue
    fixed = replaceWords(
      fixed,
      found.map((match) => ({
        at: countWords(joined.slice(0, match.index)),
        count: countWords(match[0]),
        words: wording.split(' '),
      })),
    )
    joined = `${fixed.words.join(' ')} `
  }
  return fixed
}

function replaceWords(
  { words, segments, addresses }: TextWords,
  replacements: readonly { at: number; count: number; words: string[] }[],
): TextWords {
  const fixed: TextWords = { words: [], segments: [], addresses: [] }
  let from = 0
  for (const { at, count, words: wording } of replacements) {
    fixed.words.push(...words.slice(from, at), ...wording)
    fixed.segments.push(...segments.slice(from, at), ...wording.map(() => segments[at] ?? 0))
    fixed.addresses.push(...addresses.slice(from, at), ...wording.map(() => false))
    from = at + count
  }
  fixed.words.push(...words.slice(from))
  fixed.segments.push(...segments.slice(from))
  fixed.addresses.push(...addresses.slice(from))
  return fixed
}

/** How many words a text has, in which one blank follows each of them. */
function countWords(text: string): number {
  let count = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) count += 1
  return count
}

function phrase(pattern: string, wording: string): Phrase {
  return { pattern: new RegExp(`(?<![^ ])${pattern} `, 'gu'), wording }
}

/** A phrase without a name has nothing that could say more than its wording. */
function isName(name: string | undefined): boolean {
  return (
    name === undefined ||
    name
      .trimEnd()
      .split(' ')
      .every((word) => !TELLING_WORDS.has(word))
  )
}

/** Short lines around a licence that say nothing of their own: titles, headings, origins, and statements that only lead to licences. */
import { familyNames, isFamily } from './families.ts'
import { namesIn } from './license-names.ts'
import {
  DIRECTIONS,
  NAME_WORDS,
  isHarmlessName,
  isNameOfLicense,
  isTelling,
  lineSlice,
  namesLicense,
} from './names.ts'
import type { Line } from './names.ts'
import { textsToChooseFrom } from './choices.ts'
import { isMerePart, namesPart, speaksOfPart } from './package-parts.ts'
import { note } from './said.ts'
import type { Said } from './said.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import { wordSet } from './word-set.ts'

/** What the judgement rests on. */
export interface HarmlessContext {
  index: TextIndex
  /** The known text that the words stand around; absent where there is none. */
  known?: KnownText
  /** The words stand before it, or before what names a licence: only there is a line with words of its own a title. */
  leads?: boolean
}

/** Words of which titles and pointers are made, besides the names of the licence itself. */
const TITLE_WORDS = wordSet(`
  the a an this is are as under of for and or to in with by it its
  license licensed licenses licensing released distributed available provided published made open source free software
  project package library module code program plugin component font work file files repository content contents
  terms full text below following follows version v x all new revised modified simplified style clause expat
  copyright notice see legal information info details above root repository agreement spdx identifier filecopyrighttext
`)

const THINGS = wordSet(
  'project package library module code program plugin component font work file files repository software',
)
/** What a preposition may lead to in a title or statement: anything else says for whom, where or with what. */
const OBJECTS = wordSet(
  'details detail information info text texts terms license licenses copyright notice root directory full you choice option',
)
const SOME = wordSet('some one two three both following these those')
const BEFORE_OBJECTS = wordSet('the a an this these its their your more full further following')
/** Words of other licences' names, and of conditions, that no heading over a licence has. */
const OTHER_TERMS = wordSet(
  'gpl lgpl agpl gnu affero copyleft commons clause sspl busl bsl elastic polyform parity prosperity patron eula apache mozilla mpl eclipse epl cddl creative cc mit bsd isc zlib wtfpl unlicense public domain research version v addendum amendment appendix notice reserved some part parts nc nd bync byncsa ccby ccbync',
)
/** Words of statements by which the reader may choose. */
const CHOICE_WORDS = wordSet('dual dually tri either choice choose pick option any elect')
/** What else a statement about the licences of a file is made of; none of them can restrict. */
const STATEMENT_WORDS = wordSet(`
  you your may can use it them one two three both these those that which best suits development needs following
  accept accepted applies apply shown please texts at
`)
/** Words that grant something: a statement with one of them names a licence or leaves a choice. */
const GRANTING = wordSet('you your may can use accept accepted apply applies')
/** They go with the names of families and tell none. */
const FAMILY_WORDS = wordSet('public universal permissive')
const ORIGIN_START =
  /^(?:this (?:\w+ )?(?:is|contains|includes) )?(?:a |an )?(?:(?:derivative work|derived|adapted|ported|port|fork|forked|based|inspired|translated|taken|original work)(?: work)?(?: based)? (?:on|from|of|by|to)|bundled(?: with)?)(?= |$)/
const LICENSING = wordSet('licensed released distributed available provided under terms is are')
const MAX_TITLE_WORDS = 12
/** Words that no licence and few names have: what a work is called has fewer. */
const MAX_OWN_WORDS = 3
/** Holders have these in their names; in a title they say how far, for whom or how long. */
const OF_HOLDERS = wordSet('limited members years')
/** Nothing is called so but terms. */
const OF_TERMS = wordSet('license licenses licensed agreement agreements terms public domain eula')
/** Words of a name that has a part of its own. */
const MAX_PROJECT_NAME = 4
/** Words of licences that the titles of projects have as well. */
const TECHNICAL_WORDS = wordSet(`
  core sdk api client server http json xml yaml schema type types builder with static resolution typescript javascript
  node js actions proxy logo icon block cipher parser compiler runtime engine driver interface library tools notices note
  performance improvements specific blowfish openbsd freebsd netbsd linux windows macos unix browser browsers
`)
/** The same licence with changes, unless its name has them: many call licences of the BSD so. */
const CHANGED = wordSet('modified revised simplified style like')
const MONTHS = wordSet(
  'january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
)
const AUTHORSHIP = wordSet('author authors by contributor contributors maintainer maintainers')

/** A title, a heading, or names: a line that says nothing. */
export function isHarmlessLine(line: Line, { index, known, leads }: HarmlessContext): boolean {
  const { words } = line
  const mayBeName = (word: string): boolean => isTitleName(word, index)
  const isOfTitle = (word: string): boolean => {
    const number = index.numberOf(word)
    return number !== undefined && known?.titleWords.has(number) === true
  }
  const isTitleWord = (word: string): boolean =>
    TITLE_WORDS.has(word) || isOfTitle(word) || /^\d+$/.test(word)
  // `PSF license agreement for Python`: what the licence's own name leads to is nobody.
  const named = words.map((word) => isOfTitle(word) && !TITLE_WORDS.has(word))
  if (isOfChanged(words, (at) => named[at] === true, [...(known?.ids ?? []), ...words])) return false
  if (words.every(isTitleWord) && !saysMore(words, named)) return true
  // `Acme licence` over a known text is a title too; who says "under the Acme licence" points to another text.
  const subject = words.findIndex((word) => word === 'is' || word === 'are')
  if (subject > 0 && subject <= 4 && words.slice(subject).every(isTitleWord) && !saysMore(words)) {
    return words.slice(0, subject).every((word) => isTitleWord(word) || mayBeName(word))
  }
  const isTitle =
    words.length <= MAX_TITLE_WORDS &&
    !words.some((word) => LICENSING.has(word)) &&
    !DIRECTIONS.has(words[0] ?? '') &&
    !saysMore(
      words,
      [],
      (word, at) => TECHNICAL_WORDS.has(word) || (line.named[at] === true && isStrange(word, index)),
    ) &&
    words.every((word, at) => isTitleWord(word) || mayBeName(word) || isPartOfName(line, at, index))
  if (isTitle && (leads === true ? isTitleOfWork(line, index, known) : !hasOwnWords(line, index))) return true
  return (leads === true && isLoneName(line)) || isOrigin(line, index) || isAuthors(line, index)
}

/** Whether a line has words that no licence and few names have: what a work is called, or anything else. */
function hasOwnWords({ words }: Line, index: TextIndex): boolean {
  return words.some((word) => isOwnWord(word, index))
}

function isOwnWord(word: string, index: TextIndex): boolean {
  return (
    index.numberOf(word) === undefined &&
    !NAME_WORDS.has(word) &&
    !TECHNICAL_WORDS.has(word) &&
    !/^\d/.test(word)
  )
}

/** Few words of its own, and beside no text none that says whose licence it is: `Acme Community License` is one by itself. */
function isTitleOfWork({ words }: Line, index: TextIndex, known: KnownText | undefined): boolean {
  const own = words.filter((word) => isOwnWord(word, index))
  if (own.length === 0) return true
  // What is written in another script is read nowhere but as a holder.
  if (own.some((word) => !/^[\p{Script=Latin}\p{N}]+$/u.test(word))) return false
  return own.length <= MAX_OWN_WORDS && (known !== undefined || !words.some((word) => OF_TERMS.has(word)))
}

/** `bcrypt` in `bcrypt.js` and `bcrypt_pbkdf`: beside a part that is in no licence. */
function isPartOfName({ words, named }: Line, at: number, index: TextIndex): boolean {
  if (isTelling(words[at] ?? '') || OTHER_TERMS.has(words[at] ?? '')) return false
  if (words[at + 1] === 'js') return true
  if (words.length > MAX_PROJECT_NAME) return false
  return (
    named[at] === true &&
    [at - 1, at + 1].some((other) => named[other] === true && isStrange(words[other] ?? '', index))
  )
}

/** `Author:` before names. */
export function isAuthorLabel({ words }: Line): boolean {
  return words.length === 1 && AUTHORSHIP.has(words[0] ?? '')
}

/** No word of licences, and none that says something in another way. */
function isStrange(word: string, index: TextIndex): boolean {
  return index.numberOf(word) === undefined && !isTelling(word)
}

/** `Marked`, over the licence of a project of that name. */
function isLoneName({ words, named }: Line): boolean {
  const [word = ''] = words
  return (
    words.length === 1 &&
    named[0] === true &&
    !isTelling(word) &&
    !OTHER_TERMS.has(word) &&
    !isNameOfLicense(word)
  )
}

/** A word of a title: what projects are called and made of, and no word of licences. */
function isTitleName(word: string, index: TextIndex): boolean {
  if (OTHER_TERMS.has(word) || OF_HOLDERS.has(word) || isTelling(word) || isNameOfLicense(word)) return false
  return (
    NAME_WORDS.has(word) ||
    TECHNICAL_WORDS.has(word) ||
    /^\d/.test(word) ||
    index.numberOf(word) === undefined
  )
}

/** `Author: Zoe Quandt`, `Implementation advice by Zoe Quandt`. */
function isAuthors(line: Line, index: TextIndex): boolean {
  return line.words.slice(0, 3).some((word) => AUTHORSHIP.has(word)) && areNames(line, index)
}

/** `Dual licensed under MIT and Apache 2`, `License: MIT`: names of licences, and words that only lead to them. */
export function isStatement({ words }: Line, index: TextIndex, said: Said): boolean {
  const { ids, covered } = namesIn(words)
  const left = words.filter((_, at) => covered[at] !== true)
  const subject = left.findIndex((word) => word === 'is' || word === 'are')
  const rest = subject > 0 && subject <= 4 ? left.slice(subject) : left
  if (saysMore(words, covered) || !rest.every((word) => isStatementWord(word))) return false
  if (!left.every((word) => isStatementWord(word) || isTitleName(word, index))) return false
  const families = familyNames(left)
  if (isOfChanged(words, (at) => covered[at] === true || isFamily(words[at] ?? ''), [...ids, ...families]))
    return false
  const first = words.findIndex((word, at) => covered[at] === true || isFamily(word))
  const most = first !== -1 && namesPart(words.slice(first)) ? 0 : textsToChooseFrom(words)
  if (left.some((word) => GRANTING.has(word)) && ids.length + families.length + most === 0) return false
  note(said, ids, families)
  if (most > 0) said.choices.push({ ids, families, most })
  else if (ids.length + families.length > 0 && speaksOfPart(left)) said.assigns = true
  if (subject > 0 && isMerePart(left.slice(0, subject))) said.ofPart = true
  return true
}

/** Whether a licence other than one of the BSD is said to be a changed one: that is not the licence of its name. */
function isOfChanged(
  words: readonly string[],
  isName: (at: number) => boolean,
  names: readonly string[],
): boolean {
  return (
    words.some(
      (word, at) =>
        CHANGED.has(word) &&
        (words[at + 1] === 'version' || words[at - 1] === 'license' || isName(at - 1) || isName(at + 1)),
    ) && !names.some((name) => /bsd/i.test(name))
  )
}

/**
 * `For use in open source projects` is made of the same words as harmless statements, and is none: a preposition leads
 * to the licence, its file or this work, and to nobody. Nor may a line speak of a part of the files, or of other terms.
 */
function saysMore(
  words: readonly string[],
  covered: readonly boolean[] = [],
  isObject: (word: string, at: number) => boolean = () => false,
): boolean {
  return words.some((word, at) => {
    let object = at + 1
    while (BEFORE_OBJECTS.has(words[object] ?? '')) object += 1
    const isDefinite = object > at + 1
    const head = words[object]
    if (word === 'agreement') return words[at - 1] !== 'license'
    if (word === 'available') return words[at - 1] === 'source'
    if (word === 'see') return head === 'terms'
    if (word === 'from' || word === 'of' || word === 'by' || word === 'since') return isDate(words[at + 1])
    if (SOME.has(word)) return THINGS.has(words[at + 1] ?? '')
    if (!DIRECTIONS.has(word)) return false
    // Behind `at` the address was left out.
    if (word === 'at' && (head === undefined || head === 'and')) return false
    if (head === undefined) return true
    if (covered[object] === true || isObject(head, object)) return false
    // `You may use it with this library`.
    const isLimited = word === 'with' && words.includes('use')
    return !OBJECTS.has(head) && !(isDefinite && THINGS.has(head) && !isLimited)
  })
}

/** From then on, and nobody knows what holds until then. */
function isDate(word = ''): boolean {
  return MONTHS.has(word) || /^(?:19|20)\d\d$/.test(word)
}

function isStatementWord(word: string): boolean {
  return (
    TITLE_WORDS.has(word) ||
    CHOICE_WORDS.has(word) ||
    isFamily(word) ||
    FAMILY_WORDS.has(word) ||
    STATEMENT_WORDS.has(word) ||
    /^\d+$/.test(word)
  )
}

/** `Based on …`, `This is a fork of …`: where it comes from, as long as nothing more is said. */
function isOrigin(line: Line, index: TextIndex): boolean {
  const [start = ''] = ORIGIN_START.exec(line.words.join(' ')) ?? []
  if (start === '') return false
  return areNames(lineSlice(line, start.split(' ').length), index)
}

/** `Http Client`, or further holders below a copyright line: names, none of them another licence's. */
export function areNames(line: Line, index: TextIndex): boolean {
  return (
    isHarmlessName(line, index) && !namesLicense(line) && !line.words.some((word) => OTHER_TERMS.has(word))
  )
}

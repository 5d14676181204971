/**
 * The closed list of what may stand around a licence, or in a place meant for it, without changing what the licence
 * says: copyright lines, titles, names, addresses, and a few sentences known word for word. Everything else counts.
 */
import { KNOWN_SENTENCES } from './known-sentences.ts'
import type { KnownSentence } from './known-sentences.ts'
import { namesIn } from './license-names.ts'
import { TELLING_WORDS } from './telling-words.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import type { TextWords } from './text-words.ts'

/** What the judgement rests on. */
export interface HarmlessContext {
  index: TextIndex
  /** The known text that the words stand around; absent where there is none. */
  known?: KnownText
}

/** No copyright line, title or list of authors is longer, in words. */
const MAX_NAME_WORDS = 60
/** Lines that one statement may go over. */
const MAX_LINES = 4
const MAX_REST_WORDS = 1500

/** Common words that names, copyright lines and addresses have and that restrict nothing. */
const NAME_WORDS = wordSet(`
  copyright c copr portions portion parts some all rights reserved right by and or the of for in on at to a an de la et al
  inc incorporated llc ltd limited corp corporation co company gmbh ag sa bv foundation consortium association
  project projects contributors contributor contributing authors author developers developer maintainers maintainer
  team community group others other members its his their affiliates subsidiaries partners holder holders owner owners
  present current year years date now since university universities california regents institute college school
  laboratory laboratories technology technologies technical systems system software labs lab studio open source free
  web internet international global digital science computer computing information network networks research
  http www com org net io dev github gitlab bitbucket git email mailto html htm txt md php blob master main tree
  name names code file files library package module program document written created developed designed maintained
  implementation version originally original based from with via see also contact jr sr dr mr ms i ii iii iv x
  january february march april june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec de us usa uk city state states united national american european public center services service
`)

/** Words of which titles and pointers are made, besides the names of the licence itself. */
const TITLE_WORDS = wordSet(`
  the a an this is are as under of for and or to in with by it its
  license licensed licenses licensing released distributed available provided published made open source free software
  project package library module code program plugin component font work file files repository content contents
  terms full text below following follows version v x all new revised modified simplified style clause expat
  copyright notice see legal information info details agreement above root repository readme link
`)

/** A range of words that stands before, behind or between the words of a known text. */
export interface Rest {
  text: TextWords
  /** Of {@link knownSentences}. */
  sentences: readonly (KnownSentence | undefined)[]
  from: number
  to: number
}

/** What the words around a known text say. */
export interface RestMeaning {
  /** The first words that are not harmless; undefined if all of them are. */
  telling?: string
  /** Licences that harmless sentences speak of. */
  mentions: string[]
  /** They leave the choice between the licences of the file. */
  choice: boolean
  /** They name a family of licences without saying which of them. */
  vague: boolean
}

/** Reads the words before or behind a known text. */
export function readRest(rest: Rest, context: HarmlessContext): RestMeaning {
  const { text, sentences, from, to } = rest
  const meaning: RestMeaning = { mentions: [], choice: false, vague: false }
  if (from >= to) return meaning
  if (to - from > MAX_REST_WORDS) return { ...meaning, telling: text.words.slice(from, from + 12).join(' ') }
  const segments = segmentsOf(text, from, to)
  let afterName = false
  for (let at = 0; at < segments.length; at += 1) {
    const words = wordsAt(text, placesOf(text, ...segmentAt(segments, at, at)))
    const isName: boolean = isCopyrightLine(words, context) || (afterName && isHarmlessName(words))
    if (words.length === 0) continue
    afterName = isName
    if (isName) continue
    const last = lastOfStatement(at)
    if (last === undefined) {
      const [start] = segmentAt(segments, at, at)
      return { ...meaning, telling: text.words.slice(start, Math.min(to, start + 40)).join(' ') }
    }
    at = last
  }
  return meaning

  /** The last of the lines that make one harmless statement from a line on: a sentence may go over several. */
  function lastOfStatement(first: number): number | undefined {
    for (let last = first; last < Math.min(segments.length, first + MAX_LINES); last += 1) {
      const places = placesOf(text, ...segmentAt(segments, first, last))
      const known = places.flatMap((place) => sentences[place] ?? [])
      const left = wordsAt(
        text,
        places.filter((place) => sentences[place] === undefined),
      )
      if (left.length > 0 && !isStatement(left, context, meaning) && !isHarmlessSegment(left, context))
        continue
      for (const sentence of known) note(sentence, meaning)
      return last
    }
    return undefined
  }
}

function note(sentence: KnownSentence, meaning: RestMeaning): void {
  for (const id of sentence.mentions) if (!meaning.mentions.includes(id)) meaning.mentions.push(id)
  if (sentence.choice) meaning.choice = true
}

/** Whether words that stand in the middle of a licence are a copyright line, an address, or a known sentence. */
export function isHarmlessInside({ text, sentences, from, to }: Rest, context: HarmlessContext): boolean {
  const left = placesOf(text, from, to).filter((at) => sentences[at] === undefined)
  return left.length === 0 || isCopyrightLine(wordsAt(text, left), context)
}

/** Whether words may stand where a licence has a name, a year or a placeholder. */
export function isHarmlessName(words: string[]): boolean {
  return words.length <= MAX_NAME_WORDS && !words.some((word) => TELLING_WORDS.has(word))
}

function isHarmlessSegment(words: string[], { index, known }: HarmlessContext): boolean {
  const isTitleWord = (word: string): boolean => {
    const number = index.numberOf(word)
    return (
      TITLE_WORDS.has(word) ||
      (number !== undefined && known?.titleWords.has(number) === true) ||
      /^\d+$/.test(word)
    )
  }
  if (words.every(isTitleWord) && !limitsUse(words)) return true
  // `Acme licence` over a known text is a title too; who says "under the Acme licence" points to another text.
  const subject = words.findIndex((word) => word === 'is' || word === 'are')
  if (subject > 0 && subject <= 4 && words.slice(subject).every(isTitleWord)) {
    return words.slice(0, subject).every((word) => isTitleWord(word) || isNameWord(word, index))
  }
  if (words.length <= 8 && words.every((word) => isTitleWord(word) || isNameWord(word, index))) {
    return !words.some((word) => LICENSING.has(word))
  }
  if (isOrigin(words) || isHeading(words, index)) return true
  return words.length <= MAX_NAME_WORDS && words.every((word) => isNameWord(word, index))
}

const MAX_HEADING_WORDS = 14
/** Words of other licences' names, and of conditions, that no heading over a licence has. */
const OTHER_TERMS = wordSet(
  'gpl lgpl agpl gnu affero copyleft commons clause sspl busl bsl elastic polyform parity prosperity patron eula apache mozilla mpl eclipse epl cddl creative cc mit bsd isc zlib wtfpl unlicense public domain research version v addendum amendment appendix notice reserved',
)
const USING = wordSet('use free used')
const CIRCUMSTANCE = wordSet('for in with by on to')
/** In a statement with one of these the reader may choose. */
const CHOICE_WORDS = wordSet('dual dually tri either choice choose pick option any elect')
/** What else a statement about the licences of a file is made of; none of them can restrict. */
const STATEMENT_WORDS = wordSet(`
  you your may can use it them one two three both these those that which best suits development needs following
  accept accepted applies apply shown please texts at
`)
/** Families of licences: named so, they tell no version. */
const FAMILY_WORDS = wordSet(
  'academic afl gpl gplv2 gplv3 lgpl lgplv2 lgplv3 agpl agplv3 bsd mit apache mozilla mpl upl isc wtfpl public domain universal permissive gnu lesser affero',
)
const ORIGIN_START =
  /^(?:this (?:\w+ )?(?:is|contains|includes) )?(?:a |an )?(?:(?:derivative work|derived|adapted|ported|port|fork|forked|based|inspired|translated|taken|original work)(?: work)?(?: based)? (?:on|from|of|by|to)|bundled)(?= |$)/
const LICENSING = wordSet('licensed released distributed available provided under terms')
const COPYRIGHT_START =
  /^(?:(?:portions?|parts?|some parts?)(?: of this software)?(?: are)? )?(?:copyright|c(?= \d)|c copyright|all rights reserved)/

/** `Copyright (c) 2020 Somebody`, perhaps with the name of this very licence behind it, as long as it says nothing more. */
function isCopyrightLine(words: string[], context: HarmlessContext): boolean {
  const lead = words.slice(0, 7).findIndex((word) => word === 'copyright')
  const isLed = lead > 0 && isHarmlessName(words.slice(0, lead))
  const [start = ''] = COPYRIGHT_START.exec(words.slice(isLed ? lead : 0).join(' ')) ?? []
  if (start === '') return false
  const rest = words.slice((isLed ? lead : 0) + start.split(' ').length)
  if (isHarmlessName(rest)) return true
  const telling = rest.findIndex((word) => TELLING_WORDS.has(word))
  return isHarmlessName(rest.slice(0, telling)) && isHarmlessSegment(rest.slice(telling), context)
}

/** `Dual licensed under MIT and Apache 2`, `License: MIT`: names of licences, and words that only lead to them. */
function isStatement(words: string[], { index }: HarmlessContext, meaning: RestMeaning): boolean {
  const { ids, covered } = namesIn(words)
  const left = words.filter((_, at) => covered[at] !== true)
  const subject = left.findIndex((word) => word === 'is' || word === 'are')
  const rest = subject > 0 && subject <= 4 ? left.slice(subject) : left
  if (limitsUse(left) || !rest.every((word) => isStatementWord(word))) return false
  if (
    !left
      .slice(0, left.length - rest.length)
      .every((word) => isStatementWord(word) || isNameWord(word, index))
  ) {
    return false
  }
  for (const id of ids) if (!meaning.mentions.includes(id)) meaning.mentions.push(id)
  if (left.some((word) => CHOICE_WORDS.has(word))) meaning.choice = true
  if (left.some((word) => FAMILY_WORDS.has(word))) meaning.vague = true
  return true
}

/** `For use in open source projects` is made of the same words as harmless statements, and is none. */
function limitsUse(words: readonly string[]): boolean {
  return words.some((word) => USING.has(word)) && words.some((word) => CIRCUMSTANCE.has(word))
}

function isStatementWord(word: string): boolean {
  return (
    TITLE_WORDS.has(word) ||
    CHOICE_WORDS.has(word) ||
    FAMILY_WORDS.has(word) ||
    STATEMENT_WORDS.has(word) ||
    /^\d+$/.test(word)
  )
}

/** `Based on …`, `This is a fork of …`: where it comes from, as long as nothing more is said. */
function isOrigin(words: string[]): boolean {
  const [start = ''] = ORIGIN_START.exec(words.join(' ')) ?? []
  return start !== '' && isHarmlessName(words.slice(start.split(' ').length))
}

/** `Http client for Node.js`: a short line without a word that says what may be done. */
function isHeading(words: string[], index: TextIndex): boolean {
  if (words.length > MAX_HEADING_WORDS || !isHarmlessName(words)) return false
  if (words.some((word) => OTHER_TERMS.has(word))) return false
  // `for students` says for whom; `for Node.js` does not.
  return words.every((word, at) => {
    const next = words[at + 1]
    return word !== 'for' || next === 'node' || (next !== undefined && index.numberOf(next) === undefined)
  })
}

/** A number, a word that no or few licences have, or one of those that names are made of. */
function isNameWord(word: string, index: TextIndex): boolean {
  if (NAME_WORDS.has(word) || /^\d/.test(word)) return true
  const number = index.numberOf(word)
  return number === undefined || !index.isCommon(number)
}

/** The known sentence that each word belongs to, if it does; addresses are passed over. */
export function knownSentences(text: TextWords): (KnownSentence | undefined)[] {
  const by: (KnownSentence | undefined)[] = []
  const places = placesOf(text, 0, text.words.length)
  const joined = wordsAt(text, places).join(' ')
  for (const sentence of KNOWN_SENTENCES) {
    for (const { 0: found, index } of joined.matchAll(sentence.pattern)) {
      const first = index === 0 ? 0 : joined.slice(0, index - 1).split(' ').length
      const last = first + found.split(' ').length
      for (const at of places.slice(first, last)) by[at] ??= sentence
    }
  }
  return by
}

function segmentAt(segments: readonly [number, number][], first: number, last: number): [number, number] {
  return [segments[first]?.[0] ?? 0, segments[last]?.[1] ?? 0]
}

function wordsAt({ words }: TextWords, places: readonly number[]): string[] {
  return places.map((at) => words[at] ?? '')
}

/** Places of the words that are not part of an address. */
function placesOf(text: TextWords, from: number, to: number): number[] {
  const places: number[] = []
  for (let at = from; at < to; at += 1) if (text.addresses[at] !== true) places.push(at)
  return places
}

function segmentsOf({ segments }: TextWords, from: number, to: number): [number, number][] {
  const found: [number, number][] = []
  let start = from
  for (let at = from + 1; at <= to; at += 1) {
    if (at < to && segments[at] === segments[start]) continue
    found.push([start, at])
    start = at
  }
  return found
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''))
}

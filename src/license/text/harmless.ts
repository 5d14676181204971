/**
 * The closed list of what may stand around a licence, or in a place meant for it, without changing what the licence
 * says: copyright lines, titles, names, addresses, and a few sentences known word for word. Everything else counts.
 */
import { KNOWN_SENTENCES } from './known-sentences.ts'
import { TELLING_WORDS } from './telling-words.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import type { TextWords } from './text-words.ts'

/** What the judgement rests on. */
export interface HarmlessContext {
  index: TextIndex
  known: KnownText
}

/** No copyright line, title or list of authors is longer, in words. */
const MAX_NAME_WORDS = 60
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
  terms use full text below following follows version v x all new revised modified simplified style clause expat
  copyright notice see legal information info details
`)

/** A range of words that stands before, behind or between the words of a known text. */
export interface Rest {
  text: TextWords
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
}

/** Reads the words before or behind a known text. */
export function readRest(rest: Rest, context: HarmlessContext): RestMeaning {
  const { text, from, to } = rest
  const meaning: RestMeaning = { mentions: [], choice: false }
  if (from >= to) return meaning
  const covered = cover(text.words.slice(from, to), meaning)
  if (to - from > MAX_REST_WORDS) return { ...meaning, telling: text.words.slice(from, from + 12).join(' ') }
  let afterName = false
  for (const [start, end] of segmentsOf(text, from, to)) {
    const words = text.words.slice(start, end).filter((_, at) => covered[start - from + at] !== true)
    const said = words.filter((_, at) => text.addresses[start + at] !== true)
    if (said.length === 0) continue
    const isName: boolean = isCopyrightLine(said, context) || (afterName && isHarmlessName(said))
    if (!isName && !isChoice(said, context, meaning) && !isHarmlessSegment(said, context)) {
      return { ...meaning, telling: text.words.slice(start, Math.min(to, start + 40)).join(' ') }
    }
    afterName = isName
  }
  return meaning
}

/** Whether words that stand in the middle of a licence are a copyright line, or a known sentence. */
export function isHarmlessInside(words: string[], context: HarmlessContext): boolean {
  const covered = cover(words, { mentions: [], choice: false })
  const left = words.filter((_, at) => covered[at] !== true)
  return left.length === 0 || isCopyrightLine(left, context)
}

/** Whether words may stand where a licence has a name, a year or a placeholder. */
export function isHarmlessName(words: string[]): boolean {
  return words.length <= MAX_NAME_WORDS && !words.some((word) => TELLING_WORDS.has(word))
}

function isHarmlessSegment(words: string[], { index, known }: HarmlessContext): boolean {
  const isTitleWord = (word: string): boolean => {
    const number = index.numberOf(word)
    return (
      TITLE_WORDS.has(word) || (number !== undefined && known.titleWords.has(number)) || /^\d+$/.test(word)
    )
  }
  if (words.every(isTitleWord)) return true
  // `Acme licence` over a known text is a title too; who says "under the Acme licence" points to another text.
  const subject = words.findIndex((word) => word === 'is' || word === 'are')
  if (subject > 0 && subject <= 4 && words.slice(subject).every(isTitleWord)) {
    return words.slice(0, subject).every((word) => isTitleWord(word) || isNameWord(word, index))
  }
  if (words.length <= 8 && words.every((word) => isTitleWord(word) || isNameWord(word, index))) {
    return !words.some((word) => LICENSING.has(word))
  }
  return words.length <= MAX_NAME_WORDS && words.every((word) => isNameWord(word, index))
}

const LICENSING = wordSet('licensed released distributed available provided under terms')
const COPYRIGHT_START =
  /^(?:(?:portions?|parts?|some parts?)(?: of this software)?(?: are)? )?(?:copyright|c(?= \d)|c copyright|all rights reserved)/

/** `Copyright (c) 2020 Somebody`, perhaps with the name of this very licence behind it, as long as it says nothing more. */
function isCopyrightLine(words: string[], context: HarmlessContext): boolean {
  const [start = ''] = COPYRIGHT_START.exec(words.join(' ')) ?? []
  if (start === '') return false
  const rest = words.slice(start.split(' ').length)
  if (isHarmlessName(rest)) return true
  const telling = rest.findIndex((word) => TELLING_WORDS.has(word))
  return isHarmlessName(rest.slice(0, telling)) && isHarmlessSegment(rest.slice(telling), context)
}

/** `Dual licensed under MIT and Apache 2`: the names of known texts and nothing else. */
function isChoice(words: string[], { index }: HarmlessContext, meaning: RestMeaning): boolean {
  const at = words.findIndex((word) => word === 'dual' || word === 'dually')
  if (at === -1 || at > 6 || !/^licens/.test(words[at + 1] ?? '')) return false
  if (isHarmlessName(words.slice(0, at)) || words.slice(0, at).every((word) => TITLE_WORDS.has(word))) {
    const names = words.slice(at + 2)
    if (!names.every((word) => TITLE_WORDS.has(word) || /^v?\d+$/.test(word) || index.isTitle(word)))
      return false
    meaning.choice = true
    return true
  }
  return false
}

/** A number, a word that no or few licences have, or one of those that names are made of. */
function isNameWord(word: string, index: TextIndex): boolean {
  if (NAME_WORDS.has(word) || /^\d/.test(word)) return true
  const number = index.numberOf(word)
  return number === undefined || !index.isCommon(number)
}

/** Marks the words of known sentences, and notes what they say. */
function cover(words: string[], meaning: RestMeaning): boolean[] {
  const covered: boolean[] = []
  const joined = words.join(' ')
  for (const { pattern, mentions, choice } of KNOWN_SENTENCES) {
    for (const { 0: found, index } of joined.matchAll(pattern)) {
      const first = index === 0 ? 0 : joined.slice(0, index - 1).split(' ').length
      const count = found.split(' ').length
      if (covered[first] === true) continue
      for (let at = first; at < first + count; at += 1) covered[at] = true
      meaning.mentions.push(...mentions)
      if (choice) meaning.choice = true
    }
  }
  return covered
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

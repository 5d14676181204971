/**
 * The closed list of what may stand around a licence, or in a place meant for it, without changing what the licence
 * says: copyright lines, titles, names, addresses, and a few sentences known word for word. Everything else counts.
 */
import type { KnownSentence } from './known-sentences.ts'
import { namesIn } from './license-names.ts'
import { isHarmlessName, isTelling, isTellingAt, lineSlice, namesLicense } from './names.ts'
import type { Line } from './names.ts'
import { familyOfAddress, isOfFamily } from './families.ts'
import { namesPart, speaksOfPart } from './package-parts.ts'
import { note, nothingSaid } from './said.ts'
import type { Said } from './said.ts'
import { areNames, isAuthorLabel, isHarmlessLine, isStatement } from './statements.ts'
import type { HarmlessContext } from './statements.ts'
import { isOfSteward, isPlaceOfLimits, leadsToTerms } from './telling-addresses.ts'
import type { TextWords } from './text-words.ts'
import { wordSet } from './word-set.ts'

/** Lines that one statement may go over. */
const MAX_LINES = 4
const MAX_REST_WORDS = 1500
/** Words that stand between a label and an address: `License: see https://…`. */
const LEADING = wordSet(
  'see available at here under is the from can be found visit read text full online details or and',
)
const MAX_LABEL = 5
/** Words of labels that lead to an address without one of those. */
const OF_LABEL = wordSet(
  'the full license licensing text terms and conditions of use legal agreement information',
)

/** A range of words that stands before, behind or between the words of a known text. */
export interface Rest {
  text: TextWords
  /** Of {@link knownSentences}. */
  sentences: readonly (KnownSentence | undefined)[]
  from: number
  to: number
}

/** What the words around a known text say. */
export interface RestMeaning extends Said {
  /** The first words that are not harmless; undefined if all of them are. */
  telling?: string
}

/** Reads the words before or behind a known text. */
export function readRest(rest: Rest, context: HarmlessContext): RestMeaning {
  const { text, sentences, from, to } = rest
  const meaning: RestMeaning = nothingSaid()
  if (from >= to) return meaning
  if (to - from > MAX_REST_WORDS) return { ...meaning, telling: text.words.slice(from, from + 12).join(' ') }
  for (const family of familiesIn(rest)) meaning.families.push(family)
  const segments = segmentsOf(text, from, to)
  let afterName = false
  for (let at = 0; at < segments.length; at += 1) {
    const line = lineOf(at)
    if (pointsToTerms(at)) return objection(at)
    if (line.words.length === 0) continue
    // What is reserved below the name of a part is that part.
    if (isReserved(line) && namesPart(lineOf(at - 1).words)) return objection(at)
    const isName: boolean =
      isCopyrightLine(line, context) ||
      (at === 0 && isCopyrightLine(wholeLine(text, from, to), context)) ||
      isAuthorLabel(line) ||
      (afterName && areNames(line, context.index) && !namesAnother(line, context))
    afterName = isName
    if (isName) continue
    const last = lastOfStatement(at)
    if (last === undefined) return objection(at)
    at = last
  }
  return meaning

  function lineOf(at: number): Line {
    return lineAt(text, placesOf(text, ...segmentAt(segments, at, at)))
  }

  /** What a known sentence says of an address has been read. */
  function pointsToTerms(at: number): boolean {
    const [start, end] = segmentAt(segments, at, at)
    const places = placesOf(text, start, end)
    const free = places.filter((place) => sentences[place] === undefined)
    if (free.length < places.length && free.length === 0) return false
    const { words } = lineAt(text, free)
    const before = at > 0 && words.every((word) => LEADING.has(word)) ? lineOf(at - 1).words : []
    const isLabel = words.length > 0 ? before.length <= MAX_LABEL : before.every((word) => OF_LABEL.has(word))
    return leadsToTerms(isLabel ? [...before, ...words] : words, addressesIn(text, start, end))
  }

  function objection(at: number): RestMeaning {
    const [start] = segmentAt(segments, at, at)
    return { ...meaning, telling: text.words.slice(start, Math.min(to, start + 40)).join(' ') }
  }

  /** The last of the lines that make one harmless statement from a line on: a sentence may go over several. */
  function lastOfStatement(first: number): number | undefined {
    const choices = meaning.choices.length
    for (let last = first; last < Math.min(segments.length, first + MAX_LINES); last += 1) {
      const places = placesOf(text, ...segmentAt(segments, first, last))
      const known = places.flatMap((place) => sentences[place] ?? [])
      const left = lineAt(
        text,
        places.filter((place) => sentences[place] === undefined),
      )
      if (
        !(known.length > 0 && isCopyrightLine(left, context)) &&
        !isStatement(left, context.index, meaning) &&
        !isSigned(left) &&
        !isHarmlessLine(left, context)
      )
        continue
      // Behind a choice, or behind a licence, the title of a part says that what follows is for that part.
      if (meaning.choices.length === choices && (context.leads !== true || choices > 0))
        meaning.assigns ||= speaksOfPart(left.words)
      for (const sentence of new Set(known)) noteSentence(sentence, meaning)
      return last
    }
    return undefined
  }

  /** `MIT © Zoe Quandt`. */
  function isSigned(line: Line): boolean {
    const at = line.words.findIndex((word, place) => place > 0 && (word === 'c' || word === 'copyright'))
    const holder = lineSlice(line, at + 1)
    const said = nothingSaid()
    const isNamed =
      at !== -1 &&
      isHarmlessName(holder, context.index) &&
      !namesLicense(holder) &&
      !namesAnother(holder, context) &&
      isStatement(lineSlice(line, 0, at), context.index, said) &&
      said.mentions.length + said.families.length > 0
    if (isNamed) note(meaning, said.mentions, said.families)
    return isNamed
  }
}

/** The line that a range begins in: of a licence that ends with a copyright notice, the end may be another holder. */
function wholeLine(text: TextWords, from: number, to: number): Line {
  let start = from
  while (start > 0 && text.segments[start - 1] === text.segments[from]) start -= 1
  let end = from
  while (end < to && text.segments[end] === text.segments[from]) end += 1
  return lineAt(text, placesOf(text, start, end))
}

function noteSentence(sentence: KnownSentence, said: Said): void {
  note(said, sentence.mentions, sentence.families)
  if (sentence.choice) said.choices.push({ ids: [], families: sentence.choice, most: Infinity })
  said.ofPart ||= sentence.speaksOf === 'part'
  said.ofOthers ||= sentence.speaksOf === 'others'
}

/**
 * Whether words that stand in the middle of a licence are a copyright line, an address, or a sentence that may stand there.
 * In the midst of what the licence says, a copyright line is only one that has lines of its own.
 */
export function isHarmlessInside(rest: Rest, context: HarmlessContext, inBody: boolean): boolean {
  if (leadsElsewhere(rest, context)) return false
  const { text, sentences, from, to } = rest
  const left = placesOf(text, from, to).filter((at) => sentences[at]?.inside !== true)
  if (left.length === 0) return addressesIn(text, from, to).every(isOfSteward)
  if (inBody && !(startsSegment(text, from) && startsSegment(text, to))) return false
  return isCopyrightLine(lineAt(text, left), context)
}

/** Whether a line or sentence begins with a word. */
export function startsSegment({ segments }: TextWords, at: number): boolean {
  return segments[at] !== segments[at - 1]
}

function addressesIn({ words, addresses }: TextWords, from: number, to: number): string[] {
  return words.slice(from, to).filter((_, at) => addresses[from + at] === true)
}

/** The families of licences that the addresses in a range lead to, unless a known sentence leads there. */
function familiesIn({ text: { words, addresses }, sentences, from, to }: Rest): string[] {
  const families: string[] = []
  for (let at = from; at < to; at += 1) {
    const family =
      addresses[at] === true && sentences[at - 1] === undefined ? familyOfAddress(words[at] ?? '') : undefined
    if (family !== undefined) families.push(family)
  }
  return families
}

/** Whether words that stand where a licence has a name, a year or a placeholder are such, on each line. */
export function isHarmlessInPlace(rest: Rest, context: HarmlessContext): boolean {
  if (leadsElsewhere(rest, context)) return false
  const { text, from, to } = rest
  const { index } = context
  return segmentsOf(text, from, to).every((segment, at) => {
    const line = lineAt(text, placesOf(text, ...segment))
    if (at > 0 && line.words[0] !== 'copyright')
      return isReserved(line) || (areNames(line, index) && !namesAnother(line, context))
    return isHarmlessName(line, index) && !namesLicense(line) && !namesAnother(line, context)
  })
}

/** Whether an address leads to another licence than the known one. */
function leadsElsewhere(rest: Rest, { known }: HarmlessContext): boolean {
  return (
    familiesIn(rest).some((family) => !isOfFamily(family, known?.ids ?? [])) ||
    addressesIn(rest.text, rest.from, rest.to).some(isPlaceOfLimits)
  )
}

function isReserved({ words }: Line): boolean {
  return words.join(' ') === 'all rights reserved'
}

const COPYRIGHT_START =
  /^(?:(?:portions?|parts?|some parts?)(?: of this software)?(?: are)? )?(?:(?:c )?copyright(?:s|ed)?(?=[\d ]|$)|c(?= \d)|all rights reserved(?= |$)|(?:19|20)\d\d(?= ))/

/** `Copyright (c) 2020 Somebody`, perhaps with the name of this very licence behind it, as long as it says nothing more. */
function isCopyrightLine(line: Line, context: HarmlessContext): boolean {
  const { words } = line
  const { index } = context
  const lead = words.slice(0, 7).indexOf('copyright')
  const isLed =
    lead > 0 && !namesPart(words.slice(0, lead)) && isHarmlessName(lineSlice(line, 0, lead), index)
  const [start = ''] = COPYRIGHT_START.exec(words.slice(isLed ? lead : 0).join(' ')) ?? []
  if (start === '') return false
  const rest = lineSlice(line, (isLed ? lead : 0) + start.split(' ').length)
  // Who reserves something for somebody does not mean all of it.
  if (start.endsWith('reserved') && rest.words[0] === 'for') return false
  if (isHarmlessName(rest, index)) return !namesLicense(rest) && !namesAnother(rest, context)
  const telling = rest.words.findIndex((_, at) => isTellingAt(rest, at))
  const holder = lineSlice(rest, 0, telling)
  return (
    telling !== -1 &&
    isHarmlessName(holder, index) &&
    !namesLicense(holder) &&
    !namesAnother(holder, context) &&
    leadsToLicense(rest.words, telling, context) &&
    isHarmlessLine(lineSlice(rest, telling), context)
  )
}

/** Whether a line has the id of another licence: one with a version, for others are called like companies and projects. */
function namesAnother({ words }: Line, { known }: HarmlessContext): boolean {
  return namesIn(words).ids.some((id) => /\d/.test(id) && known?.ids.includes(id) !== true)
}

/** `Somebody, licensed under …` or `Somebody, MIT License`; a licence of another name is not this one. */
function leadsToLicense(words: readonly string[], at: number, { index, known }: HarmlessContext): boolean {
  if (
    /^(?:(?:is|are) )?(?:licensed|released|distributed|under|made available)(?: |$)/.test(
      words.slice(at, at + 3).join(' '),
    )
  )
    return true
  const before = index.numberOf(words[at - 1] ?? '')
  return words[at] === 'license' && before !== undefined && known?.titleWords.has(before) === true
}

function segmentAt(segments: readonly [number, number][], first: number, last: number): [number, number] {
  return [segments[first]?.[0] ?? 0, segments[last]?.[1] ?? 0]
}

function lineAt({ words, named }: TextWords, places: readonly number[]): Line {
  return { words: places.map((at) => words[at] ?? ''), named: places.map((at) => named[at] === true) }
}

/** Places of the words that are not part of an address. */
function placesOf(text: TextWords, from: number, to: number): number[] {
  const places: number[] = []
  for (let at = from; at < to; at += 1) {
    // `Zoe Quandt until <commit>` says who held the copyright of which lines.
    const isPoint =
      text.words[at] === 'until' &&
      text.addresses[at + 1] === true &&
      text.named[at - 1] === true &&
      !isTelling(text.words[at - 1] ?? '')
    if (text.addresses[at] !== true && !isPoint) places.push(at)
  }
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

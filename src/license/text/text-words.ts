/**
 * Cuts a licence text into words as the SPDX matching guidelines compare them: without case, white space, punctuation,
 * comment markers, bullets and spelling variants.
 */
import { seenText } from './seen-text.ts'
import { isTelling } from './names.ts'
import { saysSomething } from './telling-addresses.ts'
import { PAIR_STARTS, SAME_PAIR, SAME_WORD } from './word-variants.ts'

/** The words of a text, and for each where it stood. */
export interface TextWords {
  words: string[]
  /** The segment (line or sentence) of each word, counted from 0. */
  segments: number[]
  /** Whether each word is part of a web or mail address. */
  addresses: boolean[]
  /** Whether each word is written as names are: with a capital or a digit, as a short acronym, joined by hyphens, or in a script without case. */
  named: boolean[]
}

// What stands before them is asked behind them: asked first, it would be asked at each place of the text.
const APOSTROPHE = /['’‘`ʼ](?<=\p{L}['’‘`ʼ])(?=\p{L})/gu
const ASCII_APOSTROPHE = /['`](?<=[a-z]['`])(?=[a-z])/gi
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/uy
const NO_WORD = /[^\p{L}\p{N}]*/uy
/** With a scheme or an @, or in brackets with a dot, no blank and an end that sites have, as authors give theirs. */
const ADDRESS =
  /(?<![\w.-])(?:[\w-]{1,63}\.){1,8}(?:org|com|net|io|dev)\/[\w./#?=&%+-]+|(?:\bhttps?:\/\/|\bgit(?:\+\w{1,8})?:\/\/|\bwww\.(?=[\w-]+\.[a-z]{2}))[^\s<>"')\]]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|(?<=[<(])(?:[\w-]{1,63}\.){1,8}(?:[a-z]{2}|com|org|net|edu|gov|info|name|dev|app|xyz|tech|site|online|page|blog|cloud|software|codes|systems|design|studio|ninja|link|pro|space|live|team|tools|works|world|rocks|network)(?:\/[^\s<>()]*)?(?=[>)])/g
/** Each address has one of these, so that most words are never held against the pattern above. */
const OF_ADDRESS = /@|:\/\/|www\.|\.(?:org|com|net|io|dev)\/|[<(][\w-]{1,63}\./g
const NO_BLANK = /\S*/y
/** Signs of money beside a number, and codes that are no words. Behind one and a blank, a dollar ends a keyword of RCS. */
const PRICE =
  /[$€£¥₹](?=[ \t]?\d)|(?<=\d)\$|(?<=\d[ \t]?)(?:[€£¥₹]|(?:CHF|GBP|JPY)\b)|\b(?:CHF|GBP|JPY)(?=[ \t]?\d)/g
/** Asked only where such signs begin, so that each is looked at once. */
const CLOSING_SIGNS = /(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/u
/** What is left of characters that were saved in one encoding and read in another. */
const MOJIBAKE = new Set(['â', 'ã', 'ï', 'å', 'œ'])
/** A bullet: `1.`, `a)`, `(iv)`. A word before it that refers to it makes it part of the text. */
const BULLET = /^(?:\d{1,2}|[a-z]|i{1,3}|iv|vi{0,3}|ix|xi{0,3})$/
const REFERS = new Set(
  'version v section sections clause clauses paragraph paragraphs article copyright gpl lgpl agpl exhibit level one two three four five six seven eight nine ten twelve thirty sixty ninety'.split(
    ' ',
  ),
)

/** Larger texts are no licence of one package; the caps of the reader come before this one. */
const MAX_WORDS = 60_000
/** Why a text is not read. */
export const TOO_LONG = 'it is longer than any licence'

/** The words of a text; undefined if there are none to be told, as {@link wordsOrReason} says. */
export function textWords(raw: string): TextWords | undefined {
  const words = wordsOrReason(raw)
  return typeof words === 'string' ? undefined : words
}

/** The words of a text, or why there are none: it is longer than any licence, or no text that a reader sees as it is. */
export function wordsOrReason(raw: string): TextWords | string {
  const shown = seenText(raw)
  if ('because' in shown) return shown.because
  let text = shown.seen.replace(PRICE, ' dollars ')
  if (/[^\t\n\f\r -~]/.test(text)) text = text.replaceAll('©', ' c ').replace(APOSTROPHE, '')
  text = text.replace(ASCII_APOSTROPHE, '')
  return cut(text.replaceAll('&', ' and ')) ?? TOO_LONG
}

function cut(written: string): TextWords | undefined {
  const text = written.toLowerCase()
  // A few letters have a longer small form: then nothing is told of how words are written.
  const original = text.length === written.length ? written : text
  const cutWords: TextWords = { words: [], segments: [], addresses: [], named: [] }
  const { words } = cutWords
  let segment = 0
  const push = (word: string, isAddress: boolean, isNamed: boolean): void => {
    words.push(word)
    cutWords.segments.push(segment)
    cutWords.addresses.push(isAddress)
    cutWords.named.push(isNamed)
  }
  const addressAt = addressesIn(text)
  const isAscii = !/[^\0-\x7f]/.test(text)
  const { begin, finish } = isAscii ? ASCII_BOUNDS : ALL_BOUNDS
  let end = 0
  for (let behind = 0, index = begin(text, 0); index < text.length; index = begin(text, behind)) {
    behind = finish(text, index)
    if (index < end) continue // inside an address
    if (words.length >= MAX_WORDS) return undefined
    const before = words[words.length - 1]
    const address = addressAt(index)
    // `License: https://…` is one line: the address belongs to what is said of it.
    const isLed = address !== undefined && /^:(?:[ \t]|[ \t]*\r?\n)[^\w\n]*$/.test(text.slice(end, index))
    if (!isLed && endsSegment(text, end, index, before)) segment += 1
    if (address !== undefined) {
      end = address.end
      push(address.word, true, true)
      continue
    }
    end = behind
    const found = text.slice(index, end)
    const joined = joinedWords(original.slice(index, end))
    if (joined !== undefined) {
      if (words.length + joined.length > MAX_WORDS) return undefined
      for (const part of joined) push(part, false, false)
      continue
    }
    if ((!isAscii && MOJIBAKE.has(found)) || isBullet(found, text, index, before)) continue
    const word = SAME_WORD.get(found) ?? found
    const isNamed = isWrittenAsName(original, index, end)
    const pair =
      before === undefined || !PAIR_STARTS.has(before) ? undefined : SAME_PAIR.get(`${before} ${word}`)
    if (pair === undefined) {
      push(word, false, isNamed)
      continue
    }
    const [first = word, second] = pair.split(' ')
    words[words.length - 1] = first
    if (second !== undefined) push(second, false, isNamed)
  }
  return cutWords
}

/** Finds where words begin and end. A licence has hundreds of them: no match is made of each. */
interface Bounds {
  /** Where the first word from a place on begins; the end of the text where there is none. */
  begin(this: void, text: string, at: number): number
  /** Where the word that begins at a place ends. */
  finish(this: void, text: string, at: number): number
}

const ASCII_BOUNDS: Bounds = {
  begin(text, from) {
    let at = from
    while (at < text.length && !isLetterOrDigit(text.charCodeAt(at))) at += 1
    return at
  },
  finish(text, from) {
    let at = from
    while (at < text.length && isLetterOrDigit(text.charCodeAt(at))) at += 1
    return at
  },
}

const ALL_BOUNDS: Bounds = {
  begin: (text, at) => endOf(NO_WORD, text, at),
  finish: (text, at) => endOf(WORD, text, at),
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : text.length
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || isDigit(code)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Of words written as one, these are enough to say something; of others, names have one: `PayPal`. */
const NEGATIONS = new Set(['no', 'not', 'non', 'never', 'only'])

/** The parts of `InternalUseOnly`, where they say something; undefined for a name like `PayPal` or `JavaScript`. */
function joinedWords(written: string): string[] | undefined {
  if (!/[a-z][A-Z]/.test(written)) return undefined
  const parts = written.split(/(?<=[a-z])(?=[A-Z])/).map((part) => part.toLowerCase())
  const telling = parts.filter((part) => isTelling(part))
  return telling.length > 1 || telling.some((part) => NEGATIONS.has(part)) ? parts : undefined
}

const MAX_ACRONYM = 5

/** Whether a character joins words to one name: a hyphen, an underscore or a slash. */
function isJoint(code: number): boolean {
  return code === 0x2d || code === 0x5f || code === 0x2f
}

function isWrittenAsName(text: string, from: number, to: number): boolean {
  // The parts of `node-http-proxy` are one name.
  if (isJoint(text.charCodeAt(from - 1)) || (isJoint(text.charCodeAt(to)) && /\w/.test(text[to + 1] ?? '')))
    return true
  for (let at = from; at < to; at += 1) if (isDigit(text.charCodeAt(at))) return true
  const code = text.charCodeAt(from)
  if (code >= 0x61 && code <= 0x7a) return false
  const first = text[from] ?? ''
  if (first === first.toLowerCase()) return first === first.toUpperCase()
  const second = text[from + 1] ?? ''
  if (to - from === 1 || second !== second.toUpperCase()) return true
  // Among other words in capitals, a short one is no acronym.
  const isShouted =
    /[A-Z]{4}\W{1,3}$/.test(text.slice(Math.max(0, from - 7), from)) ||
    /^\W{1,3}[A-Z]{4}/.test(text.slice(to, to + 7))
  return to - from <= MAX_ACRONYM && !isShouted
}

interface Address {
  found: string
  /** Half-open range in the text. */
  from: number
  to: number
}

/** The address that holds a place, if one does; places are asked in rising order. It is one word, without its scheme. */
function addressesIn(text: string): (index: number) => { word: string; end: number } | undefined {
  const addresses = leadingAddresses(text)
  let next = addresses.next()
  return (index) => {
    while (!next.done && next.value.to <= index) next = addresses.next()
    if (next.done || next.value.from > index) return undefined
    const { found, to } = next.value
    const word = found.replace(/^(?:[a-z+]+:\/\/)?(?:www\.)?/, '').replace(CLOSING_SIGNS, '')
    return { word: word === '' ? 'address' : word, end: to }
  }
}

/** The addresses that only lead somewhere, in their order. No blank is in one, so each lies in one piece between blanks. */
function* leadingAddresses(text: string): Generator<Address, undefined> {
  const hints = new RegExp(OF_ADDRESS)
  for (let hint = hints.exec(text); hint !== null; hint = hints.exec(text)) {
    let start = hint.index
    while (start > 0 && !/\s/.test(text[start - 1] ?? '')) start -= 1
    const end = endOf(NO_BLANK, text, start)
    for (const { 0: found, index } of text.slice(start, end).matchAll(ADDRESS)) {
      const from = start + index
      if (!saysSomething(found)) yield { found, from, to: from + found.length }
    }
    hints.lastIndex = end
  }
}

/** Whether a line break or the end of a sentence stands between two words; the dot behind an initial ends none. */
function endsSegment(text: string, from: number, to: number, before: string | undefined): boolean {
  if (to === from + 1 && text[from] === ' ') return false
  const between = text.slice(from, to)
  if (between.includes('\n')) return true
  return /[.!?:;]\s/.test(between) && !(before?.length === 1 && /^\.\s/.test(between))
}

function isBullet(word: string, text: string, index: number, before: string | undefined): boolean {
  if (word.length > 4) return false
  const closing = text[index + word.length]
  if ((closing !== '.' && closing !== ')') || !BULLET.test(word)) return false
  const after = text[index + word.length + 1]
  if (after !== undefined && !/\s/.test(after)) return false
  const opening = text[index - 1]
  if (opening !== undefined && opening !== '(' && !/\s/.test(opening)) return false
  if (before === undefined) return true
  if (REFERS.has(before) && !followsBreak(text, index, /[.:\]]/)) return false
  // `b.` can be an initial; a bullet stands behind a break, a punctuation mark or a conjunction.
  if (closing === '.' && opening !== '(' && /^[a-z]/.test(word)) {
    return before === 'and' || before === 'or' || followsBreak(text, index)
  }
  return true
}

/** Whether a line break or punctuation mark stands between a place and the word before it; comment markers may as well. */
function followsBreak(text: string, index: number, marks = /[\n.,:;]/): boolean {
  let at = index - 1
  for (; at >= 0 && !/[\p{L}\p{N}]/u.test(text[at] ?? ''); at -= 1)
    if (marks.test(text[at] ?? '')) return true
  return at < 0
}

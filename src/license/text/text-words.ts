/**
 * Cuts a licence text into words as the SPDX matching guidelines compare them: without case, white space, punctuation,
 * comment markers, bullets and spelling variants. What a reader cannot see is no reason to call two texts the same, so
 * a text with invisible characters has no words at all.
 */

/** The words of a text, and for each where it stood. */
export interface TextWords {
  words: string[]
  /** The segment (line or sentence) of each word, counted from 0. */
  segments: number[]
  /** Whether each word is part of a web or mail address. */
  addresses: boolean[]
}

/** Zero-width, direction-changing and control characters; a byte order mark may begin a text. */
const INVISIBLE =
  /[\p{Cf}\u115F\u1160\u17B4\u17B5\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0]|[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/u
/** Tags of real HTML, with attributes whose values have no blanks: whatever says more than that is text. */
const TAG =
  /<\/?(?:a|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h[1-6]|head|hr|html|i|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|th|title|tr|tt|u|ul)(?:\s+[a-z-]+=(?:"[^"\s<>]*"|'[^'\s<>]*'|[^"'\s<>]+))*\s*\/?>/gi
const ENTITIES: readonly (readonly [RegExp, string])[] = [
  [/&(?:quot|ldquo|rdquo|lsquo|rsquo|apos|#39|#34);/gi, '"'],
  [/&(?:nbsp|#160|lt|gt|#60|#62);/gi, ' '],
  [/&(?:copy|#169);/gi, '©'],
  [/&amp;/gi, '&'],
]
const APOSTROPHE = /(?<=\p{L})['’‘`´ʼ](?=\p{L})/gu
const WORD = /[\p{L}\p{N}]+/gu
/** With a scheme or an @, or in brackets with a dot and no blank, as authors give their sites. */
const ADDRESS =
  /(?<![\w.])(?:[\w-]+\.)+(?:org|com|net|io|dev)\/[\w./#?=&%+-]+|(?:\bhttps?:\/\/|\bgit(?:\+\w+)?:\/\/|\bwww\.)[^\s<>"')\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=[<(])[\w-]+(?:\.[\w-]+)+(?:\/[^\s<>()]*)?(?=[>)])/g
/** What is left of characters that were saved in one encoding and read in another. */
const MOJIBAKE = new Set(['â', 'ã', 'ï', 'å', 'œ'])
/** A bullet: `1.`, `a)`, `(iv)`. A word before it that refers to it makes it part of the text. */
const BULLET = /^(?:\d{1,2}|[a-z]|i{1,3}|iv|vi{0,3}|ix|xi{0,3})$/
const REFERS = new Set(
  'version v section sections clause clauses paragraph paragraphs article copyright gpl lgpl agpl exhibit level one two three four five six seven eight nine ten twelve thirty sixty ninety'.split(
    ' ',
  ),
)

/** The guidelines' words that count as the same, and a few of web addresses. */
const SAME_WORD = new Map(
  Object.entries({
    acknowledgement: 'acknowledgment',
    analogue: 'analog',
    analyse: 'analyze',
    artefact: 'artifact',
    authorisation: 'authorization',
    authorised: 'authorized',
    calibre: 'caliber',
    cancelled: 'canceled',
    capitalisations: 'capitalizations',
    catalogue: 'catalog',
    categorise: 'categorize',
    centre: 'center',
    emphasised: 'emphasized',
    favour: 'favor',
    favourite: 'favorite',
    fulfil: 'fulfill',
    fulfilment: 'fulfillment',
    initialise: 'initialize',
    judgement: 'judgment',
    labelling: 'labeling',
    labour: 'labor',
    licence: 'license',
    licenced: 'licensed',
    maximise: 'maximize',
    modelled: 'modeled',
    modelling: 'modeling',
    offence: 'offense',
    optimise: 'optimize',
    organisation: 'organization',
    organise: 'organize',
    practise: 'practice',
    programme: 'program',
    realise: 'realize',
    recognise: 'recognize',
    signalling: 'signaling',
    utilisation: 'utilization',
    whilst: 'while',
    wilful: 'willfull',
  }),
)
/** Pairs of words that some write as one. */
const SAME_PAIR = new Map(
  Object.entries({
    'non infringement': 'noninfringement',
    'non commercial': 'noncommercial',
    'non exclusive': 'nonexclusive',
    'sub license': 'sublicense',
    'sub licensed': 'sublicensed',
    'sub licensee': 'sublicensee',
    'sub licensing': 'sublicensing',
    'per cent': 'percent',
    'e mail': 'email',
    'copyright owner': 'copyright holder',
    'copyright owners': 'copyright holders',
  }),
)

/** The words of a text, or undefined if it is no text that a reader sees wholly: binary, UTF-16, invisible characters. */
export function textWords(raw: string): TextWords | undefined {
  let text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  const isPlain = /^[\t\n\f\r -~]*$/.test(text)
  if (!isPlain) {
    if (INVISIBLE.test(text)) return undefined
    text = text.normalize('NFKC').replaceAll('©', ' c ').replace(APOSTROPHE, '')
  }
  text = text.replace(/(?<=[a-z])['`](?=[a-z])/gi, '')
  if (text.includes('<')) text = text.replace(TAG, ' ')
  if (text.includes('&')) {
    for (const [entity, character] of ENTITIES) text = text.replace(entity, character)
    text = text.replaceAll('&', ' and ').replaceAll('©', ' c ')
  }
  return cut(text.toLowerCase())
}

function cut(text: string): TextWords {
  const words: string[] = []
  const segments: number[] = []
  const addresses: boolean[] = []
  const addressAt = addressesIn(text)
  let segment = 0
  let end = 0
  for (const { 0: found, index } of text.matchAll(WORD)) {
    if (index < end) continue // inside an address
    const between = text.slice(end, index)
    if (endsSegment(between, words.at(-1))) segment += 1
    const address = addressAt(index)
    if (address !== undefined) {
      end = address.end
      words.push(address.word)
      segments.push(segment)
      addresses.push(true)
      continue
    }
    end = index + found.length
    const before = words.at(-1)
    if (MOJIBAKE.has(found) || isBullet(found, text, index, before)) continue
    const word = SAME_WORD.get(found) ?? found
    const pair = before === undefined ? undefined : SAME_PAIR.get(`${before} ${word}`)
    if (pair === undefined) {
      words.push(word)
      segments.push(segment)
      addresses.push(false)
      continue
    }
    const [first = word, second] = pair.split(' ')
    words[words.length - 1] = first
    if (second !== undefined) {
      words.push(second)
      segments.push(segment)
      addresses.push(false)
    }
  }
  return { words, segments, addresses }
}

/** The address that holds a place, if one does; places are asked in rising order. It is one word, without its scheme. */
function addressesIn(text: string): (index: number) => { word: string; end: number } | undefined {
  const spans = text.matchAll(ADDRESS)
  let span = spans.next()
  return (index) => {
    while (!span.done && span.value.index + span.value[0].length <= index) span = spans.next()
    if (span.done || span.value.index > index) return undefined
    const { 0: found, index: start } = span.value
    const word = found.replace(/^(?:[a-z+]+:\/\/)?(?:www\.)?/, '').replace(/[^\p{L}\p{N}]+$/u, '')
    return { word: word === '' ? 'address' : word, end: start + found.length }
  }
}

/** A line break, or the end of a sentence; the dot behind an initial ends none. */
function endsSegment(between: string, before: string | undefined): boolean {
  if (between.includes('\n')) return true
  return /[.!?:;]\s/.test(between) && !(before?.length === 1 && /^\.\s/.test(between))
}

function isBullet(word: string, text: string, index: number, before: string | undefined): boolean {
  if (word.length > 4 || !BULLET.test(word)) return false
  const closing = text[index + word.length]
  if (closing !== '.' && closing !== ')') return false
  const after = text[index + word.length + 1]
  if (after !== undefined && !/\s/.test(after)) return false
  const opening = text[index - 1]
  if (opening !== undefined && opening !== '(' && !/\s/.test(opening)) return false
  if (before === undefined) return true
  if (REFERS.has(before)) return false
  // `b.` can be an initial; a bullet stands behind a break, a punctuation mark or a conjunction.
  if (closing === '.' && opening !== '(' && /^[a-z]/.test(word)) {
    return before === 'and' || before === 'or' || followsBreak(text, index)
  }
  return true
}

/** Whether what stands before a place, blanks apart, is a line break or a punctuation mark. */
function followsBreak(text: string, index: number): boolean {
  let at = index - 1
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at -= 1
  return at < 0 || /[\n.,:;]/.test(text[at] ?? '')
}

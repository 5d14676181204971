/** Tells names, with the years, places and companies that go with them, from words that say something. */
import { isTellingAbroad } from './foreign-words.ts'
import { TELLING_WORDS } from './telling-words.ts'
import type { TextIndex } from './text-index.ts'
import { wordSet } from './word-set.ts'

/** Words in a row, and for each whether it is written as names are. */
export interface Line {
  words: readonly string[]
  named: readonly boolean[]
}

/** No copyright line, title or list of authors is longer, in words. */
const MAX_NAME_WORDS = 60
/** Words without a capital that one name has in a row: handles and names typed in small letters. */
const MAX_SMALL = 4
/** Ordinary words of licences with a capital that a line has (`Mark Clements`), unless they are less than half of the line. */
const MAX_CAPITALS = 2
/** Single letters in a row: initials have fewer, a word spelled out has more. */
const MAX_LETTERS = 3

/** Common words that names, copyright lines and addresses have and that restrict nothing. */
export const NAME_WORDS = wordSet(`
  various additional modules organization these people listed van der den von du le di da del dos das el bin ten ter und y
  copyright c copr portions portion parts some all rights reserved right by and or the of for in on at to a an de la et al
  inc incorporated llc ltd limited corp corporation co company gmbh ag sa bv foundation consortium association
  project projects contributors contributor contributing authors author developers developer maintainers maintainer
  team community group others other members its his their affiliates subsidiaries partners holder holders owner owners
  present current year years date now since university universities california regents institute college school
  laboratory laboratories technology technologies technical systems system software labs lab studio open source free
  web internet international global digital science computer computing information network networks research
  http www com org net io dev github gitlab bitbucket git email mailto html htm txt md php blob master main tree
  name names code file files library package module program document written created developed designed maintained
  implementation version originally original based from with via see also https me description advice jr sr dr mr ms i ii iii iv x
  january february march april june july august september october november december jan feb mar apr jun jul aug sep
  sept oct nov dec de us usa uk city state states united national american european public center services service
`)

/** They say for whom or for what, unless a name follows. */
export const DIRECTIONS = wordSet('for to with in at on')
const ARTICLES = wordSet('the a an')

/** Part of a line. */
export function lineSlice({ words, named }: Line, from: number, to = words.length): Line {
  return { words: words.slice(from, to), named: named.slice(from, to) }
}

/**
 * Whether words may stand where a licence has a name, a year or a placeholder. Names are written with capitals, or are
 * a few words that no licence has; prose in small letters is none, whatever it says.
 */
export function isHarmlessName(line: Line, index: TextIndex): boolean {
  const { words, named } = line
  if (!mayBeNames(line)) return false
  let small = 0
  let capitals = 0
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (NAME_WORDS.has(word) || named[at] === true) {
      small = 0
      if (!isNameWord(word, index)) capitals += 1
    } else if (++small > MAX_SMALL || isCommonWord(word, index)) return false
  }
  return capitals <= MAX_CAPITALS || capitals < words.length / 2
}

/** The part of {@link isHarmlessName} that asks for no index, for names within known sentences and fixed phrases. */
export function mayBeNames({ words, named }: Line): boolean {
  if (words.length > MAX_NAME_WORDS) return false
  let letters = 0
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (isTellingAt({ words, named }, at) || isReservation(words, at)) return false
    letters = word.length === 1 && /[a-z]/.test(word) ? letters + 1 : 0
    if (letters > MAX_LETTERS) return false
    if (DIRECTIONS.has(word) && !leadsToName({ words, named }, at)) return false
  }
  return true
}

/** Words that say something only behind one of these, and no name has in a row. */
const RESERVING: ReadonlyMap<string, RegExp> = new Map([
  ['available', /^source$/],
  ['source', /^fair$/],
  ['core', /^open$/],
])

/** `Mining rights reserved` are not all of them. */
function isReservation(words: readonly string[], at: number): boolean {
  const before = words[at - 1] ?? ''
  if (words[at] === 'rights') return words[at + 1] === 'reserved' && !/^(?:all|other)$/.test(before)
  return RESERVING.get(words[at] ?? '')?.test(before) === true
}

const NAMES_THAT_TELL = wordSet('will grant may ask plus cost rider evil')

/** `Will Smith` and `Michael C. Grant`: with a capital, beside another name. */
function isFirstOrLastName({ words, named }: Line, at: number): boolean {
  if (!NAMES_THAT_TELL.has(words[at] ?? '') || named[at] !== true) return false
  return [at - 1, at + 1].some(
    (other) =>
      named[other] === true && /^\p{L}+$/u.test(words[other] ?? '') && !isTelling(words[other] ?? ''),
  )
}

/** Whether a word of a line says something about what may be done. */
export function isTellingAt(line: Line, at: number): boolean {
  return isTelling(line.words[at] ?? '') && !isFirstOrLastName(line, at)
}

/** `for the Institute`, `to present`, `contributors to it`, and mail addresses spelled out: `me at home dot org`. */
function leadsToName({ words, named }: Line, at: number): boolean {
  const object = ARTICLES.has(words[at + 1] ?? '') ? at + 2 : at + 1
  if (named[object] === true || /^(?:present|date)$/.test(words[object] ?? '')) return true
  if (words[at] === 'to') return /^contribut(?:ors|ions)$/.test(words[at - 1] ?? '')
  return words[at] === 'at' && words[at + 2] === 'dot'
}

/** A number, a word that no or few licences have, or one of those that names are made of. */
export function isNameWord(word: string, index: TextIndex): boolean {
  if (NAME_WORDS.has(word) || /^\d/.test(word)) return true
  return !isCommonWord(word, index) && !isTelling(word)
}

function isCommonWord(word: string, index: TextIndex): boolean {
  const number = index.numberOf(word)
  return number !== undefined && index.isCommon(number)
}

/** Licences of families that are no holder of a copyright. */
const LICENSE_NAMES = wordSet(
  'bsd gnu affero copyleft sspl busl bsl eula polyform hippocratic rsal wtfpl unlicense mpl epl eupl osl cddl cpal rpl cecill qpl rail openrail prosperity artistic sleepycat noderivatives sharealike cc icu clause bync byncsa ccby ccbync',
)

/** Whether a copyright line also names a licence. */
export function namesLicense({ words }: Line): boolean {
  return words.some(isNameOfLicense)
}

/** `bsd`, `gplv3`, `gpled`, `eupl` with a version. */
export function isNameOfLicense(word: string): boolean {
  return LICENSE_NAMES.has(word.replace(/v\d+$/, '')) || /^(?:[al]?gpl|elv\d)/.test(word)
}

/** Words written as one: `NonCommercialUseOnly`. */
const JOINED = /comm?er(?:c|ic)|^(?:non|un)free|notfor|proprietar|evaluat/
/** Digits that pass for letters; 1 passes for two of them. */
const DIGIT_LETTERS: Readonly<Record<string, string>> = { 0: 'o', 3: 'e', 4: 'a', 5: 's', 7: 't' }

/** Greek and Cyrillic letters, each with the Latin one that its capital looks like. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Array.from(
    'αaβbεeζzηhιiκkμmνnοoρpτtυyχxаaвbеeкkмmнhоoрpсcтtуyхxіiѕsјj'.matchAll(/(.)(.)/gu),
    ([, one = '', latin = '']) => [one, latin],
  ),
)

/** A word as it looks: without accents, and in Latin letters where those of another script look the same. */
function asSeen(word: string): string {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '')
  return /^\p{Script=Latin}/u.test(plain)
    ? plain
    : Array.from(plain, (letter) => LOOK_ALIKES.get(letter) ?? letter).join('')
}

/** A word that says something about what may be done, also with digits for letters, accents, or letters that look like others. */
export function isTelling(word: string): boolean {
  if (!/^[\0-\x7f]*$/.test(word) && TELLING_WORDS.has(asSeen(word))) return true
  if (TELLING_WORDS.has(word) || JOINED.test(word) || isTellingAbroad(word)) return true
  if (/^\d+$/.test(word) || !/\d/.test(word)) return false
  const letters = word.replaceAll(/\d/g, (digit) => DIGIT_LETTERS[digit] ?? digit)
  return ['l', 'i'].some((one) => TELLING_WORDS.has(letters.replaceAll('1', one)))
}

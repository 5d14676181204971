/** Tells the parties that a licence names in its fixed phrases from whatever else could be written there. */
import { NAME_WORDS, mayBeNames } from './names.ts'
import type { Line } from './names.ts'
import type { TextWords } from './text-words.ts'
import { wordSet } from './word-set.ts'

/** Who licences are from, besides {@link NAME_WORDS}, and the institutions that the texts of the SPDX list name. */
const PARTIES = wordSet(`
  any above initial respective respectively licensor licensors distributor distributors supplier suppliers provider
  providers publisher submitter rightsholder development documentation disclaimer
  assemblers privilege legal market materials model party
  advanced alglib amd apple arrl associates beijing berkeley bitstream brigham broadband cambridge carnegie centrum
  cisco datagrid david dept derick devices ekendahl energy entessa equipment eric eu freebsd geoff giffin gnome
  graphics hecker henry hp institution jorn jpnic kuenning lawrence leffler lind macromedia mark mathematisch mellon
  micro microsystems mike mintz naist nasa naumen naval nicta nielsen nist norman npm nrl nsa ntia nvidia openseal
  posts rethans richard robert salyzyn sam saxpath sendmail sgmlug silicon spencer stichting sun sybase tektronix
  telecommunications tom ucar unicode unidata vmware vostrom walsh wu yahoo young zimbra
`)
/** Parties on the other side. */
const OTHER_SIDE = wordSet(
  'reader readers user users licensee licensees recipient recipients you we anyone anybody everyone everybody someone somebody nobody person persons',
)
/** What stands before a name. */
const BEFORE_NAME = wordSet('the a an of by and or nor')

/** The names in the copyright lines of a text, as single words. */
export function holdersIn({ words, segments, named }: TextWords): ReadonlySet<string> {
  const holders = new Set<string>()
  let isHolder = false
  for (let from = 0, to = 0; from < words.length; from = to) {
    while (to < words.length && segments[to] === segments[from]) to += 1
    const line = { words: words.slice(from, to), named: named.slice(from, to) }
    isHolder = startsAsCopyright(line) || (isHolder && line.words.every((_, at) => isNameAt(line, at)))
    if (isHolder)
      for (const [at, word] of line.words.entries()) if (line.named[at] === true) holders.add(word)
  }
  return holders
}

function startsAsCopyright({ words }: Line): boolean {
  return words.slice(0, 4).includes('copyright') || (words[0] === 'c' && /^\d/.test(words[1] ?? ''))
}

function isNameAt({ words, named }: Line, at: number): boolean {
  return named[at] === true || NAME_WORDS.has(words[at] ?? '')
}

/**
 * Whether words in the place of a party are parties: known ones, the holders of the file, what is written as a name, or one
 * other word that stands where a name does. Nothing tells more of them from verbs, in capitals least of all.
 */
export function areParties(line: Line, holders: ReadonlySet<string>): boolean {
  const { words } = line
  if (!mayBeNames(line) || words.some((word) => OTHER_SIDE.has(word))) return false
  const isKnown = words.map((word, at) => PARTIES.has(word) || holders.has(word) || isNameAt(line, at))
  const strange = isKnown.indexOf(false)
  if (strange === -1) return true
  const isNext = strange === 0 || BEFORE_NAME.has(words[strange - 1] ?? '')
  return isNext && !isKnown.includes(false, strange + 1)
}

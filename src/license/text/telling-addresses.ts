/** Tells addresses that only lead somewhere from those that say something by their words: those are read as words. */
import { isTelling } from './names.ts'
import { wordSet } from './word-set.ts'

/** Addresses of licences have these. */
const OF_LICENSES = wordSet(
  'license licenses licensing licensed licensor licensors licensee licensees unlicense copying terms term conditions agreement agreements copy edition permission permissions',
)
/** One of these is enough; of other telling words, projects and pages have one in their names: `no-case`, `use-sync`. */
const PLAIN = wordSet(
  'commercial commercially noncommercial nonprofit evaluation evaluate trial prohibited prohibits forbidden restricted military academic students hobbyists fee fees price pricing dollar dollars euro euros cost costs paid pay sale sell proprietary confidential eula tos restrictions subscription enterprise policy acceptable',
)

/** `x.example/not-for-sale` and `(not.for.sale)`; `github.com/blakeembrey/no-case` is a name. */
export function saysSomething(address: string): boolean {
  const telling = tellingWords(address)
  return telling.length > 1 || telling.some((word) => PLAIN.has(word))
}

function tellingWords(address: string): string[] {
  return address.split(/[^\p{L}\p{N}]/u).filter((word) => isTelling(word) && !OF_LICENSES.has(word))
}

/** Who publishes licences that everybody knows. */
const STEWARDS =
  /^(?:[\w-]+\.)*(?:opensource\.org|spdx\.org|spdx\.dev|apache\.org|gnu\.org|fsf\.org|mozilla\.org|creativecommons\.org|choosealicense\.com|mit-license\.org|unlicense\.org|blueoakcouncil\.org|wtfpl\.net|zlib\.net|sil\.org|eclipse\.org|python\.org)(?:[/:]|$)/
/** Where licences are explained, and where projects keep their own files. */
const KNOWN_PLACES =
  /^(?:[\w-]+\.)*(?:wikipedia\.org|tldrlegal\.com|github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|codeberg\.org|npmjs\.com)(?:[/:]|$)/
/** Where licences are published that limit who may do what. */
const LIMITING_PLACES =
  /(?:^|\.)(?:commonsclause\.com|fsl\.software|polyformproject\.org|prosperitylicense\.com|paritylicense\.com|firstdonoharm\.dev|anticapitalist\.software|bigtimelicense\.com|licensezero\.com|ethicalsource\.dev|licenses\.ai|faircode\.io|fair\.io)(?:[/:]|$)/
/** Whatever stands there is somebody's own. */
const OWN_PAGES = /^gist\.github\.com(?:[/:]|$)/
/** Folders that projects keep under terms of their own. */
const FOLDER_OF_TERMS = /\/(?:ee|enterprise|commercial|pro|premium|business|proprietary)\//
/** Below one of these a path leads to a file of a project. */
const FOLDER_OF_FILES = /\/(?:blob|raw|tree|src|master|main)\//
const WRITTEN_FILE = /\.(?:md|txt|html|rst|markdown|pdf)$/
/** Such a file with nothing but a licence of a well-known name, or its text. */
const PLAIN_FILE =
  /^(?:(?:the|mit|apache|bsd|isc)[-_.]?)?(?:(?:un)?licen[cs]es?|copying)(?:[-_.](?:mit|apache|bsd|isc|2|0|md|txt|html|rst|markdown))*$/
const LICENSES = wordSet('license licenses licensing licensed')
/** Who speaks of a licence leads to the one of the project; who speaks of terms leads to others. */
const TERMS = wordSet('terms agreement agreements conditions legal eula tos policy restrictions')

/** Whether an address may be added to a licence: a steward's, as the licence has them on its own pages. */
export function isOfSteward(address: string): boolean {
  return STEWARDS.test(address) && tellingWords(address).length === 0
}

/** Whether licences are published at an address that limit who may do what. */
export function isPlaceOfLimits(address: string): boolean {
  return LIMITING_PLACES.test(address)
}

/** A file of a project that an address leads to, and the path to it within the project. */
function fileAt(address: string): { path: string; file: string } | undefined {
  const whole = address.replace(/[?#].*$/s, '')
  const path = whole.slice(FOLDER_OF_FILES.exec(whole)?.index ?? whole.length)
  return path === '' ? undefined : { path, file: path.slice(path.lastIndexOf('/') + 1) }
}

/** Whether an address is that of a file whose name or folder says that it has terms, and that is not known to be just a licence. */
function isFileOfTerms(address: string): boolean {
  const { path = '', file = '' } = fileAt(address) ?? {}
  if (FOLDER_OF_TERMS.test(path)) return true
  return !PLAIN_FILE.test(file) && file.split(/[^\p{L}\p{N}]/u).some((word) => isTelling(word))
}

/** Whether an address is that of a written file of a project that is neither its licence nor its README. */
function isOtherFile(address: string): boolean {
  const { file = '' } = fileAt(address) ?? {}
  return WRITTEN_FILE.test(file) && !PLAIN_FILE.test(file) && !file.startsWith('readme')
}

/** Whether a line speaks of terms that stand at an address of its owner's: what is written there is not in the file. */
export function leadsToTerms(words: readonly string[], addresses: readonly string[]): boolean {
  if (addresses.some((address) => isPlaceOfLimits(address) || isFileOfTerms(address))) return true
  if (words.some((word) => LICENSES.has(word)) && addresses.some(isOtherFile)) return true
  if (words.some((word) => TERMS.has(word)) && addresses.some((address) => KNOWN_PLACES.test(address)))
    return true
  const foreign = addresses.filter(
    (address) =>
      !address.includes('@') &&
      !STEWARDS.test(address) &&
      (!KNOWN_PLACES.test(address) || OWN_PAGES.test(address)),
  )
  return foreign.some((address) => words.some(isAboutTerms) || address.split(/[^a-z]/).some(isAboutTerms))
}

function isAboutTerms(word: string): boolean {
  return LICENSES.has(word) || TERMS.has(word)
}

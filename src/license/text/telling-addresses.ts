/** Tells addresses that only lead somewhere from those that say something by their words: those are read as words. */
import { isTelling } from './names.ts'
import { wordSet } from './word-set.ts'

/** Addresses of licences have these. */
const OF_LICENSES = wordSet(
  'license licenses licensing licensed licensor licensors licensee licensees unlicense copying terms term conditions agreement agreements copy edition permission permissions',
)
/** One of these is enough; of other telling words, projects and pages have one in their names: `no-case`, `use-sync`. */
const PLAIN = wordSet(
  'commercial commercially noncommercial nonprofit evaluation evaluate trial prohibited prohibits forbidden restricted military academic students hobbyists fee fees price pricing dollar dollars euro euros cost costs paid pay sale sell proprietary confidential eula',
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
  /^(?:[\w-]+\.)*(?:wikipedia\.org|tldrlegal\.com|github\.com|githubusercontent\.com|github\.io|gitlab\.com|bitbucket\.org|codeberg\.org|npmjs\.com)(?:[/:]|$)/
/** A file of a project, by its path on one of these. */
const FILE_OF_PROJECT = /\/(?:blob|raw|tree|src|master|main)\/(?:[^?#]*\/)?([^/?#]+)[^/]*$/
/** Such a file with nothing but a licence of a well-known name, or its text. */
const PLAIN_FILE =
  /^(?:(?:the|mit|apache|bsd|isc)[-_.]?)?(?:(?:un)?licen[cs]es?|copying)(?:[-_.](?:mit|apache|bsd|isc|2|0|md|txt|html|rst|markdown))*$/
const LICENSES = wordSet('license licenses licensing licensed')
/** Who speaks of a licence leads to the one of the project; who speaks of terms leads to others. */
const TERMS = wordSet('terms agreement agreements conditions legal eula')

/** Whether an address may be added to a licence: a steward's, as the licence has them on its own pages. */
export function isOfSteward(address: string): boolean {
  return STEWARDS.test(address) && tellingWords(address).length === 0
}

/** Whether an address is that of a file whose name says that it has terms, and that is not known to be just a licence. */
function isFileOfTerms(address: string): boolean {
  const file = FILE_OF_PROJECT.exec(address)?.[1]
  if (file === undefined || PLAIN_FILE.test(file)) return false
  return file.split(/[^\p{L}\p{N}]/u).some((word) => isTelling(word))
}

/** Whether a line speaks of terms that stand at an address of its owner's: what is written there is not in the file. */
export function leadsToTerms(words: readonly string[], addresses: readonly string[]): boolean {
  if (addresses.some(isFileOfTerms)) return true
  if (words.some((word) => TERMS.has(word)) && addresses.some((address) => KNOWN_PLACES.test(address)))
    return true
  const foreign = addresses.filter(
    (address) => !address.includes('@') && !STEWARDS.test(address) && !KNOWN_PLACES.test(address),
  )
  return foreign.some((address) => words.some(isAboutTerms) || address.split(/[^a-z]/).some(isAboutTerms))
}

function isAboutTerms(word: string): boolean {
  return LICENSES.has(word) || TERMS.has(word)
}

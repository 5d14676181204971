/** Tells addresses that only lead somewhere from those that say something by their words: those are read as words. */
import { isTelling } from './names.ts'
import { wordSet } from './word-set.ts'

/** Addresses of licences have these. */
const OF_LICENSES = wordSet(
  'license licenses licensing licensed unlicense copying terms term conditions agreement agreements copy edition permission permissions',
)
/** One of these is enough; of other telling words, projects and pages have one in their names: `no-case`, `use-sync`. */
const PLAIN = wordSet(
  'commercial commercially noncommercial nonprofit evaluation evaluate trial prohibited prohibits forbidden restricted military academic students hobbyists fee fees paid pay sale sell proprietary confidential eula',
)

/** `x.example/not-for-sale` and `(not.for.sale)`; `github.com/blakeembrey/no-case` is a name. */
export function saysSomething(address: string): boolean {
  const telling = address.split(/[^\p{L}\p{N}]/u).filter((word) => isTelling(word) && !OF_LICENSES.has(word))
  return telling.length > 1 || telling.some((word) => PLAIN.has(word))
}

/** Who publishes licences that everybody knows, and where projects keep their own files. */
const KNOWN_PLACES =
  /^(?:[\w-]+\.)*(?:opensource\.org|spdx\.org|spdx\.dev|apache\.org|gnu\.org|fsf\.org|mozilla\.org|creativecommons\.org|choosealicense\.com|mit-license\.org|unlicense\.org|blueoakcouncil\.org|wtfpl\.net|zlib\.net|sil\.org|eclipse\.org|python\.org|wikipedia\.org|tldrlegal\.com|github\.com|githubusercontent\.com|github\.io|gitlab\.com|bitbucket\.org|codeberg\.org|npmjs\.com)(?:[/:]|$)/
const ABOUT_TERMS = wordSet(
  'license licenses licensing licensed terms agreement agreements conditions legal eula',
)

/** Whether a line speaks of terms that stand at an address of its owner's: what is written there is not in the file. */
export function leadsToTerms(words: readonly string[], addresses: readonly string[]): boolean {
  const foreign = addresses.filter((address) => !address.includes('@') && !KNOWN_PLACES.test(address))
  return foreign.some(
    (address) =>
      words.some((word) => ABOUT_TERMS.has(word)) ||
      address.split(/[^a-z]/).some((word) => ABOUT_TERMS.has(word)),
  )
}

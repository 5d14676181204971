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
  const telling = address.split(/[^\p{L}\p{N}]+/u).filter((word) => isTelling(word) && !OF_LICENSES.has(word))
  return telling.length > 1 || telling.some((word) => PLAIN.has(word))
}

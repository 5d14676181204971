/** Tells addresses that only lead somewhere from those that say something by their words: those are read as words. */
import { isTelling } from './names.ts'
import { wordSet } from './word-set.ts'

/** Addresses of licences have these. */
const OF_LICENSES = wordSet(
  'license licenses licensing licensed unlicense copying terms term conditions agreement agreements copy edition permission permissions',
)
/** Names of projects have one of these: `no-case`, `use-sync`, `if-async`. */
const OF_PROJECTS = wordSet(
  'no non not never if is are be can do does will may must should only use uses using used user users without within instead copy modify modified enterprise education business internal government derived production transfer assign',
)

/** `x.example/not-for-sale` and `(not.for.sale)`; `github.com/blakeembrey/no-case` is a name. */
export function saysSomething(address: string): boolean {
  const telling = address.split(/[^\p{L}\p{N}]+/u).filter((word) => isTelling(word) && !OF_LICENSES.has(word))
  return telling.length > 1 || !telling.every((word) => OF_PROJECTS.has(word))
}

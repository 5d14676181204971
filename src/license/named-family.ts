/** Whether words that name only a family of licences (`BSD`, `GPL 2`) can mean a licence that a text was found to be. */
import { leafMeaning } from './leaf-meaning.ts'
import { LICENSE_IDS } from './license-list.ts'

/** Words that stand beside the name of a family and change nothing. */
const FILLERS = new Set(
  'a the license licence licensed licenses version v gnu public general sil type'.split(' '),
)
/** Words that only the names of BSD texts have: beside another family they speak of a licence that was changed. */
const BSD_FILLERS = new Set('new modified revised simplified style like clause'.split(' '))
/** Words that make the GPL another family. */
const GPL_KINDS: ReadonlyMap<string, string> = new Map([
  ['affero', 'agpl'],
  ['lesser', 'lgpl'],
  ['library', 'lgpl'],
])
/** A character that no name of a licence has: `≠MIT` and `!MIT` say something else. */
const STRANGE = /[^\p{L}\p{N}\s.,;:()'"*/+\-_&]/u
const WORD = /\p{L}+|\p{N}+(?:\.\p{N}+)*/gu
const NUMBER = /\p{N}/u
/** The version of an id, or how many clauses it has. */
const NUMBER_OF_ID = /-(\d+(?:\.\d+)*)(?=-|$)/

let ids: ReadonlyMap<string, string> | undefined
let families: ReadonlySet<string | undefined> | undefined

/**
 * True only if the words name exactly one family, nothing else, and every id belongs to it. A number among them has to
 * be that of every id, and words that are an id themselves have to be one of those that the text serves.
 */
export function familyFits(words: string, served: readonly string[]): boolean {
  families ??= new Set([...LICENSE_IDS].map((id) => prefixOf(id)))
  const text = words.toLowerCase()
  if (served.length === 0 || STRANGE.test(text)) return false
  const numbers: string[] = []
  const named = new Set<string>()
  const kinds = new Set<string>()
  let isOfBsd = false
  for (const [word] of text.matchAll(WORD)) {
    const kind = GPL_KINDS.get(word)
    if (NUMBER.test(word)) numbers.push(word)
    else if (kind !== undefined) kinds.add(kind)
    else if (families.has(word)) named.add(word)
    else if (BSD_FILLERS.has(word)) isOfBsd = true
    else if (!FILLERS.has(word)) return false
  }
  const [family, ...others] = withKinds(named, kinds)
  return (
    family !== undefined &&
    others.length === 0 &&
    (family === 'bsd' || !isOfBsd) &&
    served.every((id) => prefixOf(id) === family && numbers.every((number) => isNumberOf(number, id))) &&
    isNoOtherId(text, served)
  )
}

/** `Lesser GPL` is the LGPL, and `Lesser MIT` names two families, which fit nothing. */
function withKinds(named: ReadonlySet<string>, kinds: ReadonlySet<string>): Set<string> {
  if (named.size === 0 || kinds.size === 0) return new Set(named)
  return new Set([...[...named].filter((family) => family !== 'gpl'), ...kinds])
}

/** 3 is 3.0. */
function isNumberOf(number: string, id: string): boolean {
  const own = NUMBER_OF_ID.exec(id)?.[1]
  return own !== undefined && withoutZeros(own) === withoutZeros(number)
}

function withoutZeros(number: string): string {
  return number.replace(/(?:\.0+)+$/, '')
}

/** `bsd 2 clause` is an id in other letters: then a text of `BSD-2-Clause-Patent` is another licence. */
function isNoOtherId(text: string, served: readonly string[]): boolean {
  ids ??= new Map([...LICENSE_IDS].map((id) => [id.toLowerCase(), id]))
  const id = ids.get(text.trim().replaceAll(/\s+/g, '-'))
  return id === undefined || served.some((other) => keyOf(other) === keyOf(id))
}

function keyOf(id: string): string {
  return leafMeaning({ type: 'leaf', id, plus: false }).key
}

/** The letters that an id begins with: `bsd` of `BSD-2-Clause`, none of `0BSD`. */
function prefixOf(id: string): string | undefined {
  return /^[a-z]+/.exec(id.toLowerCase())?.[0]
}

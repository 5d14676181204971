/** Whether words that name only a family of licences (`BSD`, `PSF`) can mean a licence that a text was found to be. */
import { LICENSE_IDS } from './license-list.ts'

/** Words that stand beside the name of a family and change nothing. */
const FILLERS = new Set(
  'a the license licence licensed licenses like style new modified revised simplified version v clause gnu public general lesser affero sil type'.split(
    ' ',
  ),
)

let families: ReadonlySet<string> | undefined

/** True only if the words name exactly one family, nothing else, and every id belongs to it. */
export function familyFits(words: string, ids: readonly string[]): boolean {
  families ??= new Set([...LICENSE_IDS].map((id) => familyOf(id)))
  const found = new Set<string>()
  for (const [word] of words.toLowerCase().matchAll(/[a-z]+/g)) {
    if (families.has(word)) found.add(word)
    else if (!FILLERS.has(word)) return false
  }
  const [family, ...others] = found
  return (
    family !== undefined &&
    others.length === 0 &&
    ids.length > 0 &&
    ids.every((id) => familyOf(id) === family)
  )
}

/** The letters that an id begins with: `bsd` of `BSD-2-Clause`. */
function familyOf(id: string): string {
  return /^[a-z]+/.exec(id.toLowerCase())?.[0] ?? id.toLowerCase()
}

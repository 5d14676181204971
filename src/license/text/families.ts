/** Families of licences: names that many use without saying which licence of the family they mean. */
import { LICENSE_IDS } from '../license-list.ts'

/** Families of licences, and how the ids of their members begin; named so, they tell no version. */
const FAMILIES: ReadonlyMap<string, RegExp> = new Map([
  ['academic', /^AFL-/],
  ['afl', /^AFL-/],
  ['gpl', /^GPL-/],
  ['gplv2', /^GPL-2/],
  ['gplv3', /^GPL-3/],
  ['lgpl', /^LGPL-/],
  ['lgplv2', /^LGPL-2/],
  ['lgplv3', /^LGPL-3/],
  ['agpl', /^AGPL-/],
  ['agplv3', /^AGPL-3/],
  ['gnu', /GPL-|^GFDL-/],
  ['lesser', /^LGPL-/],
  ['affero', /^AGPL-/],
  ['bsd', /BSD/],
  ['mit', /^MIT/],
  ['apache', /^Apache-/],
  ['mozilla', /^MPL-/],
  ['mpl', /^MPL-/],
  ['upl', /^UPL-/],
  ['epl', /^EPL-/],
  ['eupl', /^EUPL-/],
  ['osl', /^OSL-/],
  ['rpl', /^RPL-/],
  ['qpl', /^QPL-/],
  ['cddl', /^CDDL-/],
  ['cpal', /^CPAL-/],
  ['cecill', /^CECILL-/],
  ['elastic', /^Elastic-/],
  ['artistic', /^Artistic-/],
  ['isc', /^ISC/],
  ['wtfpl', /^WTFPL/],
  ['sspl', /^SSPL/],
  ['busl', /^BUSL/],
  ['eula', /EULA/],
  ['creativecommons', /^CC/],
  ['domain', /^(?:CC0|Unlicense|CC-PDDC|0BSD)/],
])

const PAGES_OF_LICENSES = /licen[cs]e|creativecommons|copyleft/
/** The page of one licence where all of them are: what it is called is its id in small letters. */
const PAGE_OF_ONE = /^(?:spdx|opensource)\.org\/licenses?\/([a-z\d.-]*?[a-z\d])(?:\.(?:html|json|txt|php))?$/
/** Families that an address can name without the word licence. */
const TELLING_FAMILIES = /^(?:[al]?gpl|sspl|busl|eula|eupl|cddl|cpal|cecill)$/

/** The family of licences that an address leads to, if it says so. */
export function familyOf(address: string): string | undefined {
  // Whoever dedicates a part to the public restricts nothing.
  if (address.includes('publicdomain/')) return undefined
  const isPage = PAGES_OF_LICENSES.test(address)
  const parts = address.split(/[^a-z]/)
  const family = parts.find((part) => FAMILIES.has(part) && (isPage || TELLING_FAMILIES.test(part)))
  const page = PAGE_OF_ONE.exec(address)?.[1]
  return family ?? (page !== undefined && isOfFamily(page, LICENSE_IDS) ? page : undefined)
}

/** Whether a word names a family. */
export function isFamily(word: string): boolean {
  return FAMILIES.has(word)
}

/** The families of licences among words; in `Lesser GPL` that is one. */
export function familyNames(words: readonly string[]): string[] {
  const families = words.filter(isFamily)
  const isKind = families.includes('lesser') || families.includes('affero')
  return isKind ? families.filter((family) => family !== 'gpl' && family !== 'gnu') : families
}

/** The ids of a family, each of which may be meant where only the family is named. */
export function idsOfFamily(family: string): string[] {
  return [...LICENSE_IDS].filter(isMemberOf(family))
}

/** Whether one of these ids is of a family that was named. */
export function isOfFamily(family: string, ids: Iterable<string>): boolean {
  return [...ids].some(isMemberOf(family))
}

/** What is no family is the id of one licence, in small letters. */
function isMemberOf(family: string): (id: string) => boolean {
  const start = FAMILIES.get(family)
  return (id) => start?.test(id) ?? id.toLowerCase() === family
}

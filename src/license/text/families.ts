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
  ['polyform', /^PolyForm-/],
  ['creativecommons', /^CC/],
  ['domain', /^(?:CC0|Unlicense|CC-PDDC|0BSD)/],
])

const PAGES_OF_LICENSES = /licen[cs]e|creativecommons|copyleft/
/** The page of one licence where all of them are: what it is called is its id in small letters, or that of the GNU's without `only`. */
const PAGE_OF_ONE =
  /^(?:spdx\.org|opensource\.org|gnu\.org)\/licenses?\/(?:old-licenses\/)?([a-z\d.-]*?[a-z\d])(?:\.[a-z]{2})?(?:\.(?:html|json|txt|php))?(?:#.*)?$/
/** The deed of a Creative Commons licence. */
const DEED = /^creativecommons\.org\/licenses\/(by(?:-nc)?(?:-sa|-nd)?)\/(\d\.\d)(?:\/|$)/
/** Families that an address can name without the word licence. */
const TELLING_FAMILIES = /^(?:[al]?gpl|sspl|busl|eula|eupl|cddl|cpal|cecill)$/

/** The licence or family of licences that an address leads to, if it says so. */
export function familyOfAddress(address: string): string | undefined {
  // Whoever dedicates a part to the public restricts nothing.
  if (address.includes('publicdomain/')) return undefined
  const isPage = PAGES_OF_LICENSES.test(address)
  const parts = address.split(/[^a-z]/)
  return (
    licenseOfPage(address) ??
    parts.find((part) => FAMILIES.has(part) && (isPage || TELLING_FAMILIES.test(part)))
  )
}

/** What the address in a licence field is the page of, as {@link familyOfAddress} names it; file names and projects say nothing here. */
export function licenseAt(url: string): string | undefined {
  const address = url
    .toLowerCase()
    .replace(/^[a-z]+:\/\/(?:www\.)?/, '')
    .replace(/\/+$/, '')
  const family = address.startsWith('gnu.org/') ? familyOfAddress(address) : undefined
  return licenseOfPage(address) ?? family
}

/** The one licence that an address is the page of, as its id in small letters. */
function licenseOfPage(address: string): string | undefined {
  const [, kind, version] = DEED.exec(address) ?? []
  // The pages of the Open Source Initiative have hyphens in versions as well: `apache-2-0`.
  const page =
    kind === undefined
      ? PAGE_OF_ONE.exec(address)?.[1]?.replaceAll(/(?<=\d)-(?=\d)/g, '.')
      : `cc-${kind}-${version}`
  return page !== undefined && isOfFamily(page, LICENSE_IDS) ? page : undefined
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

/** What is no family is the id of one licence, in small letters; a page of the GNU's leaves open whether later ones are meant. */
function isMemberOf(family: string): (id: string) => boolean {
  const start = FAMILIES.get(family)
  return (id) => {
    const own = id.toLowerCase()
    return start?.test(id) ?? (own === family || own.replace(/(?:-only|-or-later|\+)$/, '') === family)
  }
}

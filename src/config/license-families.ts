/** The family of every licence, by the groups that come with depgate. */
import { familyOf } from '#license/family'
import type { LicenseFamily } from '#model/license-family'
import { expandGroups } from './built-in.ts'

/** A function that knows the family of an SPDX expression; it reads the groups once and each expression once. */
export function licenseFamilies(): (license: string) => LicenseFamily {
  const lists = {
    permissive: new Set(expandGroups(['group:permissive'])),
    weakCopyleft: new Set(expandGroups(['group:weak-copyleft'])),
  }
  const known = new Map<string, LicenseFamily>()
  return (license) => {
    const family = known.get(license) ?? familyOf(license, lists)
    known.set(license, family)
    return family
  }
}

/** Weighs the licence that a release declares as if it were installed in the place of the version that is. */
import { normaliseLicense } from '#license/normalise'
import type { UnknownReason } from '#model/claim'
import type { LicenseField } from '#model/inventory'
import type { Policy } from '#model/policy'
import type { Release } from '#model/release'
import { allowingUnlicensed, createGrounds, weigh } from './grounds.ts'
import type { GroundsFor } from './grounds.ts'
import { createLicenseReader } from './hearing.ts'

/** What a release declares, and what the policy would say to it. */
export interface WeighedRelease {
  /** Canonical print; null where it declares none that can be read. */
  license: string | null
  /** Equal for releases that declare the same, whatever the spelling. */
  statement: string
  /** It declares nothing at all. */
  absent: boolean
  readonly allowed: boolean
}

/** Reads the policy once. */
export function createReleaseWeigher(
  policy: Policy,
  now: number,
): (place: Pick<GroundsFor, 'name' | 'kinds' | 'workspaces'>, release: Release) => WeighedRelease {
  const read = createLicenseReader()
  const groundsOf = createGrounds(policy, now)
  return ({ name, kinds, workspaces }, { version, license: field }) => {
    const stated = normaliseLicense(field)
    const licensed = 'license' in stated ? read(stated.license) : undefined
    // Few are ever asked: a release with the same licence as the installed one is no change.
    const grounds = () => groundsOf({ name, version, kinds, workspaces })
    if (licensed !== undefined) {
      return {
        license: licensed.license,
        statement: licenseStatement(licensed.key),
        absent: false,
        get allowed() {
          return weigh(licensed, grounds()).allowed
        },
      }
    }
    const reason = 'reason' in stated ? stated.reason : 'not-spdx'
    return {
      license: null,
      statement: muteStatement(reason, version, field),
      absent: reason === 'absent',
      get allowed() {
        return reason === 'unlicensed' && allowingUnlicensed(grounds().active).length > 0
      },
    }
  }
}

/** What a licence that was concluded says, to be compared with the statements of releases. */
export function statementsOf(licenses: readonly string[]): Set<string> {
  const read = createLicenseReader()
  return new Set(licenses.flatMap((text) => read(text) ?? []).map(({ key }) => licenseStatement(key)))
}

/** Words that point to a file say nothing of what it holds: in no two versions do they declare the same. */
function muteStatement(reason: UnknownReason, version: string, { license, licenses }: LicenseField): string {
  if (reason === 'absent') return 'nothing'
  if (reason === 'see-file') return `a file of ${version}`
  return `words ${JSON.stringify([license ?? null, licenses ?? null])}`
}

function licenseStatement(key: string): string {
  return `licence ${key}`
}

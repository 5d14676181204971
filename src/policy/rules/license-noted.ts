/** Rule: the lockfile notes another licence than the package has. */
import { normaliseLicense } from '#license/normalise'
import type { Claim } from '#model/claim'
import type { Finding } from '#model/finding'
import { warn } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** A finding for what the lockfile notes and no field of the package says, once the registry was heard. */
export function otherwiseNoted({ facts }: Case): Finding[] {
  const heard = facts.claims.filter(
    ({ witness, failure }) => failure === undefined && (witness === 'registry' || witness === 'installed'),
  )
  const theirs = heard.find(({ witness }) => witness === 'registry')
  if (theirs === undefined) return []
  const stray = facts.claims.filter(
    (claim) => claim.witness === 'lockfile' && !heard.some((other) => saysSame(claim, other)),
  )
  const lockfile = facts.location?.file ?? 'the lockfile'
  return stray.map((claim) =>
    warn('license-noted', {
      ...about(facts, String(claim.raw)),
      message: `${facts.id} is noted in ${lockfile} under ${wordsOf(claim)}, the registry says ${wordsOf(theirs)}`,
      fix: `Remove its entry from ${lockfile} and run npm install: npm notes what the package says.`,
    }),
  )
}

/** npm notes the field as it was typed, and of the old object form the type alone. */
function saysSame(note: Claim, { raw, license }: Claim): boolean {
  if (note.raw === raw || (note.license !== undefined && note.license === license)) return true
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined
  return note.raw === type
}

function wordsOf({ raw }: Claim): string {
  if (raw === undefined) return 'nothing'
  const stated = normaliseLicense({ license: raw })
  return 'license' in stated ? stated.license : JSON.stringify(raw).slice(0, 120)
}

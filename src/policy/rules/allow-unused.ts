/** Rule: an entry of an allow list that no package needs. */
import { createAllowSet } from '#license/allow-set'
import { parseExpression } from '#license/expression'
import type { Leaf } from '#license/expression'
import type { Claim, LeafDecision } from '#model/claim'
import type { Finding } from '#model/finding'
import type { Policy, WrittenEntry } from '#model/policy'
import { scopeOfKind } from '../allow-lists.ts'
import { warn } from '../make-finding.ts'
import type { PackageFacts } from '../package-facts.ts'
import { entrySubject } from '../policy-entry.ts'

/** The licences that were weighed for one package, those of texts inside it too, and by which lists. */
export interface LicenseUse extends Pick<PackageFacts, 'kinds' | 'workspaces'> {
  use?: { shipped: boolean }
  leaves: readonly Pick<LeafDecision, 'leaf'>[]
  claims: readonly Pick<Claim, 'text'>[]
}

/**
 * The written entries that cover no licence of any package for which their list counts. An entry beside another that
 * covers the same licence is used: to remove either of them would be a matter of taste.
 */
export function unusedAllowEntries(
  { written }: Pick<Policy['licenses'], 'written'>,
  uses: readonly LicenseUse[],
): Finding[] {
  const leavesOf = new Map<string, Map<string, Leaf>>()
  return written.flatMap((entry) => {
    const list = listKey(entry)
    const leaves = leavesOf.get(list) ?? leavesUnder(entry, uses)
    leavesOf.set(list, leaves)
    const { cover } = createAllowSet([entry.license], '')
    for (const leaf of leaves.values()) if (cover(leaf) !== undefined) return []
    return warn('allow-unused', {
      subject: entrySubject(entry.license, [list]),
      message: `${entry.license} in ${list} is needed by no package`,
      fix: 'Remove it.',
      location: entry.location,
    })
  })
}

function leavesUnder(
  { scope, workspace }: Pick<WrittenEntry, 'scope' | 'workspace'>,
  uses: readonly LicenseUse[],
): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>()
  for (const use of uses) {
    if (scope === 'notShipped' ? use.use?.shipped !== false : !isOfScope(use, scope)) continue
    if (workspace !== undefined && !use.workspaces.includes(workspace)) continue
    const inTexts = use.claims.flatMap(({ text }) => text?.licenses.flat() ?? [])
    for (const leaf of [...use.leaves.map((decision) => decision.leaf), ...inTexts]) {
      if (leaves.has(leaf)) continue
      const parsed = parseExpression(leaf)
      if (parsed.ok && parsed.expression.type === 'leaf') leaves.set(leaf, parsed.expression)
    }
  }
  return leaves
}

function isOfScope({ kinds }: LicenseUse, scope: WrittenEntry['scope']): boolean {
  return scope === undefined || kinds.some((kind) => scopeOfKind(kind) === scope)
}

function listKey({ scope, workspace }: WrittenEntry): string {
  if (scope !== undefined) return `licenses.scopes.${scope}.allow`
  return workspace === undefined
    ? 'licenses.allow'
    : `licenses.workspaces[${JSON.stringify(workspace)}].allow`
}

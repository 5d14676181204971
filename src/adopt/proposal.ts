/** Proposes a policy that is true today: groups where they suffice, and the licences that somebody has to decide about. */
import { expandGroups } from '#config/built-in'
import { createAllowSet } from '#license/allow-set'
import { evaluate } from '#license/evaluate'
import { parseExpression } from '#license/expression'
import type { PackageReport } from '#model/run-report'

/** A licence that no list of the proposal allows, and who has it. */
export interface Candidate {
  /** As it was concluded: an expression. */
  license: string
  /** Ids, sorted. */
  packages: string[]
  /** Whether only development needs it. */
  devOnly: boolean
}

/** A proposed policy. */
export interface Proposal {
  /** Entries of `licenses.allow`. */
  allow: string[]
  /** Entries for what only builds and tests the project. */
  dev: string[]
  /** What is there under `allow`, most packages first. */
  common: { license: string; packages: number }[]
  candidates: Candidate[]
  /** Packages without one licence that could be named, sorted. */
  unclear: string[]
}

/** Lists that every proposal begins with: what nearly every tree needs, and nothing that binds it. */
export const BASIC = { allow: ['group:permissive'], dev: ['group:weak-copyleft', 'group:content'] }

/** Looks at what is there; `lists` are the entries to begin with. */
export function propose(
  packages: readonly PackageReport[],
  lists: { allow: readonly string[]; dev: readonly string[] } = BASIC,
): Proposal {
  const general = createAllowSet(expandGroups(lists.allow), 'allow')
  const dev = createAllowSet(expandGroups(lists.dev), 'dev')
  const counts = new Map<string, number>()
  const candidates = new Map<string, { packages: string[]; devOnly: boolean }>()
  const unclear: string[] = []
  for (const { id, license, kinds } of packages) {
    const parsed = license === null ? undefined : parseExpression(license)
    if (license === null || parsed?.ok !== true) {
      unclear.push(id)
      continue
    }
    const devOnly = kinds.every((kind) => kind === 'dev')
    if (evaluate(parsed.expression, [general, ...(devOnly ? [dev] : [])], '').allowed) {
      counts.set(license, (counts.get(license) ?? 0) + 1)
      continue
    }
    const known = candidates.get(license) ?? { packages: [], devOnly: true }
    candidates.set(license, { packages: [...known.packages, id], devOnly: known.devOnly && devOnly })
  }
  return {
    allow: [...lists.allow],
    dev: [...lists.dev],
    common: [...counts]
      .map(([license, count]) => ({ license, packages: count }))
      .toSorted((a, b) => b.packages - a.packages || (a.license < b.license ? -1 : 1)),
    candidates: [...candidates]
      .map(([license, { packages: ids, devOnly }]) => ({ license, packages: ids.toSorted(), devOnly }))
      .toSorted((a, b) => b.packages.length - a.packages.length || (a.license < b.license ? -1 : 1)),
    unclear: unclear.toSorted(),
  }
}

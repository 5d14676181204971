/** Judges known vulnerabilities by the policy: what fails the run, what is ignored, and which entries ignore nothing. */
import type { AdvisoryMatch } from '#model/audit'
import type { Finding } from '#model/finding'
import { matchesSpec } from '#model/package-spec'
import type { IgnoredAdvisory, Policy } from '#model/policy'
import { compareSeverity } from './advisory-severity.ts'
import { isLapsed } from './grounds.ts'
import { unavailable } from './rules/advisories-unavailable.ts'
import type { Unheard } from './rules/advisories-unavailable.ts'
import { lapsedIgnore } from './rules/advisory-ignore-lapsed.ts'
import { unusedIgnore } from './rules/advisory-ignore-unused.ts'
import { vulnerable } from './rules/package-vulnerable.ts'

/** How long an entry that is proposed to ignore an advisory would hold. */
const PROPOSED_MS = 30 * 86_400_000

/** A package that advisories are about. */
export interface AdvisedPackage {
  id: string
  name: string
  version: string
  /** One shortest path of ids from each root that reaches it. */
  paths: string[][]
}

/** What the sources said of a run's packages. */
export interface Advised {
  matches: readonly AdvisoryMatch[]
  packages: readonly AdvisedPackage[]
  unheard: Unheard
  /** Epoch milliseconds. */
  now: number
  /** Only a part of the tree was asked for. */
  narrowed: boolean
}

/** The matches, those that the policy ignores marked and all of them sorted, and what is to be said about them. */
export interface AdvisoryJudgement {
  matches: AdvisoryMatch[]
  findings: Finding[]
}

/** Judges by the policy's `advisories`. */
export function judgeAdvisories(
  { advisories, file }: Pick<Policy, 'advisories' | 'file'>,
  { matches, packages, unheard, now, narrowed }: Advised,
): AdvisoryJudgement {
  const used = new Set<IgnoredAdvisory>()
  const findings: Finding[] = []
  const byId = new Map(packages.map((entry) => [entry.id, entry]))
  const until = new Date(now + PROPOSED_MS).toISOString().slice(0, 10)
  const judged = matches.map((match): AdvisoryMatch => {
    const about = byId.get(match.package)
    if (about === undefined) return match
    const entries = advisories.ignore.filter((entry) => ignores(entry, match, about))
    for (const entry of entries) used.add(entry)
    const holding = entries.find((entry) => !isLapsed(entry, now))
    if (holding !== undefined) {
      return { ...match, ignored: { reason: holding.reason, expires: holding.expires } }
    }
    const [lapsed] = entries
    findings.push(
      vulnerable(match, advisories, {
        path: about.paths[0] ?? [],
        name: about.name,
        lapsed,
        policyFile: file,
        until,
      }),
    )
    return match
  })
  for (const entry of advisories.ignore) {
    if (isLapsed(entry, now)) findings.push(lapsedIgnore(entry, used.has(entry)))
    else if (!used.has(entry) && unheard.packages.length === 0 && !narrowed)
      findings.push(unusedIgnore(entry))
  }
  const unanswered = unheard.packages.length > 0 ? unavailable(unheard, advisories.unavailable) : []
  return { matches: judged.toSorted(compareMatches), findings: [...findings, ...unanswered] }
}

function ignores(entry: IgnoredAdvisory, match: AdvisoryMatch, { name, version }: AdvisedPackage): boolean {
  const wanted = entry.id.toLowerCase()
  if (![match.id, ...match.aliases].some((id) => id.toLowerCase() === wanted)) return false
  return entry.package === undefined || matchesSpec(entry.package, name, version)
}

function compareMatches(a: AdvisoryMatch, b: AdvisoryMatch): number {
  return (
    compareSeverity(a.severity, b.severity) || compareText(a.package, b.package) || compareText(a.id, b.id)
  )
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

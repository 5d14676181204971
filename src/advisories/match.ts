/** Finds out which packages have known vulnerabilities, and tells each vulnerability once whoever knows of it. */
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { AdvisoryMatch, AdvisorySeverity } from '#model/audit'
import type { Advisory } from './advisory.ts'
import { endsOf, isAffected, lowestUnaffected, rangeText } from './affected.ts'

/** A package version. */
export interface AskedPackage {
  id: string
  name: string
  version: string
}

/** All that is said of one vulnerability of one package: at least one advisory. */
export interface Vulnerability {
  about: AskedPackage
  advisories: [Advisory, ...Advisory[]]
}

/** The vulnerabilities of packages: advisories that share an id, or an alias, are one. */
export function findVulnerabilities(
  packages: readonly AskedPackage[],
  advisories: readonly Advisory[],
): Vulnerability[] {
  const byName = new Map<string, Advisory[]>()
  for (const advisory of advisories) {
    const known = byName.get(advisory.name)
    if (known === undefined) byName.set(advisory.name, [advisory])
    else known.push(advisory)
  }
  return packages.flatMap((about) =>
    clusters(
      (byName.get(about.name) ?? []).filter(({ affected }) => isAffected(affected, about.version)),
    ).map((known) => ({ about, advisories: known })),
  )
}

/** A vulnerability as reports tell it; `published` are the package's versions, where they are known. */
export function describeVulnerability(
  { about, advisories }: Vulnerability,
  published: readonly string[] | undefined,
): AdvisoryMatch {
  const [first] = advisories
  const affected = advisories.map((advisory) => advisory.affected)
  // A mirror may not have what its source has.
  const fixedIn =
    lowestUnaffected(affected, about.version, published ?? []) ??
    lowestUnaffected(affected, about.version, affected.flatMap(endsOf))
  const ids = [...new Set(advisories.flatMap(({ id, aliases }) => [id, ...aliases]))].toSorted(compareIds)
  const url = advisories.find((advisory) => advisory.url !== undefined)?.url
  return {
    id: ids[0] ?? first.id,
    aliases: ids.slice(1).toSorted(compareText),
    package: about.id,
    title: advisories.find(({ title }) => title !== '')?.title ?? '',
    severity: worstOf(advisories),
    range: rangeText(first.affected, about.version),
    ...(fixedIn !== undefined && { fixedIn }),
    ...(url !== undefined && { url }),
    source: first.source,
  }
}

/** Advisories in groups that are about the same; what the registry says comes first. */
function clusters(advisories: readonly Advisory[]): Vulnerability['advisories'][] {
  let found: { ids: Set<string>; advisories: Vulnerability['advisories'] }[] = []
  for (const advisory of advisories) {
    const ids = new Set([advisory.id, ...advisory.aliases].map((id) => id.toLowerCase()))
    // One advisory may say of several groups that they are one.
    const same = found.filter((known) => [...ids].some((id) => known.ids.has(id)))
    found = [
      ...found.filter((known) => !same.includes(known)),
      {
        ids: new Set([...ids, ...same.flatMap((known) => [...known.ids])]),
        advisories: [advisory, ...same.flatMap((known) => known.advisories)],
      },
    ]
  }
  for (const known of found)
    known.advisories.sort((a, b) => compareText(b.source, a.source) || compareText(a.id, b.id))
  return found.map((known) => known.advisories)
}

/** The worst that any source says; null if none says it. */
function worstOf(advisories: readonly Advisory[]): AdvisorySeverity | null {
  const said = new Set(advisories.map(({ severity }) => severity))
  return ADVISORY_SEVERITIES.findLast((severity) => said.has(severity)) ?? null
}

/** The id that most people know first. */
function compareIds(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || compareText(a, b)
}

function rankOf(id: string): number {
  const known = ['GHSA-', 'CVE-', 'MAL-'].findIndex((prefix) => id.startsWith(prefix))
  return known < 0 ? 3 : known
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

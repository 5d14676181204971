/** The forecast of an audit: asks for the releases of every registry package, and looks ahead for each that is installed. */
import { openDisk } from '#disk/disk'
import { forecastPackage, isBelievable } from '#forecast/forecast-package'
import type { ForecastReport } from '#model/audit'
import type { Finding } from '#model/finding'
import type { PackageReport } from '#model/run-report'
import { forecastFindings } from '#policy/forecast-findings'
import type { Outlook } from '#policy/outlook'
import { createReleaseWeigher } from '#policy/weigh-release'
import type { AuditFound, AuditPorts } from './audit-parts.ts'
import { createDeclaredSpecs, readOverrides } from './declared-specs.ts'
import { compareText } from './packages.ts'

/** Questions open at a time: enough for every connection, few enough for what they bring to be in memory together. */
const WINDOW = 64

/** What the forecast looks at and asks. */
export type ForecastPorts = Pick<AuditPorts, 'inventory' | 'registry' | 'signal'> & {
  request: Pick<AuditPorts['request'], 'policy' | 'now' | 'project'>
}

/** Looks ahead for the judged packages. What cannot be had is named in the report, and nothing is said about it. */
export async function forecastPackages(
  packages: readonly PackageReport[],
  { inventory, registry, signal, request: { policy, now, project } }: ForecastPorts,
): Promise<AuditFound & { forecast: ForecastReport }> {
  const byName = namesOf(packages)
  const specsOf = createDeclaredSpecs(inventory, readOverrides(openDisk(project), project))
  const weigh = createReleaseWeigher(policy, now)
  const outlooks: Outlook[] = []
  const unanswered: string[] = []

  const look = async (name: string, installed: readonly PackageReport[]): Promise<boolean> => {
    if (!registry.ok || signal.aborted) return false
    const versions = installed.map(({ version }) => version)
    const releases = await registry.value.client.releases(name, versions)
    if (!releases.ok) return false
    const cases = installed.map((found) => ({
      package: found,
      specs: specsOf(found),
      releases: releases.value,
      weigh: weigh.bind(undefined, found),
      rules: policy.forecast,
      now,
    }))
    if (!cases.every(isBelievable)) return false
    outlooks.push(...cases.flatMap((about) => forecastPackage(about) ?? []))
    return true
  }

  const rest = byName.entries()
  const goOn = async (): Promise<void> => {
    for (const [name, installed] of rest) if (!(await look(name, installed))) unanswered.push(name)
  }
  await Promise.all(Array.from({ length: Math.min(WINDOW, byName.size) }, goOn))

  outlooks.sort((a, b) => compareText(a.entry.package, b.entry.package))
  const findings: Finding[] = outlooks.flatMap((outlook) => forecastFindings(outlook, policy.forecast))
  return {
    findings,
    forecast: {
      entries: outlooks.map(({ entry }) => entry),
      asked: byName.size,
      unanswered: unanswered.toSorted(compareText),
    },
  }
}

/** The registry packages by name: one list of releases tells of all versions. */
function namesOf(packages: readonly PackageReport[]): Map<string, PackageReport[]> {
  const byName = new Map<string, PackageReport[]>()
  for (const found of packages) {
    if (found.source !== 'registry') continue
    const known = byName.get(found.name)
    if (known === undefined) byName.set(found.name, [found])
    else known.push(found)
  }
  return byName
}

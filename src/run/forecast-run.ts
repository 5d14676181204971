/** The forecast of an audit: asks for the releases of every registry package, and looks ahead for each that is installed. */
import pLimit from 'p-limit'
import { openDisk } from '#disk/disk'
import { forecastPackage, isBelievable } from '#forecast/forecast-package'
import type { ForecastReport } from '#model/audit'
import type { Finding } from '#model/finding'
import type { PackageReport } from '#model/run-report'
import { forecastFindings } from '#policy/forecast-findings'
import type { Outlook } from '#policy/outlook'
import { createReleaseWeigher } from '#policy/weigh-release'
import type { AuditFound, AuditPart, AuditPorts } from './audit-parts.ts'
import { createDeclaredSpecs, readOverrides } from './declared-specs.ts'
import { compareText } from './packages.ts'

/** Questions open at a time: enough for every connection, few enough for what they bring to be in memory together. */
const WINDOW = 64

/** What the forecast looks at and asks. */
export type ForecastPorts = Pick<AuditPorts, 'inventory' | 'registry' | 'signal'> & {
  request: Pick<AuditPorts['request'], 'policy' | 'now' | 'project'>
}

/** A forecast that is under way. */
export interface Forecast extends Required<AuditPart> {
  conclude: (packages: readonly PackageReport[]) => Promise<AuditFound & { forecast: ForecastReport }>
}

/**
 * Starts to look ahead: for a name as soon as all of its versions that are `expected` are judged, for whatever is left at
 * the end. What cannot be had is named in the report, and nothing is said about it.
 */
export function startForecast(
  expected: readonly Pick<PackageReport, 'name' | 'source'>[],
  { inventory, registry, signal, request: { policy, now, project } }: ForecastPorts,
): Forecast {
  const specsOf = createDeclaredSpecs(inventory, readOverrides(openDisk(project), project))
  const weigh = createReleaseWeigher(policy, now)
  const outlooks: Outlook[] = []
  const unanswered: string[] = []
  const limit = pLimit(WINDOW)
  const looks: Promise<void>[] = []

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

  /** How many versions of a name are expected, and those that have been judged. */
  const waiting = new Map([...namesOf(expected)].map(([name, { length }]) => [name, length]))
  const heard = new Map<string, PackageReport[]>()
  const started = new Set<string>()
  const start = (name: string, installed: readonly PackageReport[]): void => {
    started.add(name)
    looks.push(
      limit(async () => {
        if (!(await look(name, installed))) unanswered.push(name)
      }),
    )
  }

  return {
    hear(found) {
      if (found.source !== 'registry') return
      const installed = [...(heard.get(found.name) ?? []), found]
      heard.set(found.name, installed)
      if (installed.length === waiting.get(found.name)) start(found.name, installed)
    },
    async conclude(packages) {
      const byName = namesOf(packages)
      for (const [name, installed] of byName) if (!started.has(name)) start(name, installed)
      await Promise.all(looks)
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
    },
  }
}

/** The registry packages by name: one list of releases tells of all versions. */
function namesOf<T extends Pick<PackageReport, 'name' | 'source'>>(packages: readonly T[]): Map<string, T[]> {
  const byName = new Map<string, T[]>()
  for (const found of packages) {
    if (found.source !== 'registry') continue
    const known = byName.get(found.name)
    if (known === undefined) byName.set(found.name, [found])
    else known.push(found)
  }
  return byName
}

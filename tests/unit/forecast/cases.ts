/** Installed packages and releases to look ahead for, each with only the differences that a test is about. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { forecastPackage } from '#forecast/forecast-package'
import type { ForecastCase } from '#forecast/forecast-package'
import { normaliseLicense } from '#license/normalise'
import type { Finding } from '#model/finding'
import { packageId, purl } from '#model/package-id'
import type { Policy } from '#model/policy'
import type { Release, Releases } from '#model/release'
import type { PackageReport } from '#model/run-report'
import { forecastFindings } from '#policy/forecast-findings'
import type { Outlook } from '#policy/outlook'
import { createReleaseWeigher } from '#policy/weigh-release'
import { parsePackument } from '#registry/release-list'
import { NOW, policy } from '../policy/samples.ts'

/** A package as it was judged; by default its licence is the one that its registry states. */
export function installed(name: string, version: string, more: Partial<PackageReport> = {}): PackageReport {
  return {
    id: packageId(name, version),
    name,
    version,
    purl: purl(name, version),
    source: 'registry',
    installed: true,
    kinds: ['production'],
    workspaces: ['.'],
    locations: [`node_modules/${name}`],
    paths: [['app@1.0.0', 'lib@1.0.0', packageId(name, version)]],
    dependencies: [],
    integrity: [],
    verdict: 'pass',
    license: 'MIT',
    conclusion: 'declared',
    claims: [],
    leaves: [],
    exceptions: [],
    ...more,
  }
}

/** Releases in the order of the list; a text is a licence. */
export function releases(list: Record<string, string | Partial<Release>>, tags = {}): Releases {
  return {
    list: Object.entries(list).map(([version, said]) => {
      const more = typeof said === 'string' ? { license: { license: said } } : said
      return Object.assign({ version, license: {}, repository: true, deprecated: false }, more)
    }),
    tags: new Map(Object.entries(tags)),
  }
}

/** A case with the sample policy, which allows MIT and ISC. */
export function caseOf(
  more: Partial<ForecastCase> & Pick<ForecastCase, 'package' | 'releases'>,
): ForecastCase {
  const rules = policy()
  const weigh = createReleaseWeigher(rules, NOW).bind(undefined, more.package)
  return { specs: ['*'], weigh, rules: rules.forecast, now: NOW, ...more }
}

/** What a recorded packument means for an installed version whose declared licence was concluded, or `license`. */
export function real(
  file: string,
  version: string,
  specs: string[],
  { allow = ['MIT', 'BSD-3-Clause'], license }: { allow?: string[]; license?: string } = {},
): { outlook: Outlook | undefined; findings: Finding[] } {
  const text = readFileSync(resolve('fixtures/packuments', `${file}.json`), 'utf8')
  const { name } = JSON.parse(text) as { name: string }
  const listed = parsePackument(text, name)
  if (!listed.ok) throw new Error(listed.failure.message)
  const { releases: list, tags } = listed.value
  const declared = normaliseLicense(list.find((release) => release.version === version)?.license ?? {})
  const found = installed(name, version, {
    license: license ?? ('license' in declared ? declared.license : null),
  })
  const rules: Policy = policy({ allow })
  const outlook = forecastPackage({
    package: found,
    specs,
    releases: { list, tags },
    weigh: createReleaseWeigher(rules, NOW).bind(undefined, found),
    rules: rules.forecast,
    now: NOW,
  })
  return { outlook, findings: outlook === undefined ? [] : forecastFindings(outlook, rules.forecast) }
}

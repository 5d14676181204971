/** Puts what a run knows into a report: the same facts always give the same bytes, times and counts apart. */
import { LICENSE_LIST } from '#license/list-version'
import type { AuditReport } from '#model/audit'
import type { ChangeReport } from '#model/change'
import type { Finding, Verdict } from '#model/finding'
import type { ImportsReport } from '#model/imports-report'
import { purl } from '#model/package-id'
import { REPORT_SCHEMA_VERSION } from '#model/run-report'
import type { FirstPartyPackage, PackageReport, RunReport, Traffic, Warning } from '#model/run-report'
import type { RunRequest, TreeSource } from '#model/run-request'
import type { PackageFacts, PackageJudgement } from '#policy/judge-package'
import { runVerdict } from '#policy/judge-run'
import { TOOL_VERSION } from '../tool-version.ts'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'

/** Everything a run found out. */
export interface RunFindings {
  request: RunRequest
  durationMs: number
  traffic: Traffic
  /** Name and version of the root package, as text. */
  project: string
  lockfileSha256: string | undefined
  /** Absent where there was no tree to read. */
  tree?: TreeSource
  packages: PackageReport[]
  firstParty: FirstPartyPackage[]
  omitted: number
  /** Findings of packages, tree and policy together. */
  findings: Finding[]
  warnings: Warning[]
  /** Only of a change. */
  change?: ChangeReport
  /** Only where source files were read. */
  imports?: ImportsReport
  /** Only of an audit. */
  audit?: AuditReport
}

/** Of a run that has asked nobody. */
export const NO_TRAFFIC: Traffic = {
  network: { requests: 0, retries: 0, failures: 0 },
  cache: { memory: 0, disk: 0, redis: 0, misses: 0, writes: 0, rejected: 0 },
  texts: { files: 0, distinct: 0, cached: 0, recognised: 0 },
}

/** The report of one package. */
export function packageReport(
  group: PackageGroup,
  facts: PackageFacts,
  judgement: PackageJudgement,
): PackageReport {
  return {
    id: group.id,
    name: group.name,
    version: group.version,
    purl: purl(group.name, group.version),
    source: group.source,
    installed: group.installed,
    kinds: group.kinds,
    workspaces: group.workspaces,
    locations: group.instances.map((instance) => instance.location),
    paths: facts.paths,
    dependencies: group.dependencies,
    integrity: group.integrity,
    verdict: judgement.verdict,
    license: judgement.license,
    conclusion: judgement.conclusion,
    claims: facts.claims,
    leaves: judgement.leaves,
    exceptions: judgement.exceptions,
  }
}

/** The report of a package before it is judged. */
export function notJudged(group: PackageGroup): PackageReport {
  const { id, name, version, source, installed, kinds, workspaces } = group
  return {
    id,
    name,
    version,
    purl: purl(name, version),
    source,
    installed,
    kinds,
    workspaces,
    locations: group.instances.map((instance) => instance.location),
    paths: [],
    dependencies: group.dependencies,
    integrity: group.integrity,
    verdict: 'incomplete',
    license: null,
    conclusion: 'unknown',
    claims: [],
    leaves: [],
    exceptions: [],
  }
}

/** The report of the run; packages, findings and warnings are sorted here and nowhere else. */
export function assembleReport(run: RunFindings): RunReport {
  const { request, packages } = run
  const incomplete = packages.filter((entry) => entry.verdict === 'incomplete').length
  const oneWitness = packages.filter(({ claims }) =>
    claims.some(({ failure }) => failure?.code === 'not-read'),
  ).length
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: 'depgate', version: TOOL_VERSION },
    run: {
      id: request.runId,
      command: request.command,
      startedAt: new Date(request.now).toISOString(),
      durationMs: Math.round(run.durationMs),
      deadlineMs: Math.round(request.deadlineAt - request.startedAt),
      offline: request.offline,
      network: run.traffic.network,
      cache: run.traffic.cache,
      texts: run.traffic.texts,
    },
    inputs: {
      project: run.project,
      lockfileSha256: run.lockfileSha256 ?? null,
      ...(run.tree !== undefined && { tree: run.tree }),
      policySha256: request.hasPolicy ? request.policy.sha256 : null,
      licenseList: LICENSE_LIST,
    },
    verdict: verdictOf(packages, run.findings),
    coverage: {
      total: packages.length + run.omitted,
      judged: packages.length - incomplete,
      omitted: run.omitted,
      incomplete,
      firstParty: run.firstParty.length,
      notInstalled: packages
        .filter((entry) => !entry.installed)
        .map((entry) => entry.id)
        .toSorted(compareText),
      ...(oneWitness > 0 && { oneWitness }),
    },
    packages: sortPackages(packages),
    firstParty: run.firstParty.toSorted((a, b) => compareText(a.location, b.location)),
    findings: run.findings.toSorted(compareFindings),
    warnings: run.warnings,
    ...(run.change && { change: run.change }),
    ...(run.audit && { audit: run.audit }),
    ...(run.imports && { imports: run.imports }),
  }
}

/** Packages in the order of every report. */
export function sortPackages(packages: PackageReport[]): PackageReport[] {
  return packages.toSorted((a, b) => compareText(a.id, b.id) || compareText(a.source, b.source))
}

function verdictOf(packages: PackageReport[], findings: Finding[]): Verdict {
  return runVerdict(
    packages.map((entry) => entry.verdict),
    findings,
  )
}

/** What fails the run first, then by package and rule. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
    compareText(a.package ?? '', b.package ?? '') ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

const VERDICT_ORDER: Record<Verdict, number> = { violation: 0, unknown: 1, incomplete: 2, pass: 3 }

/** Compares a run with one that was stored before it: findings by fingerprint, packages as a change does. */
import { isSameLicense } from '#license/same-license'
import type { EarlierRun, RunComparison } from '#model/audit'
import type { ChangedAspect, PackageChange, PackageState } from '#model/change'
import type { Finding } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'
import { changesBetween } from './tree-changes.ts'
import type { GroupChange } from './tree-changes.ts'

/** A run, with short digests of the integrities of each of its packages. */
export interface ComparedRun {
  report: RunReport
  marks: readonly string[][]
}

/** What is different; `isUnasked` tells findings of this kind could not be made now, so that they are not gone. */
export function compareRuns(
  before: ComparedRun,
  now: ComparedRun,
  isUnasked: (finding: Finding) => boolean = () => false,
): RunComparison {
  const known = severities(before.report.findings)
  const found = severities(now.report.findings)
  const isNew = ([fingerprint, denies]: [string, boolean]): boolean => {
    const was = known.get(fingerprint)
    // What was a warning and fails the run now is news to whoever has to act on it.
    return was === undefined || (denies && !was)
  }
  const newFindings = [...found].filter(isNew).map(([fingerprint]) => fingerprint)
  const canBeFixed = fixable(now.report)
  return {
    since: earlierRun(before.report),
    newFindings: newFindings.toSorted(compareText),
    fixedFindings: before.report.findings.filter(
      (finding) => !found.has(finding.fingerprint) && canBeFixed(finding) && !isUnasked(finding),
    ),
    unchanged: found.size - newFindings.length,
    packages: packageChanges(before, now),
  }
}

/** What there is to say of the run that another one is compared with. */
function earlierRun({ run, verdict, inputs, tool }: RunReport): EarlierRun {
  return {
    id: run.id,
    startedAt: run.startedAt,
    verdict,
    policySha256: inputs.policySha256,
    toolVersion: tool.version,
  }
}

/** Whether the findings of each fingerprint deny; several findings may share one. */
function severities(findings: readonly Finding[]): Map<string, boolean> {
  const all = new Map<string, boolean>()
  for (const { fingerprint, severity } of findings)
    all.set(fingerprint, all.get(fingerprint) === true || severity === 'deny')
  return all
}

/** A finding that is not made any more is fixed only where it could have been made. */
function fixable({ packages, findings, coverage }: RunReport): (finding: Finding) => boolean {
  const open = new Set(packages.filter(({ verdict }) => verdict === 'incomplete').map(({ id }) => id))
  const isWhole = coverage.incomplete === 0 && findings.every(({ rule }) => rule !== 'tree-not-confirmed')
  return (finding) => (finding.package === undefined ? isWhole : !open.has(finding.package))
}

function packageChanges(before: ComparedRun, now: ComparedRun): PackageChange[] {
  const old = sideOf(before)
  const present = sideOf(now)
  const changes = changesBetween(old.groups, present.groups)
  const changed = new Set(changes.flatMap(({ after }) => (after ? [keyOf(after)] : [])))
  const described = changes.map((change) => describe(change, old.reports, present.reports))
  for (const after of present.groups) {
    if (changed.has(keyOf(after))) continue
    const same = describe(
      { type: 'changed', name: after.name, before: after, after, differs: [] },
      old.reports,
      present.reports,
    )
    if (same.differs.length > 0) described.push(same)
  }
  return described.toSorted((a, b) => compareText(a.name, b.name) || compareText(versionOf(a), versionOf(b)))
}

function describe(
  { type, name, before, after, differs }: GroupChange,
  old: ReadonlyMap<string, PackageReport>,
  present: ReadonlyMap<string, PackageReport>,
): PackageChange {
  const [was, is] = [before && old.get(keyOf(before)), after && present.get(keyOf(after))]
  const aspects: ChangedAspect[] = isRelicensed(was, is) ? [...differs, 'license'] : differs
  return {
    type,
    name,
    ...(was && { before: stateOf(was) }),
    ...(is && { after: stateOf(is) }),
    differs: aspects.toSorted(compareText),
    path: (is ?? was)?.paths[0] ?? [],
  }
}

/** A package that was not judged says nothing of its licence. */
function isRelicensed(was: PackageReport | undefined, is: PackageReport | undefined): boolean {
  if (was === undefined || is === undefined) return false
  if (was.verdict === 'incomplete' || is.verdict === 'incomplete') return false
  if (was.license === null || is.license === null) return was.license !== is.license
  return !isSameLicense(was.license, is.license)
}

function stateOf({ version, license, kinds }: PackageReport): PackageState {
  return { version, license, kinds }
}

interface Side {
  groups: PackageGroup[]
  reports: Map<string, PackageReport>
}

/** A stored run knows no addresses; packages of the same version from different places are told apart by their kind of source. */
function sideOf({ report, marks }: ComparedRun): Side {
  const groups = report.packages.map(
    ({ id, name, version, source, installed, kinds, workspaces, dependencies }, index): PackageGroup => ({
      id,
      name,
      version,
      source,
      installed,
      kinds,
      workspaces,
      dependencies,
      instances: [],
      integrity: marks[index] ?? [],
    }),
  )
  return { groups, reports: new Map(report.packages.map((entry) => [keyOf(entry), entry])) }
}

function keyOf({ id, source }: Pick<PackageReport, 'id' | 'source'>): string {
  return `${id}\n${source}`
}

function versionOf({ before, after }: PackageChange): string {
  return (after ?? before)?.version ?? ''
}

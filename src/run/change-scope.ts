/** The part of a tree that a change brings: what of it is judged, and what is said of the change itself. */
import type { ComparedTree } from '#collectors/collect'
import { shortestPaths } from '#collectors/paths'
import { normaliseLicense } from '#license/normalise'
import { isSameLicense } from '#license/same-license'
import type { ChangeType, PackageChange, PackageState } from '#model/change'
import type { Finding, Location } from '#model/finding'
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import { addTo } from '#model/lists-by-key'
import type { Outcome } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { BaseSide, RunRequest } from '#model/run-request'
import { duplicates, judgeTree } from '#policy/judge-run'
import { changedIntegrity } from '#policy/rules/integrity-changed'
import { relicensed } from '#policy/rules/license-changed'
import { policyChanged } from '#policy/rules/policy-changed'
import { hearRegistry } from './hear-registry.ts'
import type { ImportsRun } from './imports-run.ts'
import type { PackageGroup } from './packages.ts'
import { plannedPlaces } from './left-out.ts'
import { inTree } from './scope.ts'
import type { Scope } from './scope.ts'
import { changesBetween, integrityChange } from './tree-changes.ts'
import type { GroupChange } from './tree-changes.ts'
import type { OpenRegistry } from './world.ts'

/** Both sides of a change. */
export interface Sides {
  before: ComparedTree
  /** The packages among those that may differ. */
  packagesBefore: readonly PackageGroup[]
  after: { inventory: Inventory; packages: readonly PackageGroup[] }
  /** How packages are used on both sides, where a licence depends on it; then the sides hold every package. */
  use?: Pick<ImportsRun, 'useOf' | 'usedBefore'>
}

/** The packages that a change brings, and what was not there before; questions about old versions go out at once. */
export function changeScope(
  { before, packagesBefore, after, use }: Sides,
  base: BaseSide,
  { policy }: Pick<RunRequest, 'policy'>,
  registry: Outcome<OpenRegistry>,
): Scope {
  const differing = after.packages.filter(({ name }) => before.mayDiffer(name))
  const changes = changesBetween(packagesBefore, differing, {
    beganToShip: use && beganToShip(use),
    saysOther: (group) => placesOf(group).some((location) => before.changedFolders.has(location)),
  })
  const oldLicenses = changes.map(({ before: group }) => (group ? declaredLicense(registry, group) : null))
  let pathsBefore: Map<string, string[][]> | undefined
  const newDuplicates = (names: ReadonlySet<string>): Finding[] => {
    const packages = after.packages.filter(({ name }) => names.has(name))
    return duplicates(packages.map(inTree), after.inventory, policy.packages.duplicates)
  }
  return {
    packages: changes.flatMap(({ after: group }) => group ?? []),
    omitted: 0,
    ofTree: () => {
      const came = new Set(changes.flatMap(({ type, name }) => (CAME.has(type) ? [name] : [])))
      const problems = [...newProblems(before, after.inventory), ...newlyLeftOut(before, after.inventory)]
      return [...judgeTree(problems), ...newDuplicates(came)]
    },
    async conclude(judged) {
      const byGroup = new Map(judged.map((entry) => [reportKey(entry.report), entry]))
      const findings = policyFindings(base)
      const packages: PackageChange[] = []
      for (const [index, change] of changes.entries()) {
        const report = change.after && byGroup.get(reportKey(change.after))?.report
        const path =
          report?.paths[0] ?? pathOf(change.before, (pathsBefore ??= shortestPaths(before.whole())))
        const described = describe(change, (await oldLicenses[index]) ?? null, report?.license ?? null, path)
        packages.push(described)
        findings.push(...findingsOf(change, described, after.inventory.lockfile, policy.packages.relicensed))
      }
      return {
        findings,
        change: {
          base: {
            name: base.name,
            ...(base.place.kind === 'commit' && { commit: base.place.commit }),
            lockfileSha256: before.lockfileSha256,
            policySha256: base.policySha256,
          },
          packages,
          needsPolicyOwner: base.policyChanges,
        },
      }
    },
  }
}

/** Whether a package ships that did not. Who is not known to have shipped has not. */
function beganToShip({
  useOf,
  usedBefore,
}: Pick<ImportsRun, 'useOf' | 'usedBefore'>): (before: PackageGroup, after: PackageGroup) => boolean {
  return (before, after) => useOf(placesOf(after)).shipped && usedBefore?.(placesOf(before)).shipped !== true
}

function placesOf({ instances }: PackageGroup): string[] {
  return instances.map(({ location }) => location)
}

/** What is said of changes of the policy, whatever else a run finds out. */
export function policyFindings({ policyChanges, allowsPolicyChange }: BaseSide): Finding[] {
  return policyChanges.map((change) => policyChanged(change, allowsPolicyChange))
}

/** As the registry has it; null where it has none, none that is clear, or did not answer. */
async function declaredLicense(registry: Outcome<OpenRegistry>, group: PackageGroup): Promise<string | null> {
  const answer = await hearRegistry(registry, group)
  if (answer?.ok !== true) return null
  const normalised = normaliseLicense(answer.value.manifest.license)
  return 'license' in normalised ? normalised.license : null
}

function describe(
  { type, name, before, after, differs }: GroupChange,
  oldLicense: string | null,
  newLicense: string | null,
  path: string[],
): PackageChange {
  const isRelicensed = oldLicense !== null && newLicense !== null && !isSameLicense(oldLicense, newLicense)
  return {
    type,
    name,
    ...(before && { before: stateOf(before, oldLicense) }),
    ...(after && { after: stateOf(after, newLicense) }),
    differs: isRelicensed ? [...differs, 'license' as const].toSorted() : differs,
    path,
  }
}

function stateOf({ version, kinds }: PackageGroup, license: string | null): PackageState {
  return { version, license, kinds }
}

function findingsOf(
  { before, after }: GroupChange,
  change: PackageChange,
  lockfile: string | undefined,
  severity: Parameters<typeof relicensed>[3],
): Finding[] {
  if (before === undefined || after === undefined) return []
  const line = after.instances.find((instance) => instance.line !== undefined)?.line
  const location: Location | undefined =
    lockfile === undefined ? undefined : { file: lockfile, ...(line !== undefined && { line }) }
  const findings = change.differs.includes('license') ? relicensed(after.id, change, location, severity) : []
  const other = before.version === after.version ? integrityChange(before, after) : undefined
  if (other !== undefined) findings.push(changedIntegrity(after.id, change, other, location))
  return findings
}

function pathOf(group: PackageGroup | undefined, paths: Map<string, string[][]>): string[] {
  const all = group?.instances.flatMap(({ location }) => paths.get(location) ?? []) ?? []
  return all.reduce<string[]>(
    (best, path) => (best.length === 0 || path.length < best.length ? path : best),
    [],
  )
}

/** Only what came can make one version into two. */
const CAME: ReadonlySet<ChangeType> = new Set<ChangeType>(['added', 'updated'])

function newProblems(before: ComparedTree, after: Inventory): TreeProblem[] {
  if (after.problems.length === 0) return []
  const seen = new Set(before.whole().problems.map(problemKey))
  return after.problems.filter((problem) => !seen.has(problemKey(problem)))
}

/** What the same package needed before, and the lockfile leaves out now: it is not read again, and needs it all the same. */
function newlyLeftOut(before: ComparedTree, after: Inventory): TreeProblem[] {
  const known = new Map<string, PackageInstance[]>()
  for (const instance of before.differing) {
    addTo(known, bytesKey(instance), instance)
  }
  const { leftOut } = plannedPlaces(after)
  return after.instances.flatMap((instance) => {
    if (!before.mayDiffer(instance.name)) return []
    const needs = (known.get(bytesKey(instance)) ?? []).flatMap(({ location }) => before.neededAt(location))
    const secret = leftOut(instance, needs)
    return secret === undefined ? [] : [secretNeed(instance, secret, after.lockfile)]
  })
}

/** The same version from the same source with the same hash has the same package.json. */
function bytesKey({ name, version, source, integrity = '' }: PackageInstance): string {
  return JSON.stringify([name, version, source, integrity])
}

function secretNeed(
  holder: PackageInstance,
  answer: PackageInstance,
  lockfile = 'the lockfile',
): TreeProblem {
  const [id, needed] = [holder, answer].map(({ name, version }) => packageId(name, version))
  return {
    type: 'out-of-step',
    package: id ?? '',
    message: `${lockfile} does not say that ${id} needs ${needed}, which the base lists: it would be judged as if fewer needed it.`,
    fix: `Remove the entry of ${id} from the lockfile and have it written anew with \`npm install --package-lock-only\`.`,
  }
}

function problemKey({ type, package: id, message }: TreeProblem): string {
  return `${type}\n${id ?? ''}\n${message}`
}

function reportKey({ id, source }: { id: string; source: string }): string {
  return `${id}\n${source}`
}

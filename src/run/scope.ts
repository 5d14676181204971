/** What of a tree a run judges, and what it says beyond single packages: of the whole tree, or of a change. */
import type { ChangeReport } from '#model/change'
import type { Finding } from '#model/finding'
import type { Inventory } from '#model/inventory'
import type { RunRequest } from '#model/run-request'
import { duplicates, judgeBaseline, judgePolicyUse, judgeTree } from '#policy/judge-run'
import type { PackageGroup, SelectedPackages } from './packages.ts'
import type { JudgedPackage } from './world.ts'

/** What a run judges. */
export interface Scope {
  packages: PackageGroup[]
  /** How many were left out on request. */
  omitted: number
  /** Findings about the tree, which a baseline may know as well. */
  ofTree: (confirmed: Inventory) => Finding[]
  /** What is left to say once everything was judged; `known` are the entries of the baseline that mean a finding. */
  conclude: (
    judged: readonly JudgedPackage[],
    confirmed: Inventory,
    known: ReadonlySet<number>,
  ) => Promise<{ findings: Finding[]; change?: ChangeReport }>
}

/** Everything that was selected, and whether each entry of the policy is of use. */
export function wholeScope({ judged: packages, omitted }: SelectedPackages, request: RunRequest): Scope {
  return {
    packages,
    omitted,
    ofTree: (confirmed) => [
      ...judgeTree(confirmed.problems),
      ...duplicates(packages.map(inTree), confirmed, request.policy.packages.duplicates),
    ],
    conclude: (judged, confirmed, known) =>
      Promise.resolve({ findings: policyUse(request, judged, confirmed, known) }),
  }
}

/** What the rule about duplicates has to know of a package. */
export function inTree({ name, version, instances }: PackageGroup) {
  return { name, version, locations: instances.map(({ location }) => location) }
}

/** Unused entries are only judged when every package was heard and none was left out. */
function policyUse(
  request: RunRequest,
  judged: readonly JudgedPackage[],
  { problems }: Inventory,
  known: ReadonlySet<number>,
): Finding[] {
  if (!request.hasPolicy) return []
  const complete =
    judged.every((entry) => entry.report.verdict !== 'incomplete') &&
    problems.every((problem) => problem.type !== 'missing' && problem.type !== 'not-confirmed')
  const extent = {
    now: request.now,
    complete,
    narrowed: request.omitDev || request.workspaces.length > 0,
  }
  const used = {
    exceptions: new Set(judged.flatMap((entry) => entry.used.exceptions)),
    clarifications: new Set(judged.flatMap((entry) => entry.used.clarifications)),
    licenses: judged.map((entry) => entry.report),
  }
  return [...judgePolicyUse(request.policy, used, extent), ...judgeBaseline(request.policy, known, extent)]
}

/** The report of a run whose worker was stopped: what was judged stands, everything else is incomplete. */
import type { FailureCode } from '#model/outcome'
import type { PackageReport, RunReport, Traffic } from '#model/run-report'
import type { RunRequest, TreeSource } from '#model/run-request'
import { judgeTree, knowFindings, metadataUnavailable, untrustedTree } from '#policy/judge-run'
import { monotonicMs } from '../clock.ts'
import { assembleReport, NO_TRAFFIC } from './assemble-report.ts'
import { policyFindings } from './change-scope.ts'
import type { JudgedPackage, TreeOutline } from './world.ts'

/** What the worker had told when it was stopped. */
export interface PartialRun {
  tree: TreeOutline | undefined
  judged: JudgedPackage[]
  traffic: Traffic | undefined
}

/** Why a worker was stopped. */
export type StopReason = Extract<FailureCode, 'deadline' | 'out-of-memory'>

const REASONS: Record<StopReason, string> = {
  deadline: 'the deadline came first',
  'out-of-memory': 'the run needed more memory than it may take',
}

const NOT_CONFIRMED: Record<TreeSource, string> = {
  installed: 'npm did not confirm the tree before the run was stopped.',
  lockfile: 'The run was stopped before the tree was judged as a whole.',
}

/**
 * Builds the report without judging anything anew: judging may be what did not end. The tree counts as not
 * confirmed: had npm confirmed it, the worker would have reported by itself.
 */
export function partialReport(request: RunRequest, run: PartialRun, reason: StopReason): RunReport {
  const shared = {
    request,
    durationMs: monotonicMs() - request.startedAt,
    traffic: run.traffic ?? NO_TRAFFIC,
    warnings: [
      {
        code: 'run-stopped',
        message: `The run was stopped from outside because ${REASONS[reason]}; requests of its last moments are not counted.`,
      },
    ],
  }
  if (run.tree === undefined) {
    const failure = { code: reason, message: `The tree could not be read: ${REASONS[reason]}.` }
    return assembleReport({
      ...shared,
      project: '',
      lockfileSha256: undefined,
      packages: [],
      firstParty: [],
      omitted: 0,
      findings: [untrustedTree(failure)],
    })
  }
  const { tree } = run
  const judged = new Map(run.judged.map((entry) => [key(entry.report), entry]))
  const entries = tree.packages.map((report) => {
    const failure = { code: reason, message: `${report.id} was not judged: ${REASONS[reason]}.` }
    return judged.get(key(report)) ?? { report, findings: [metadataUnavailable(report.id, failure, [])] }
  })
  const { packages, findings } = knowFindings(
    {
      packages: entries.map((entry) => entry.report),
      findings: [
        ...entries.flatMap((entry) => entry.findings),
        ...(request.base ? policyFindings(request.base) : []),
        ...judgeTree([...tree.problems, { type: 'not-confirmed', message: NOT_CONFIRMED[tree.tree] }]),
      ],
    },
    request.policy,
    request.now,
  )
  return assembleReport({
    ...shared,
    project: tree.project,
    lockfileSha256: tree.lockfileSha256,
    tree: tree.tree,
    packages,
    firstParty: tree.firstParty,
    omitted: tree.omitted,
    findings,
  })
}

function key({ id, source }: Pick<PackageReport, 'id' | 'source'>): string {
  return `${id}\n${source}`
}

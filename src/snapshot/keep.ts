/** Keeps a snapshot of a run that found out everything. */
import { writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import type { PackageReport, RunReport, Warning } from '#model/run-report'
import type { LookedAt, RunRequest } from '#model/run-request'
import { environmentDigest } from './environment.ts'
import { expiryOf, isLasting, oldestAnswer } from './snapshot.ts'
import { encodeSnapshot } from './snapshot-bytes.ts'
import type { KeptJudgement, Memory } from './snapshot.ts'
import { keepTimes } from './times.ts'

/** A run that is over. */
export interface FinishedRun {
  request: RunRequest
  report: RunReport
  /** Warnings that follow from what was looked at; those of one run alone are not kept. */
  warnings: Warning[]
  /** Everything that was looked at. */
  around: LookedAt[]
  tree: LookedAt[]
  /** npm's word on the tree, as the collectors keep it; undefined where it is not to be taken for granted again. */
  confirmation: unknown
  /** The judgement of each package of the report. */
  judgementOf: (entry: PackageReport) => KeptJudgement | undefined
  /** Variables that npm's configuration files refer to. */
  variables: string[]
  /** Asked now and then: whether there still is time to go on. */
  goOn: () => boolean
}

/** Writes the snapshot if the report is one that lasts; resolves to its bytes if it did. Never rejects. */
export async function keepSnapshot(
  folder: SealedFolder,
  key: string,
  run: FinishedRun,
): Promise<Uint8Array | undefined> {
  const { request, report, around, tree, variables, warnings } = run
  if (!isLasting(report)) return undefined
  const { now, policy } = request
  const isRefused = policy.packages.deprecated === 'deny'
  const body = encodeSnapshot(
    {
      inputs: { around, tree, variables, environment: environmentDigest(request.env, variables) },
      expiresAt: expiryOf(now, policy.cache.ttlMs, isRefused ? oldestAnswer(report.packages, now) : now),
      hasPolicy: request.hasPolicy,
      deadlineMs: policy.deadlineMs,
      report: { ...report, warnings, packages: [] },
    },
    report.packages,
    memoryOf(run),
  )
  if (!(await writeSealedFile(folder, key, { body, storedAt: now }))) return undefined
  await keepTimes({ folder, key, now, goOn: run.goOn }, [...around, ...tree])
  return body
}

function memoryOf({ report, confirmation, judgementOf }: FinishedRun): Memory | undefined {
  if (confirmation === undefined) return undefined
  const judgements = report.packages.map(judgementOf).filter((judgement) => judgement !== undefined)
  return judgements.length === report.packages.length ? { confirmation, judgements } : undefined
}

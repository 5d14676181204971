/** Keeps a snapshot of a run that found out everything. */
import { writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import type { RunReport, Warning } from '#model/run-report'
import type { LookedAt, RunRequest } from '#model/run-request'
import { environmentDigest } from './environment.ts'
import { encodeSnapshot, expiryOf, isLasting } from './snapshot.ts'

/** A run that is over. */
export interface FinishedRun {
  request: RunRequest
  report: RunReport
  /** Warnings that follow from what was looked at; those of one run alone are not kept. */
  warnings: Warning[]
  /** Everything that was looked at. */
  groups: LookedAt[]
  /** Variables that npm's configuration files refer to. */
  variables: string[]
}

/** Writes the snapshot if the report is one that lasts; resolves to whether it did. Never rejects. */
export async function keepSnapshot(folder: SealedFolder, key: string, run: FinishedRun): Promise<boolean> {
  const { request, report, groups, variables, warnings } = run
  if (!isLasting(report)) return false
  const body = encodeSnapshot(
    {
      inputs: { groups, variables, environment: environmentDigest(request.env, variables) },
      expiresAt: expiryOf(request.now, request.policy.cache.ttlMs),
      hasPolicy: request.hasPolicy,
      deadlineMs: request.policy.deadlineMs,
      report: { ...report, warnings, packages: [] },
    },
    report.packages,
  )
  return writeSealedFile(folder, key, { body, storedAt: request.now })
}

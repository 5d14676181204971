/** Sees without any work that a change leaves the dependencies as they are: the same bytes give the same tree. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { BaseSide, RunRequest } from '#model/run-request'
import type { RunReport } from '#model/run-report'
import { monotonicMs } from '../clock.ts'
import { assembleReport, NO_TRAFFIC } from './assemble-report.ts'
import type { BaseFiles } from './base-place.ts'
import { policyFindings } from './change-scope.ts'

/** One side of a change. */
export type Side = Pick<BaseFiles, 'disk' | 'folder' | 'holdsOther'>

const MANIFEST = 'package.json'
const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json']
const MAX_BYTES = 64 * 1024 * 1024

/**
 * sha256 (hex) of the lockfile, if it and package.json are the same on both sides and nothing else of the project can
 * matter; undefined where somebody has to look. Workspaces and linked folders have a package.json of their own.
 */
export function sameTree(before: Side, after: Side): string | undefined {
  const manifest = sameBytes(MANIFEST, before, after)
  if (!Buffer.isBuffer(manifest) || manifest.includes('"workspaces"')) return undefined
  const lockfiles = LOCKFILES.map((name) => sameBytes(name, before, after))
  const [shrinkwrap, packageLock] = lockfiles
  // Two lockfiles are worth a word, and so is the lack of any.
  const only = shrinkwrap === 'absent' ? packageLock : packageLock === 'absent' ? shrinkwrap : undefined
  if (!Buffer.isBuffer(only) || only.includes('"link"') || only.includes('"file:')) return undefined
  return createHash('sha256').update(only).digest('hex')
}

/** The report of a change without changed dependencies; changes of the policy are told all the same. */
export function unchangedReport(request: RunRequest, base: BaseSide, lockfileSha256: string): RunReport {
  return assembleReport({
    request,
    durationMs: monotonicMs() - request.startedAt,
    traffic: NO_TRAFFIC,
    project: '',
    lockfileSha256,
    tree: 'lockfile',
    packages: [],
    firstParty: [],
    omitted: 0,
    findings: policyFindings(base),
    warnings: [],
    change: {
      base: {
        name: base.name,
        ...(base.place.kind === 'commit' && { commit: base.place.commit }),
        lockfileSha256,
        policySha256: base.policySha256,
      },
      packages: [],
      needsPolicyOwner: base.policyChanges,
    },
  })
}

/** The bytes of a file that is the same on both sides, or on neither; undefined for anything else. */
function sameBytes(name: string, before: Side, after: Side): Buffer | 'absent' | undefined {
  const now = after.disk.file(join(after.folder, name), MAX_BYTES)
  const place = join(before.folder, name)
  if (now.ok && before.holdsOther?.(place, now.bytes) === true) return undefined
  const old = before.disk.file(place, MAX_BYTES)
  if (old.ok && now.ok) return old.bytes.equals(now.bytes) ? now.bytes : undefined
  const isNowhere = !old.ok && !now.ok && old.reason === 'absent' && now.reason === 'absent'
  return isNowhere ? 'absent' : undefined
}

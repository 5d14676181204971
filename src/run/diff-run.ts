/** A run that judges a change: finds the base and its policy, has the worker judge what is different, keeps the deadline. */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { policyDifferences } from '#config/compare-policies'
import { loadPolicy } from '#config/load'
import type { LoadedPolicy } from '#config/load'
import { POLICY_FILE } from '#config/minimal-policy'
import { openDisk } from '#disk/disk'
import { findBase } from '#git/base-commit'
import type { BaseWish } from '#git/base-commit'
import { openGit } from '#git/git'
import type { PolicyChange } from '#model/change'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import { ok } from '#model/outcome'
import type { Failure, Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { BaseSide, RunRequest } from '#model/run-request'
import { baselineGrowth } from '#policy/baseline'
import { monotonicMs } from '../clock.ts'
import { maybeMeasured, planOf } from '../run.ts'
import type { RequestError, RunOptions, RunOutcome, RunPlan } from '../run.ts'
import { openBase } from './base-place.ts'
import { sameTree, unchangedReport } from './unchanged.ts'
import { runRequest, superviseRequest } from './whole-run.ts'

/** What to judge: everything that is different from a base. */
export interface DiffOptions extends Omit<RunOptions, 'from' | 'texts' | 'snapshot' | 'policyOptional'> {
  /** A lockfile of an earlier state if there is such a file, else a git ref; `release` for the newest tag. */
  base: string | { release: true }
  /** Compare with what both sides have in common last. Default: true. */
  mergeBase?: boolean
  /** A change of the policy is only told. Default: false. */
  allowPolicyChange?: boolean
}

/** Until the policy has said how long a run may take, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000

/** Judges a change by the policy of its base. Rejects only for a bug of depgate's own. */
export function runDiff(options: DiffOptions): Promise<RunOutcome> {
  const asked = { ...options, command: options.command ?? 'diff' }
  return maybeMeasured(asked, async (wanted, startedAt, measuring) => {
    const plan = planOf(wanted, startedAt, measuring)
    return 'kind' in plan ? plan : judgeChange(options, plan)
  })
}

async function judgeChange(options: DiffOptions, plan: RunPlan): Promise<RunOutcome> {
  const place = placeOf(options, plan)
  if (!place.ok) return refused(place.failure)
  const rules = rulesOf(place.value, options, plan)
  if ('kind' in rules) return rules
  const disk = openDisk(plan.realProject)
  const request: RunRequest = {
    ...runRequest(plan, { policy: rules.policy, hasPolicy: true, disk }),
    from: 'lockfile',
    texts: 'all',
    base: rules.base,
  }
  const before = openBase(rules.base.place, openedBy(plan))
  const unchanged = before.ok ? sameTree(before.value, { disk, folder: plan.realProject }) : undefined
  if (unchanged === undefined) return superviseRequest(plan, request)
  const report = unchangedReport(request, rules.base, unchanged)
  return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: true }
}

type Place = Pick<BaseSide, 'name' | 'place'>

function placeOf({ base, mergeBase }: DiffOptions, plan: RunPlan): Outcome<Place> {
  if (typeof base === 'string' && isFile(resolve(base)))
    return ok({ name: base, place: { kind: 'lockfile', path: resolve(base) } })
  const git = openGit(openedBy(plan))
  if (!git.ok) return git
  const wish: BaseWish =
    typeof base === 'string'
      ? { kind: 'ref', ref: base, mergeBase: mergeBase !== false }
      : { kind: 'release' }
  const found = findBase(git.value, wish)
  if (!found.ok) return found
  const { name, commit, prefix } = found.value
  return ok({ name, place: { kind: 'commit', commit, prefix } })
}

function openedBy({ realProject, env, startedAt, deadlineMs = DEFAULT_DEADLINE_MS }: RunPlan) {
  const leftMs = (): number => startedAt + deadlineMs - monotonicMs()
  return { folder: realProject, project: realProject, env, leftMs }
}

/** Which policy judges, and how the change's own differs from it. */
function rulesOf(
  { name, place }: Place,
  options: DiffOptions,
  plan: RunPlan,
): { policy: Policy; base: BaseSide } | RequestError {
  const own = loadPolicy({ project: plan.project, ...configOf(options) })
  const side = { name, place, allowsPolicyChange: options.allowPolicyChange === true }
  const old = basePolicy(place, options, plan)
  if (!old.ok) return refused(old.failure)
  if (old.value === undefined) {
    // Whoever names a file says what counts: there is no other side of the policy.
    if (!own.ok) return usage(own.message)
    return { policy: own.policy, base: { ...side, policySha256: own.policy.sha256, policyChanges: [] } }
  }
  if (old.value.ok) {
    const policyChanges = policyChangesBetween(old.value, own)
    return {
      policy: old.value.policy,
      base: { ...side, policySha256: old.value.policy.sha256, policyChanges },
    }
  }
  if (!old.value.absent)
    return usage(`the policy of the base, ${name}, cannot be used:\n${old.value.message}`)
  if (!own.ok) return usage(own.message)
  const message = 'the base has no policy; this one is new, and it judges its own change'
  return {
    policy: own.policy,
    base: { ...side, policySha256: null, policyChanges: [{ file: own.policy.file, message }] },
  }
}

/** The policy of the base; undefined where base and change have the same by nature. */
function basePolicy(
  place: Place['place'],
  options: DiffOptions,
  plan: RunPlan,
): Outcome<LoadedPolicy | undefined> {
  const folder = place.kind === 'commit' ? plan.realProject : dirname(place.path)
  if (place.kind === 'lockfile' && (folder === plan.realProject || options.config !== undefined))
    return ok(undefined)
  const files = openBase(place, openedBy(plan))
  if (!files.ok) return files
  const { disk } = files.value
  const config = configOf(options)
  const isInCommit = config.configPath === undefined || disk.kind(resolve(config.configPath)) !== 'absent'
  // Outside of the repository it belongs to whoever runs depgate.
  if (!isInCommit && !isBelow(plan.realProject, place, resolve(config.configPath ?? ''))) return ok(undefined)
  const policy = loadPolicy({ project: folder, disk, ...config })
  const broken = files.value.failure()
  if (broken !== undefined) return broken
  if (place.kind === 'lockfile' && !policy.ok && policy.absent) return ok(undefined)
  return ok(policy)
}

function isBelow(project: string, place: Place['place'], path: string): boolean {
  const prefix = place.kind === 'commit' ? place.prefix : ''
  return path.startsWith(prefix === '' ? `${project}/` : project.slice(0, -prefix.length))
}

function policyChangesBetween(old: Extract<LoadedPolicy, { ok: true }>, own: LoadedPolicy): PolicyChange[] {
  if (!own.ok) {
    const file = old.policy.file || POLICY_FILE
    if (own.absent) return [{ file, message: 'the change removes the policy' }]
    const [first] = own.errors
    const why = first === undefined ? 'cannot be read' : `cannot be read: ${first.message}`
    return [{ file: first?.file ?? file, message: `the policy of the change ${why}` }]
  }
  const changes = policyDifferences(old.merged.value, own.merged.value).map((message) => ({
    file: own.policy.file,
    message,
  }))
  const grown = baselineGrowth(old.policy.baseline.entries, own.policy.baseline.entries)
  return [...changes, ...grown.map(({ message }) => ({ file: own.policy.baseline.file, message }))]
}

function configOf({ config }: DiffOptions): { configPath?: string } {
  return config === undefined ? {} : { configPath: config }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** What is wrong with the request is told like a usage error; a git that does not answer is none. */
function refused({ code, message, fix }: Failure): RequestError {
  const text = fix === undefined ? message : `${message}\n  fix: ${fix}`
  return {
    kind: 'error',
    exitCode: code === 'git-failed' ? EXIT_CODE.incomplete : EXIT_CODE.usage,
    message: text,
  }
}

function usage(message: string): RequestError {
  return { kind: 'error', exitCode: EXIT_CODE.usage, message }
}

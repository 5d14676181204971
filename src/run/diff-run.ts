/** A run that judges a change: finds the base, answers at once where nothing has changed since, and has the rest judged. */
import { EXIT_CODE } from '#model/exit-code'
import type { Failure, FailureCode } from '#model/outcome'
import { monotonicMs } from '../clock.ts'
import { answerOf, recallSnapshot } from '../recall-snapshot.ts'
import type { CommitBase } from '../recall-snapshot.ts'
import { maybeMeasured, planOf } from '../run.ts'
import type { RequestError, RunOptions, RunOutcome, RunPlan } from '../run.ts'
import { step } from '../trace.ts'
import { namedBase } from './named-base.ts'
import type { NamedBase } from './named-base.ts'

/** What to judge: everything that is different from a base. */
export interface DiffOptions extends Omit<RunOptions, 'from' | 'texts' | 'snapshot' | 'policyOptional'> {
  /** A git ref, else a lockfile outside of the work tree; `release` for the newest tag. */
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
    if ('kind' in plan) return plan
    const place = namedBase(
      { base: options.base, mergeBase: options.mergeBase !== false, here: process.cwd() },
      openedBy(plan),
    )
    if (!place.ok) return refused(place.failure)
    const outcome = (await recalled(plan, place.value)) ?? (await judged(plan, place.value, options))
    if (outcome.kind === 'report' && place.value.isHead) outcome.report.warnings.push(BASE_IS_HEAD)
    return outcome
  })
}

/** A gate that always compares a commit with itself would pass for ever. */
const BASE_IS_HEAD = {
  code: 'base-is-head',
  message:
    'The base is the commit that is checked out, so only what is not committed was compared. On the branch itself, judge the whole tree with depgate check.',
}

/** The answer to the same question, if it was put before and nothing has changed since. */
async function recalled(plan: RunPlan, place: NamedBase): Promise<RunOutcome | undefined> {
  const { refresh, wantsInventory, signal } = plan.options
  const commit = commitBase(place)
  if (commit === undefined || refresh === true || wantsInventory === true || signal?.aborted === true)
    return undefined
  const found = await step('recall-snapshot', () => recallSnapshot(plan, commit))
  return typeof found === 'object' ? answerOf(found, plan) : undefined
}

async function judged(plan: RunPlan, place: NamedBase, options: DiffOptions): Promise<RunOutcome> {
  const { judgeChange } = await import('./judge-change.ts')
  const outcome = await judgeChange(plan, {
    base: place,
    commit: commitBase(place),
    allowsPolicyChange: options.allowPolicyChange === true,
    openedBy: openedBy(plan),
  })
  return 'failure' in outcome ? refused(outcome.failure) : outcome
}

/** What a commit's name fixes is the same for ever; a lockfile somewhere is read anew. */
function commitBase({ name, place }: NamedBase): CommitBase | undefined {
  if (place.kind !== 'commit') return undefined
  const { commit, tip, prefix } = place
  return { name, commit, tip, prefix }
}

function openedBy({ realProject, env, startedAt, deadlineMs = DEFAULT_DEADLINE_MS }: RunPlan) {
  const leftMs = (): number => startedAt + deadlineMs - monotonicMs()
  return { project: realProject, env, leftMs }
}

/** What was wrong with the request is exit code 2; a git or a registry that does not answer is 3. */
function refused({ code, message, fix }: Failure): RequestError {
  const text = fix === undefined ? message : `${message}\n  fix: ${fix}`
  return { kind: 'error', exitCode: WRONG.has(code) ? EXIT_CODE.usage : EXIT_CODE.incomplete, message: text }
}

const WRONG: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'git-not-found',
  'not-a-repository',
  'foreign-repository',
  'unknown-base',
  'no-common-commit',
])

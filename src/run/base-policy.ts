/** Finds the policy by which a change is judged, that of its base, and what the change does to it. */
import { dirname, resolve } from 'node:path'
import { policyDifferences } from '#config/compare-policies'
import type { LoadedPolicy } from '#config/load'
import { POLICY_FILE } from '#config/minimal-policy'
import type { Disk } from '#disk/disk'
import { placeIn } from '#git/work-tree'
import type { PolicyChange } from '#model/change'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { BaseSide } from '#model/run-request'
import { baselineGrowth } from '#policy/baseline'
import type { BaseFiles } from './base-place.ts'
import { loadPinnedPolicy } from './pinned-policy.ts'
import type { PolicySide, ReadPinned } from './pinned-policy.ts'
import { noParts, writtenParts } from './policy-parts.ts'
import type { PolicyParts } from './policy-parts.ts'

/** What it takes to find both policies. */
export interface PolicyQuestion {
  /** Real path of the project. */
  project: string
  /** Reads the project's own files. */
  disk: Disk
  base: Pick<BaseSide, 'name' | 'place'>
  /** Those of the commit whose policy judges. */
  files: BaseFiles
  /** Those of the commit that both sides have in common last; the same where the branch has not gone on. */
  common: BaseFiles
  /** The policy file that was asked for. */
  config: string | undefined
  read: ReadPinned
}

/** The policy that judges, and how the change's own differs from it; or the text of what is wrong with them. */
export type JudgingPolicy =
  | ({ kind: 'policy'; policy: Policy } & Pick<BaseSide, 'policySha256' | 'policyChanges'>)
  | { kind: 'wrong'; message: string }

/** Finds it. Fails as git does, and the registry, which is asked only for packages that the base's policy extends. */
export async function judgingPolicy(question: PolicyQuestion): Promise<Outcome<JudgingPolicy>> {
  const { base, project, read } = question
  const [ownParts, parts] = [noParts(), noParts()]
  const own = await loadPinnedPolicy(
    { disk: question.disk, folder: project, config: configOf(question), parts: ownParts },
    read,
  )
  const old = await basePolicy(question, parts)
  if (!old.ok) return old
  if (old.value === 'own') {
    if (!own.ok) return own
    return ok(own.value.ok ? judgedBy(own.value.policy, []) : wrong(own.value.message))
  }
  if (old.value.ok) {
    const changes = changesBetween(old.value, own)
    const told = writtenChanges(changes, { ownParts, parts }, question)
    const broken = question.common.failure() ?? question.files.failure()
    return broken ?? ok(judgedBy(old.value.policy, told))
  }
  if (!old.value.absent)
    return ok(wrong(`the policy of the base, ${base.name}, cannot be used:\n${old.value.message}`))
  if (!own.ok) return own
  if (!own.value.ok) return ok(wrong(own.value.message))
  const message = 'the base has no policy; this one is new, and it judges its own change'
  const { policy } = own.value
  return ok({ ...judgedBy(policy, [{ file: policy.file, message }]), policySha256: null })
}

function judgedBy(policy: Policy, policyChanges: PolicyChange[]) {
  return { kind: 'policy' as const, policy, policySha256: policy.sha256, policyChanges }
}

function wrong(message: string): JudgingPolicy {
  return { kind: 'wrong', message }
}

/** The policy of the base; `own` where whoever runs depgate has chosen one policy for both sides. */
async function basePolicy(
  question: PolicyQuestion,
  parts: PolicyParts,
): Promise<Outcome<LoadedPolicy | 'own'>> {
  const { base, files, project, config, read } = question
  const { place } = base
  if (place.kind === 'lockfile' && (dirname(place.path) === project || config !== undefined)) return ok('own')
  const { disk, folder, failure } = files
  let chosen = config
  if (config !== undefined) {
    // A link of the user's own that leads into the repository is no way around the base.
    const path = placeIn(topOf(project, place), resolve(config))
    if (path === undefined) return ok('own')
    if (disk.kind(path) === 'absent') return ok({ ok: false, absent: true, message: '', errors: [] })
    if (path !== resolve(config)) chosen = path
  }
  const side: PolicySide = { disk, folder, config: configOf({ config: chosen }), parts }
  const policy = await loadPinnedPolicy(side, read)
  const broken = failure()
  if (broken !== undefined) return broken
  if (!policy.ok) return policy
  const isChosen = place.kind === 'lockfile' && !policy.value.ok && policy.value.absent
  return ok(isChosen ? 'own' : policy.value)
}

/** What lies outside of this folder belongs to whoever runs depgate, and not to the change. */
function topOf(project: string, place: BaseSide['place']): string {
  const prefix = place.kind === 'commit' ? place.prefix : ''
  return prefix === '' ? project : project.slice(0, -prefix.length)
}

/**
 * Those changes that merging would bring. A branch that is older than the policy of its base differs from it, and has
 * changed nothing; a file that it has written may be one that only the policy of the base reads.
 */
function writtenChanges(
  changes: PolicyChange[],
  { ownParts, parts }: { ownParts: PolicyParts; parts: PolicyParts },
  { files, common, disk: own, project: folder }: PolicyQuestion,
): PolicyChange[] {
  if (common === files) return changes
  const states = { own, common: common.disk, tip: files.disk, folder }
  const all = {
    files: new Set([...ownParts.files, ...parts.files]),
    packages: new Set([...ownParts.packages, ...parts.packages]),
  }
  const written = writtenParts(all, states)
  if (written.length === 0 || changes.length > 0) return written.length === 0 ? [] : changes
  const known = new Set(writtenParts(ownParts, states))
  const message = 'the policy of the base reads it, and the change has written it'
  return written.filter((file) => !known.has(file)).map((file) => ({ file, message }))
}

function changesBetween(
  old: Extract<LoadedPolicy, { ok: true }>,
  own: Outcome<LoadedPolicy>,
): PolicyChange[] {
  const file = old.policy.file || POLICY_FILE
  const unreadable = (why: string): PolicyChange[] => [
    { file, message: `the policy of the change cannot be read: ${why}` },
  ]
  if (!own.ok) return unreadable(own.failure.message)
  if (!own.value.ok) {
    const [first] = own.value.errors
    if (own.value.absent) return [{ file, message: 'the change removes the policy' }]
    return unreadable(first === undefined ? 'nobody can say why' : `${first.file}: ${first.message}`)
  }
  const { policy, merged } = own.value
  const changes = policyDifferences(old.merged.value, merged.value)
  const grown = baselineGrowth(old.policy.baseline.entries, policy.baseline.entries)
  return [
    ...changes.map((message) => ({ file: policy.file, message })),
    ...grown.map(({ message }) => ({ file: policy.baseline.file, message })),
  ]
}

function configOf({ config }: Pick<PolicyQuestion, 'config'>): { configPath?: string } {
  return config === undefined ? {} : { configPath: config }
}

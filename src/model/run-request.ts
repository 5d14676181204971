/** The run request: all that a run is asked to do, as plain data that can be handed to a worker thread. */
import type { PolicyChange } from './change.ts'
import type { Policy } from './policy.ts'

/** What was looked at below a folder, and a digest of what was seen. */
export interface LookedAt {
  /** Absolute path. */
  root: string
  looks: string[]
  digest: string
}

/** Where a run finds the tree: in node_modules, or in the lockfile alone. */
export type TreeSource = 'installed' | 'lockfile'

/**
 * Which tarballs are read where the tree comes from the lockfile: those that every system installs, all of them, or
 * none.
 */
export type TextsWanted = 'everywhere' | 'all' | 'none'

/** The other side of a change. */
export interface BaseSide {
  /** As it was asked for: a git ref, a tag or the path of a lockfile. */
  name: string
  /**
   * Where its files are: in a commit, below a folder of the repository, or beside a lockfile (absolute path). Packages are
   * compared with those of `commit`; the policy is that of `tip`, to which the branch may have gone on since.
   */
  place: { kind: 'commit'; commit: string; tip: string; prefix: string } | { kind: 'lockfile'; path: string }
  /** Of its policy; null where it has none. */
  policySha256: string | null
  policyChanges: PolicyChange[]
  /** Whether such changes are only told. */
  allowsPolicyChange: boolean
}

/** What an audit looks into besides judging; every part can be left out. */
export interface AuditWish {
  /** What later releases of the packages bring. */
  forecast: boolean
  /** What is known to be wrong with them. */
  advisories: boolean
}

/** The shared tier, after it was asked for a snapshot and had none that holds. */
export interface SharedSoFar {
  /** The key under which the run's snapshot is kept there. */
  snapshotKey: string
  /** What is left of the run's patience with it, in milliseconds; none where it is to be left out. */
  patienceMs: number
  /** Records that were not believed. */
  rejected: number
  warnings: { code: string; message: string }[]
}

/** What to check, by which rules, and until when. */
export interface RunRequest {
  /** Absolute path of the folder that holds package.json. */
  project: string
  /** The command that asked, for the report. */
  command: string
  runId: string
  /** Epoch milliseconds; the one `now` of the run. */
  now: number
  /** Monotonic milliseconds (`monotonicMs` of clock.ts) when the run began. */
  startedAt: number
  /** Monotonic milliseconds at which everything must be over. */
  deadlineAt: number
  policy: Policy
  /** False where a command works without a policy: licences are concluded, nothing is compared with an allow list. */
  hasPolicy: boolean
  /** Where to find the tree; absent for the installed one where there is one, else the lockfile. */
  from?: TreeSource
  texts: TextsWanted
  /** Judge only what is different from here. */
  base?: BaseSide
  /** Ask for everything that a registry can change, and look into these parts besides; absent but for an audit. */
  audit?: AuditWish
  /** Absolute path of a dump of OSV's database, a file or a folder; absent where none was named. */
  osv?: string
  omitDev: boolean
  /** Names or locations of workspaces to narrow the run to; empty for all. */
  workspaces: string[]
  offline: boolean
  /** Do not read the cache. */
  refresh: boolean
  allowStale: boolean
  /** Hand back the inventory beside the report: it is large, and only listing all paths needs it. */
  wantsInventory: boolean
  /** Keys of the project's own .npmrc that the caller trusts. */
  trustNpmrc: string[]
  /** Absolute path of the disk cache; absent for none. */
  cacheDirectory?: string
  /** What the caller has looked at already: the policy's files. */
  lookedAt: LookedAt[]
  /** The snapshot under the key differs in nothing but the tree. */
  treeChanged: boolean
  /** The key under which the run's snapshot is kept; absent where there is to be none. */
  snapshotKey?: string
  /** What it came to that the shared tier was asked for a snapshot; absent where nobody asked. */
  shared?: SharedSoFar
  /** Measure the run: the report then has `metrics`. */
  metrics: boolean
  /** Types of trace events that the caller wants to hear of what the worker thread does. */
  relay: readonly ('step' | 'span' | 'count' | 'level')[]
  /** Monotonic milliseconds when the worker thread was started. */
  handedOverAt: number
  /** Absolute path for a CPU profile; absent for none. */
  profile?: string
  /** The environment as the caller sees it. */
  env: Record<string, string | undefined>
}

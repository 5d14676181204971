/** What a change does to the packages of a project: the part of a report that only `diff` has. */
import type { DependencyKind } from './inventory.ts'

/** `changed` is the same version with something else about it. */
export type ChangeType = 'added' | 'removed' | 'updated' | 'changed'

/** What can be different about a package before and after; `use` where it begins to ship. */
export const CHANGED_ASPECTS = [
  'integrity',
  'kinds',
  'license',
  'source',
  'use',
  'version',
  'workspaces',
] as const

/** One of {@link CHANGED_ASPECTS}. */
export type ChangedAspect = (typeof CHANGED_ASPECTS)[number]

/** A package on one side of a change. */
export interface PackageState {
  version: string
  /** The concluded SPDX expression; null where none could be established. */
  license: string | null
  kinds: DependencyKind[]
}

/** One package that a change adds, removes or alters. */
export interface PackageChange {
  type: ChangeType
  name: string
  /** Absent for an added package. */
  before?: PackageState
  /** Absent for a removed package. */
  after?: PackageState
  /** Sorted; empty for an added and a removed package. */
  differs: ChangedAspect[]
  /** Ids from a root down to it, root first: who brings it in (or brought it, for a removed one). */
  path: string[]
}

/** A change of what judges, which only its owners may make. */
export interface PolicyChange {
  /** Path below the project, with `/`. */
  file: string
  /** One sentence. */
  message: string
}

/** Both sides of a change and what is different. */
export interface ChangeReport {
  base: {
    /** As it was asked for: a git ref or the path of a lockfile. */
    name: string
    /** The commit it stands for; absent where it is a file. */
    commit?: string
    /** sha256 (hex) of base's lockfile. */
    lockfileSha256: string
    /** Of base's resolved policy; null where base has none. */
    policySha256: string | null
  }
  /** Sorted by name, then version. */
  packages: PackageChange[]
  /** Changes of the policy, its baseline and whatever else decides: judged by base's rules, for a policy owner to see. */
  needsPolicyOwner: PolicyChange[]
}

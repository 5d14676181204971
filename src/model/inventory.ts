/** The inventory: every package instance of a project, how it is reached, and what its own package.json says. */
import type { Failure } from './outcome.ts'

/** How a package is reached from the project: one label a path, `dev` before `optional` before `peer`. */
export type DependencyKind = 'production' | 'dev' | 'optional' | 'peer'

/** All kinds in the order in which reports list them. */
export const DEPENDENCY_KINDS: readonly DependencyKind[] = ['production', 'dev', 'optional', 'peer']

/**
 * Where an instance came from. Only `registry` is ever looked up by name; `bundled` came inside the tarball of its
 * parent, `root` and `workspace` are the project's own.
 */
export type SourceType = 'registry' | 'git' | 'url' | 'file' | 'link' | 'bundled' | 'workspace' | 'root'

/** The licence fields of one manifest exactly as its author typed them (any JSON, size-capped by whoever read it). */
export interface LicenseField {
  license?: unknown
  licenses?: unknown
}

/** What a package asks for and cannot do without; whoever only works on it is not meant. */
export interface Need {
  /** The key in package.json: the alias if there is one. */
  name: string
  kind: Exclude<DependencyKind, 'dev'>
}

/** One package at one place of the tree. */
export interface PackageInstance {
  /** Path below the project with `/`, `''` for the root: `node_modules/a/node_modules/b`. */
  location: string
  /** Real name; for an alias not the folder's name. */
  name: string
  version: string
  source: SourceType
  /** Address in the lockfile, if it has one and it is not the registry's own. */
  resolved?: string
  /** Subresource integrity in the lockfile (`sha512-…`, several separated by blanks). */
  integrity?: string
  /**
   * Origin of the address at which the lockfile says a registry package is to be fetched (`''` for one that is no
   * address): only its integrity ties that to the registry's version.
   */
  addressed?: string
  /** Path of that address, where it is the tarball of another package or version. */
  misaddressed?: string
  /**
   * The registry package whose tarball is said to carry it: of a bundled package, and of one that would be bundled if this
   * platform did not leave it out, which is asked for by name.
   */
  carrier?: { name: string; version: string }
  /**
   * False for an optional package that this platform leaves out, and for a peer of the lockfile that is not on disk. In
   * an inventory from the lockfile alone: for an optional package that any platform leaves out.
   */
  installed: boolean
  /** On disk (or, in an inventory from the lockfile alone, in the lockfile), but nothing in the lockfile or a package.json asks for it. Judged as production. */
  extraneous: boolean
  /** Sorted as {@link DEPENDENCY_KINDS}; empty only for the project's own packages. */
  kinds: DependencyKind[]
  /** The project's own packages that reach it, by location with `.` for the root; sorted. */
  workspaces: string[]
  /** Licence fields of its package.json on disk; absent when not installed. */
  declared?: LicenseField
  /** Why its package.json could not be read, if it could not. */
  unreadable?: Failure
  /** What the lockfile notes of its licence: a hint, never evidence. */
  noted?: string
  /** Line of its entry in the lockfile, 1-based. */
  line?: number
}

/** One dependency as a package.json declares it, resolved by Node's look-up rule. */
export interface Edge {
  /** Location of the package that declares it. */
  from: string
  /** Location it resolves to. */
  to: string
  /** The key in package.json: the alias if there is one. */
  name: string
  /** What it asks for, as it was typed: a range, a tag, an alias, an address. */
  spec: string
  kind: DependencyKind
}

/** What is odd about a tree without making it untrustworthy; policy turns these into findings. */
export interface TreeProblem {
  type:
    | 'missing'
    | 'missing-peer'
    | 'invalid'
    | 'extraneous'
    | 'no-lockfile'
    | 'two-lockfiles'
    | 'out-of-step'
    | 'not-confirmed'
  /** Id or name of the package concerned, if there is one. */
  package?: string
  /** One sentence for people. */
  message: string
  fix?: string
  /** Ids from a root down to the package that has the problem. */
  path?: string[]
  /** Where the package concerned lies, if npm and not the draft has the problem. */
  location?: string
}

/** Every instance with its edges, as lockfile, disk and npm agree on them. */
export interface Inventory {
  /** Name and version of the root package.json (`''` where it has none). */
  root: { name: string; version: string }
  /** Sorted by location; holds the root and the workspaces too. */
  instances: PackageInstance[]
  /** Sorted by from, then name. */
  edges: Edge[]
  problems: TreeProblem[]
  /** sha256 (hex) of the lockfile's bytes; absent without a lockfile. */
  lockfileSha256?: string
  /** Name of the lockfile that was read, for locations in findings. */
  lockfile?: string
  /** The lockfile says nothing of peers: it is of version 1. */
  withoutPeers?: true
}

/** The run report: the versioned JSON contract between the run and everything that shows or stores it. */
import type { AuditReport } from './audit.ts'
import type { ChangeReport } from './change.ts'
import type { Claim, ConclusionType, LeafDecision } from './claim.ts'
import type { Finding, Location, Verdict } from './finding.ts'
import type { ImportsReport } from './imports-report.ts'
import type { DependencyKind, SourceType } from './inventory.ts'
import type { RunMetrics } from './metrics.ts'
import type { TreeSource } from './run-request.ts'

/** Raised whenever a reader of older reports could misread a newer one. */
export const REPORT_SCHEMA_VERSION = 1

/** What one run found out about one package version from one source. */
export interface PackageReport {
  id: string
  name: string
  version: string
  purl: string
  source: SourceType
  /**
   * False for an optional package that this platform leaves out (where the tree comes from the lockfile: any platform):
   * judged by the registry's manifest alone.
   */
  installed: boolean
  kinds: DependencyKind[]
  workspaces: string[]
  /** Where it lies below the project. */
  locations: string[]
  /** One shortest path of ids from each root that reaches it. */
  paths: string[][]
  /** Ids of the packages its dependencies resolve to, sorted. */
  dependencies: string[]
  /** Subresource integrities of its tarball as the lockfile has them, sorted. */
  integrity: string[]
  verdict: Verdict
  /** It passes only because the baseline knows what is said against it. */
  known?: true
  /** The concluded SPDX expression; null when unknown. */
  license: string | null
  conclusion: ConclusionType
  claims: Claim[]
  /** Why each leaf of the concluded expression (of every claim, in a conflict) passed or not. */
  leaves: LeafDecision[]
  /** Specs of the exceptions that were needed to pass. */
  exceptions: string[]
  /** How it is used by what the project's source files import; absent where nobody looked. */
  use?: {
    /** False where it is certain that nothing of it is in what ships. */
    shipped: boolean
    /** The import that leads to it, one that ships first. */
    importedBy?: Location
    /** What that imports, where it is not the package itself. */
    over?: string
  }
}

/** One of the project's own packages: listed, never judged. */
export interface FirstPartyPackage {
  name: string
  version: string
  /** Where it lies below the project, `.` for the root. */
  location: string
  /** What made it first-party: being the root, a workspace, or an entry of `firstParty`. */
  because: 'root' | 'workspace' | 'policy'
  /** Ids of the packages its dependencies resolve to, sorted. */
  dependencies: string[]
}

/** How much of the tree was judged. `total` counts packages, without the project's own. */
export interface Coverage {
  total: number
  judged: number
  /** Left out on request, for example by `--omit dev`. */
  omitted: number
  incomplete: number
  firstParty: number
  /** Ids of optional packages and peers that are not on disk (they are judged all the same). */
  notInstalled: string[]
  /** Packages whose tarballs were not read on request: they are incomplete. Absent for none. */
  oneWitness?: number
}

/** Requests of this run and answers of each cache tier: the proof that no request was made. */
export interface Traffic {
  network: { requests: number; retries: number; failures: number }
  cache: { memory: number; disk: number; redis: number; misses: number; writes: number; rejected: number }
  /** Licence files read, distinct ones, those of them whose reading the cache had, and those recognised in this run. */
  texts: { files: number; distinct: number; cached: number; recognised: number }
}

/** Something worth saying once that changes no verdict. */
export interface Warning {
  /** Stable, kebab-case. */
  code: string
  message: string
}

/** The whole report of one run, in an order that only depends on its content. */
export interface RunReport {
  schemaVersion: typeof REPORT_SCHEMA_VERSION
  tool: { name: 'depgate'; version: string }
  run: {
    id: string
    command: string
    startedAt: string
    durationMs: number
    deadlineMs: number
    offline: boolean
    network: Traffic['network']
    cache: Traffic['cache']
    texts: Traffic['texts']
    /** Present if nothing had changed since an earlier run, whose answers these are. */
    snapshot?: { madeAt: string }
  }
  inputs: {
    /** Name and version of the root package, for people. */
    project: string
    lockfileSha256: string | null
    /** What the tree was read from; absent where there was none to read. */
    tree?: TreeSource
    policySha256: string | null
    licenseList: string
  }
  verdict: Verdict
  coverage: Coverage
  packages: PackageReport[]
  firstParty: FirstPartyPackage[]
  findings: Finding[]
  warnings: Warning[]
  /** Only of `diff`: what the change does. Findings are then those that it brings. */
  change?: ChangeReport
  /** Only of `audit`: what changed since the last time, what is coming, and what is known to be wrong. */
  audit?: AuditReport
  /** Only where source files were read: what they import, folded to folders. */
  imports?: ImportsReport
  /** Only where the run was asked to measure itself. */
  metrics?: RunMetrics
}

/** The world as a run sees it: every effect the pipeline has is one of these functions, built once in runtime.ts. */
import type { Cache, CacheStatistics } from '#cache/tiered-store'
import type { ComparedTree, Confirmation, TreeDraft } from '#collectors/collect'
import type { Finding } from '#model/finding'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import type { FirstPartyPackage, PackageReport, RunReport, Traffic, Warning } from '#model/run-report'
import type { BaseSide, TreeSource } from '#model/run-request'
import type { RegistryClient } from '#registry/client'
import type { LocalPackage } from './local-package.ts'
import type { ReadTarball } from './tarball-reader.ts'
import type { TextSource } from './texts.ts'
import type { NamedRegistry } from '#registry/registry-names'

/** The registry as opened for one run. */
export interface OpenRegistry {
  client: RegistryClient
  /**
   * Whether trusted configuration sends a package to a registry other than the default one, and the `origin` that the
   * lockfile fetches it from, if it says one, is that registry's.
   */
  ownRegistry: (name: string, origin?: string) => boolean
  /** The registry that a package is asked of, with its names; undefined where none may be asked. */
  registryOf: (name: string) => NamedRegistry | undefined
  /** Whether npm fetches a package from its own registry where the lockfile has an address of this origin. */
  isOwnOrigin: (name: string, origin: string) => boolean
  /** What the tarball of a package says, for packages of which no copy is installed. */
  readTarball: ReadTarball
  warnings: Warning[]
}

/** The cache as opened for one run. */
export interface OpenCache extends Pick<Cache, 'holds'> {
  statistics: () => CacheStatistics
  warnings: () => Warning[]
  /** Resolves when nothing learned so far can be lost any more; quick. */
  save: () => Promise<void>
  /** Resolves when all writes are done. */
  flush: () => Promise<void>
}

/** Records of the cache, for whoever keeps answers of their own kind there. */
export type CacheRecords = Pick<Cache, 'get' | 'put'>

/** All effects of a run. None of them rejects for a reason outside our own code. */
export interface World {
  treeSource: () => TreeSource
  /** The tree by the lockfile alone. */
  readLocked: () => Outcome<Inventory>
  /** The tree that a change is compared with, by its lockfile; the change's own is the one by the lockfile alone. */
  readBase: (base: BaseSide) => Outcome<ComparedTree>
  readTree: () => Outcome<TreeDraft>
  /** Asks npm for its view of the tree; gives npm's JSON text. */
  askNpm: (signal: AbortSignal) => Promise<Outcome<string>>
  openCache: () => Promise<OpenCache>
  /** What the same cache holds. */
  records: CacheRecords
  openRegistry: (signal: AbortSignal) => Promise<Outcome<OpenRegistry>>
  /** The licence files of installed packages, and what they say. */
  texts: TextSource & { statistics: () => Traffic['texts'] }
  /** What the project itself has of a package whose address is one of its own files; `asked` as in {@link ReadTarball}. */
  readLocal: (instance: PackageInstance, asked: readonly string[]) => Promise<Outcome<LocalPackage>>
  /** sha256 (hex) of a file inside an installed package. */
  hashFile: (instance: PackageInstance, file: string) => Outcome<string>
  /** What the project's source files import; asked only where the policy needs it. */
  scanImports: (rules: Pick<ImportRules, 'files' | 'ignore'>) => Promise<Outcome<ImportGraph>>
  /** What the source files of a base import; undefined where there are none to look at. */
  scanBase: (
    base: Pick<BaseSide, 'place'>,
    rules: Pick<ImportRules, 'files' | 'ignore'>,
  ) => Promise<Outcome<ImportGraph> | undefined>
  /** Milliseconds since the run began. */
  elapsedMs: () => number
  /** What an earlier run knew, if only the tree has changed since. */
  previous: () => Promise<Previous | undefined>
  /** Keeps what the run found out for one that finds nothing changed, or little. */
  remember: (report: RunReport, lasting: Lasting) => Promise<void>
}

/** What an earlier run knew that holds where nothing has changed. */
export interface Previous {
  confirmation: Confirmation
  /** By the digest of what a judgement rested on. */
  judged: ReadonlyMap<string, JudgedPackage>
  /** Digests of what the run had looked at besides the tree. */
  around: ReadonlySet<string>
}

/** What of a run holds beyond it. */
export interface Lasting {
  /** Those of the report's warnings that the same tree would bring again. */
  warnings: Warning[]
  /** npm's word on the tree; undefined if it must be asked again. */
  confirmation: Confirmation | undefined
  judged: readonly JudgedPackage[]
}

/** One package with all that judging it brought to light. */
export interface JudgedPackage {
  /** Digest of all that the judgement rested on but the registry's answer. */
  digest: string
  report: PackageReport
  findings: Finding[]
  /** Indexes of the policy's entries that mattered. */
  used: { exceptions: number[]; clarifications: number[] }
}

/** A tree before anything of it was judged: all that a report of an unfinished run has to say about it. */
export interface TreeOutline {
  /** Name and version of the root package, as text. */
  project: string
  lockfileSha256: string | undefined
  tree: TreeSource
  problems: TreeProblem[]
  /** Every package to judge, as `incomplete`. */
  packages: PackageReport[]
  firstParty: FirstPartyPackage[]
  omitted: number
}

/** What a run tells while it goes on, so that whoever watches knows what is known at any moment. */
export interface RunEvents {
  /** The tree is known, and what of it will be judged. */
  tree: (outline: TreeOutline) => void
  /** More packages have been judged; `traffic` is that of the whole run so far. */
  judged: (packages: JudgedPackage[], traffic: Traffic) => void
}

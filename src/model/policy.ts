/** The policy: what a project allows, as validated plain data with the place of each entry in its file. */
import type { AdvisorySeverity } from './audit.ts'
import type { PlacedEntry } from './baseline.ts'
import type { Location, Severity } from './finding.ts'
import type { ImportRules } from './import-rules.ts'

/** A package spec of the policy: `name`, `name@range`, `@scope/*`, split once. */
export interface PackageSpec {
  /** As written. */
  text: string
  /** A package name, or a scope followed by `/*`. */
  name: string
  /** semver range; `*` when none was written. */
  range: string
}

/** A licence allowed for some packages, for a reason and until a date. */
export interface Exception {
  package: PackageSpec
  /** Licence ids, ids WITH an exception, `LicenseRef-*` or `UNLICENSED`, matched exactly. */
  allow: string[]
  reason: string
  owner: string
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
  expires: string
  location: Location
}

/** A human's reading of a licence, valid as long as every file that was read has its sha256. */
export interface Clarification {
  package: PackageSpec
  /** The SPDX expression that was read out of the file. */
  license: string
  /** At least one: paths inside the package, with `/`, and sha256 in hex, lower case. */
  files: { file: string; sha256: string }[]
  reason: string
  location: Location
}

/** An entry of an allow list that somebody wrote into the project's own policy: not from a group, not inherited. */
export interface WrittenEntry {
  license: string
  /** The list that it stands in; neither for the general one. */
  scope?: keyof Policy['licenses']['scopes'] | 'notShipped'
  workspace?: string
  location: Location
}

/** What a rule does: fail the run, be shown, or nothing. */
export type RuleSeverity = Severity | 'off'

/** A package that must not be used. */
export interface Ban {
  package: PackageSpec
  reason: string
  /** What to use instead. */
  use?: string
  location: Location
}

/** Rules about single packages, whatever their licence is. */
export interface PackageRules {
  ban: Ban[]
  /** More than one version of a package in the tree. */
  duplicates: RuleSeverity
  /** A version its author advises against. */
  deprecated: RuleSeverity
  /** A version whose licence is another one than that of the version before. */
  relicensed: RuleSeverity
  /** Youngest age in milliseconds that a version must have; 0 for no rule. */
  minimumAgeMs: number
  /** A package that ships no licence text. */
  licenseText: RuleSeverity
  /** Parts of others inside a package under a licence that is not allowed. */
  bundledLicenses: RuleSeverity
}

/** Rules about where packages come from. */
export interface SourceRules {
  /** Registries that packages may come from: `default`, a scope (`@acme`), or the base URL of one; empty for any configured. */
  registries: string[]
  git: RuleSeverity
  file: RuleSeverity
  url: RuleSeverity
  /** A registry package whose integrity the lockfile does not name, or only by a weak hash. */
  integrity: RuleSeverity
  /** A registry package that the lockfile fetches from elsewhere than its registry. */
  addresses: RuleSeverity
}

/** Rules about releases that are not installed yet; only an audit looks at those. */
export interface ForecastRules {
  /** A later release with another licence. */
  relicensed: RuleSeverity
  /** A newest release that declares no licence, although the installed one does. */
  licenseLost: RuleSeverity
  /** A newest release that names no repository, although the installed one does. */
  repositoryMissing: RuleSeverity
  /** A package without a release for longer than {@link ForecastRules.silentAfterMs}. */
  silent: RuleSeverity
  /** Milliseconds. */
  silentAfterMs: number
}

/** An advisory that is let pass, for a reason and until a date. */
export interface IgnoredAdvisory {
  /** Any id of it: GHSA, CVE and so on, compared without regard to case. */
  id: string
  /** Only for these packages; absent for every package that has it. */
  package?: PackageSpec
  reason: string
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
  expires: string
  location: Location
}

/** Rules about known vulnerabilities; only `audit` asks for them. */
export interface AdvisoryRules {
  /** An advisory of this severity or a worse one, or of an unknown one, fails the run; others are only shown. */
  level: AdvisorySeverity
  ignore: IgnoredAdvisory[]
  /** Milliseconds after which a source is too old to say that there is nothing. */
  maxAgeMs: number
  /** What it is worth that no source could be asked about a package. */
  unavailable: RuleSeverity
}

/**
 * Whom an audit tells. Addresses and secrets stand in environment variables, whose names these are: a policy can be a
 * stranger's, and must not say where to send anything.
 */
export type NotifyTarget =
  | { type: 'webhook'; url: string; secret?: string }
  | { type: 'slack'; url: string }
  | { type: 'github-issue'; token: string; repository?: string }

/** How to treat the registry. */
export interface NetworkPolicy {
  /** Most requests in the air at once. */
  concurrency: number
  requestsPerSecond: number
  /** Milliseconds a single request may take in all. */
  timeoutMs: number
}

/** How many runs of the past are kept, and for how long. */
export interface HistoryPolicy {
  runs: number
  days: number
  /** Whether a run has to be beyond both limits to be dropped, or beyond one of them. */
  keep: 'more' | 'fewer'
}

/** Everything a run is judged by. */
export interface Policy {
  /** Path of the policy file below the project, or as given on the command line. */
  file: string
  /** sha256 (hex) of the resolved policy, independent of formatting and comments, and of the bytes of its baseline. */
  sha256: string
  licenses: {
    allow: string[]
    /** Added to `allow` for packages that are reached in one of these ways only; a peer counts as production. */
    scopes: { production: string[]; dev: string[]; optional: string[] }
    /** Added to `allow` for packages of which nothing is in what ships, by what the source files import. */
    notShipped?: string[]
    /** Added to `allow` for packages that only these workspaces reach, by location (`.` for the root). */
    workspaces: { workspace: string; allow: string[]; location: Location }[]
    /** Only to tell which entries nothing needs; the lists above hold these licences too. */
    written: WrittenEntry[]
    exceptions: Exception[]
    clarify: Clarification[]
  }
  packages: PackageRules
  sources: SourceRules
  /** Absent where nobody has to know what the source files import. */
  imports?: ImportRules
  advisories: AdvisoryRules
  notify: NotifyTarget[]
  firstParty: { package: PackageSpec; location: Location }[]
  forecast: ForecastRules
  /** Findings that are accepted for now. */
  baseline: {
    /** Path of its file as {@link Policy.file} names its own; there may be no such file. */
    file: string
    /** Whether there is one. */
    exists: boolean
    /** What an entry without a finding is worth. */
    stale: RuleSeverity
    entries: PlacedEntry[]
  }
  network: NetworkPolicy
  cache: {
    /** Milliseconds for what a registry can change of a version. */
    ttlMs: number
    /** The shared tier: the environment variable that holds its address, and the most that may be done with it. */
    redis?: { variable: string; mode: 'off' | 'read-only' | 'read-write' }
  }
  history: HistoryPolicy
  /** Milliseconds for the whole run. */
  deadlineMs: number
}

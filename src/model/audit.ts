/** What an audit adds to a report: how things were the last time, what is coming, and what is known to be wrong. */
import type { PackageChange } from './change.ts'
import type { Finding, Verdict } from './finding.ts'

/** The stored run that an audit compares itself with. */
export interface EarlierRun {
  id: string
  /** ISO time. */
  startedAt: string
  verdict: Verdict
  policySha256: string | null
  toolVersion: string
}

/** What is different since an earlier run. */
export interface RunComparison {
  since: EarlierRun
  /** Fingerprints of findings of this run that the earlier one had not; sorted. */
  newFindings: string[]
  /** Findings of the earlier run that are gone, as they were told then. */
  fixedFindings: Finding[]
  /** Findings that both runs have. */
  unchanged: number
  /** Packages that came, went or are different; as in `diff`. */
  packages: PackageChange[]
}

/** An exception or an entry of the baseline that ends soon. */
export interface LapsingEntry {
  /** Where it stands: the policy's exceptions, its ignored advisories, or the baseline. */
  kind: 'exception' | 'advisory' | 'baseline'
  /** The package spec, the id of the advisory, or the sentence of the finding. */
  subject: string
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC. */
  expires: string
  /** Whole days from the run to that day; 0 on the day itself. */
  daysLeft: number
  reason: string
  /** Who answers for it; absent where the entry names nobody. */
  owner?: string
}

/** How far away from the installed version a release is. */
export const RELEASE_STEPS = ['range', 'minor', 'major'] as const

/**
 * `range`: the newest version that everything that asks for the package accepts; `minor`: the newest one of the
 * installed major version; `major`: the newest of all. Pre-releases do not count.
 */
export type ReleaseStep = (typeof RELEASE_STEPS)[number]

/** A later version of a package and the licence that it declares. */
export interface LaterRelease {
  /** Every step that leads to this version, in the order of {@link RELEASE_STEPS}. */
  steps: ReleaseStep[]
  version: string
  /** The normalised SPDX expression; null where it declares none that can be read. */
  license: string | null
  /** What the manifest says, shown where `license` is null. */
  raw?: string
  /** ISO time; absent where the registry gives none. */
  publishedAt?: string
  /** Whether the policy would allow that licence for this package. */
  allowed: boolean
  /** Its author advises against it. */
  deprecated?: true
}

/** What is coming for one installed package. Only packages about which there is something to say are listed. */
export interface ForecastEntry {
  /** Id of the installed package. */
  package: string
  /** The licence that was concluded for it. */
  license: string | null
  /** Later releases whose licence differs from the installed one; sorted by version. */
  relicensed: LaterRelease[]
  /** The first version after the installed one that carries another licence; absent where nothing was relicensed. */
  firstRelicensed?: string
  /** A range that keeps the licence, such as `^1.0.40` or `>=1.0.40 <2.0.0`; absent where nothing was relicensed. */
  safeRange?: string
  /** ISO time of the newest release where that is longer ago than the policy's limit. */
  silentSince?: string
  /** What the newest version has lost that the installed one has. */
  newestLacks: ('repository' | 'license')[]
}

/** The forecast with what it rests on. */
export interface ForecastReport {
  /** Sorted by package id. */
  entries: ForecastEntry[]
  /** Names whose releases were looked at. */
  asked: number
  /** Names about which the registry gave no answer that could be used; sorted. */
  unanswered: string[]
}

/** How bad an advisory says it is. */
export const ADVISORY_SEVERITIES = ['low', 'moderate', 'high', 'critical'] as const

/** One of {@link ADVISORY_SEVERITIES}. */
export type AdvisorySeverity = (typeof ADVISORY_SEVERITIES)[number]

/** A known vulnerability that an installed version has. */
export interface AdvisoryMatch {
  /** Its id, such as a GHSA or a CVE id. */
  id: string
  /** Other ids of the same; sorted. */
  aliases: string[]
  /** Id of the installed package. */
  package: string
  title: string
  /** Null where the source does not say: it then counts as the worst. */
  severity: AdvisorySeverity | null
  /** The affected versions, as a semver range. */
  range: string
  /** The lowest version from the installed one on that is not affected; absent where there is none. */
  fixedIn?: string
  url?: string
  source: 'registry' | 'osv'
  /** The policy ignores it: why and until when. */
  ignored?: { reason: string; expires: string }
}

/** What the sources of advisories said. */
export interface AdvisoryReport {
  /** `incomplete` where no source answered, or the only one that did is too old. */
  status: 'complete' | 'incomplete'
  sources: {
    name: 'registry' | 'osv'
    /** ISO time as of which it speaks; absent where it did not answer. */
    asOf?: string
    /** Why it did not answer or cannot be used; absent where it did. */
    problem?: string
  }[]
  /** Sorted by severity, worst first, then package and id. */
  matches: AdvisoryMatch[]
}

/** A run of the past as a point of a curve. */
export interface TrendPoint {
  id: string
  /** ISO time. */
  startedAt: string
  command: string
  verdict: Verdict
  packages: number
  /** Findings that deny, without what the baseline knows. */
  denied: number
  warned: number
  /** Packages whose licence is unknown. */
  unknown: number
  incomplete: number
  durationMs: number
  /** Peak memory in bytes, where the run measured itself. */
  peakMemory?: number
}

/** Everything an audit adds to a report. */
export interface AuditReport {
  /** Absent where there is no earlier run that can be used. */
  comparison?: RunComparison
  /** Entries that end within 30 days; sorted by day, then subject. */
  lapsing: LapsingEntry[]
  /** Absent where it was turned off. */
  forecast?: ForecastReport
  /** Absent where it was turned off. */
  advisories?: AdvisoryReport
  /** Runs that are kept, oldest first, this one last. */
  trend: TrendPoint[]
}

/** The policy: what a project allows, as validated plain data with the place of each entry in its file. */
import type { Location } from './finding.ts'

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

/** A human's reading of a licence, valid as long as the file that was read has this sha256. */
export interface Clarification {
  package: PackageSpec
  /** The SPDX expression that was read out of the file. */
  license: string
  /** Path inside the package, with `/`. */
  file: string
  /** Hex, lower case. */
  sha256: string
  reason: string
  location: Location
}

/** How to treat the registry. */
export interface NetworkPolicy {
  /** Most requests in the air at once. */
  concurrency: number
  requestsPerSecond: number
  /** Milliseconds a single request may take in all. */
  timeoutMs: number
}

/** Everything a run is judged by. */
export interface Policy {
  /** Path of the policy file below the project, or as given on the command line. */
  file: string
  /** sha256 (hex) of the resolved policy, independent of formatting and comments. */
  sha256: string
  licenses: {
    allow: string[]
    /** Added to `allow` for packages reached as development dependencies. */
    devAllow: string[]
    exceptions: Exception[]
    clarify: Clarification[]
  }
  firstParty: { package: PackageSpec; location: Location }[]
  network: NetworkPolicy
  cache: {
    /** Milliseconds for what a registry can change of a version. */
    ttlMs: number
  }
  /** Milliseconds for the whole run. */
  deadlineMs: number
}

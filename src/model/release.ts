/** Releases: what a registry's list of all versions of a package says of each of them. */
import type { LicenseField } from './inventory.ts'

/** One published version. Good for a look ahead; what is installed is judged by the manifest of its very version. */
export interface Release {
  version: string
  /** The licence fields as they were typed; empty where there are none. */
  license: LicenseField
  /** Whether it says where its source is. */
  repository: boolean
  /** Whether its author advises against it. */
  deprecated: boolean
  /** Epoch milliseconds; absent where the registry does not say. */
  publishedAt?: number
}

/** What is known of a package's releases. */
export interface Releases {
  /** Those that were asked for and the later ones that count, in the order of semver. */
  list: readonly Release[]
  /** The version behind each tag, such as `latest`; only versions that are offered. */
  tags: ReadonlyMap<string, string>
}

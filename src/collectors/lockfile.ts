/** A lockfile as data, whatever version of npm wrote it: its packages by the place where npm puts them. */
import type { Declared } from './manifest-fields.ts'

/** Most packages of one tree that are looked at. */
export const MAX_PACKAGES = 100_000

/** One package of the lockfile. */
export interface LockEntry {
  location: string
  /** Real name; for an alias not the folder's name. */
  name: string
  /** `''` where the lockfile has none, as for a workspace without a version. */
  version: string
  resolved?: string
  integrity?: string
  /** It came inside the tarball of a package above it. npm's other flags follow from the edges and are not believed. */
  inBundle: boolean
  declared: Declared[]
  /** What npm noted of its licence when it was installed. */
  license?: string
  bundled?: string[] | true
  /** It says for which systems it is: on others npm leaves it out. */
  limited?: true
  /** Of version 1, which does not say who asks for it: some package has it as a peer. */
  peer?: true
  /** 1-based; absent in a file that npm did not format. */
  line?: number
}

/** A lockfile, read. */
export interface Lockfile {
  lockfileVersion: 1 | 2 | 3
  /** Packages by location; links are in `links`. Holds no prototype, so no name is special. */
  entries: Map<string, LockEntry>
  /** Location of each link to the folder it points to, as written (`../x` for one outside the project). */
  links: Map<string, string>
  /** Name and version of folders outside the project that a link points to. */
  outside: Map<string, { name: string; version: string }>
  /** Of version 2 and 3, where it is wanted for {@link LockfileReading.like}: its `packages` as they were parsed. */
  listed?: Record<string, unknown>
}

/** How to read a lockfile that is compared with another one. */
export interface LockfileReading {
  /** Keep `listed`. */
  keepListed?: boolean
  /**
   * The other one, with its `listed`: what is the same in both becomes one object, and lines are not looked for, so that
   * those of the other one stand in what is shared.
   */
  like?: Lockfile | undefined
}

/** What a configuration of another tool comes to as a policy, and what of it does not. */

/** Something that could not be carried over. */
export interface Lost {
  /** As it was written there. */
  what: string
  /** One clause. */
  why: string
}

/** Packages that the other tool lets pass whatever their licence is. */
export interface Exempt {
  /** As it was written there. */
  text: string
  /** A name, a name with a range, or `@scope/*`; absent where names that begin so are meant. */
  package?: string
  prefix?: string
}

/** A human's reading, as far as the other tool records it. */
export interface Reading {
  package: string
  license: string
  file?: string
  /** sha256 of that file, if it was recorded. */
  sha256?: string
}

/** One configuration as it was read, before anybody looked at the tree. */
export interface Peer {
  /** For people: `license-checker in the script "licenses" of package.json`. */
  source: string
  /** Entries of an allow list; undefined where the tool has none, which allows everything that is not denied. */
  allow?: string[]
  /** Licences that it refuses. */
  deny: string[]
  /** It judges what ships and nothing else. */
  productionOnly: boolean
  exempt: Exempt[]
  readings: Reading[]
  ban: { package: string; reason: string }[]
  lost: Lost[]
}

/** All configurations together, as parts of a policy. */
export interface Imported {
  sources: string[]
  exceptions: { package: string; allow: string[]; reason: string; owner: string; expires: string }[]
  clarify: { package: string; license: string; file: string; sha256: string; reason: string }[]
  ban: { package: string; reason: string }[]
  lost: Lost[]
}

/** A peer with nothing in it yet. */
export function emptyPeer(source: string): Peer {
  return { source, deny: [], productionOnly: false, exempt: [], readings: [], ban: [], lost: [] }
}

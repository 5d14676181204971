/** Claims and conclusions: what each witness says of a licence, and what follows from all of them together. */
import type { FailureCode } from './outcome.ts'

/**
 * A source that says something of a licence: the registry's manifest, the package.json on disk, a licence file, or the
 * lockfile, whose word is a hint and never evidence.
 */
export type Witness = 'registry' | 'installed' | 'text' | 'lockfile'

/**
 * What a file speaks for: the package itself, or parts of others that it carries (NOTICE, third-party notices). A
 * `hint`, the README or the opening comment of a script, can contradict what a field states, and never proves it.
 */
export type TextRole = 'package' | 'bundled' | 'hint'

/** How a licence file stands to the known licence texts. */
export interface TextClaim {
  /** Path inside the package, with `/`. */
  file: string
  /** Of the bytes that were read: of a script those of its beginning. Hex, lower case. */
  sha256: string
  role: TextRole
  /**
   * The licences whose text the file holds, one list for each text in it: a text that serves several ids has all of
   * them. Empty if not every word of the file is accounted for.
   */
  licenses: string[][]
  /** The file leaves the choice between its licences; otherwise all of them hold. */
  choice?: true
  /** Of a hint, or a file that only points to licences: the ids it names. */
  mentions?: string[]
  /** Of either: the families of licences that it names without saying which of them (`gpl`). */
  families?: string[]
  /** The known text that comes nearest, and how near: 1 is word for word. */
  nearest?: { id: string; score: number }
  /** What keeps an unaccepted file from being its nearest text: a few lines, the first ones that differ. */
  differences?: string[]
}

/** Why a witness's words are not a licence expression. */
export type UnknownReason =
  | 'absent' // no licence field, or an empty one
  | 'unlicensed' // UNLICENSED: proprietary
  | 'see-file' // SEE LICENSE IN <file>
  | 'ambiguous' // BSD, GPL, LGPL, Public Domain: a family, not a licence
  | 'contradictory' // two fields, or two keys of one, that do not say the same
  | 'legacy-array' // several licences without saying AND or OR
  | 'url' // an address instead of a licence
  | 'not-spdx' // prose, or an id the list does not have
  | 'too-complex' // longer, deeper or with more terms than any real expression
  | 'malformed' // a value no manifest should hold
  | 'unknown-text' // a licence file whose words are not those of any known text
  | 'pointer' // a licence file that only names a licence or says where to find it

/** What one witness says of one package version. */
export interface Claim {
  witness: Witness
  /** The field as it was typed; absent when the witness could not be heard. */
  raw?: unknown
  /** The normalised SPDX expression, if the words are one. */
  license?: string
  /** Why there is no expression although the witness was heard. */
  reason?: UnknownReason
  /** Why the witness could not be heard. */
  failure?: { code: FailureCode; message: string; fix?: string }
  /** Of a `text` claim: the file, and what it was recognised as. */
  text?: TextClaim
  /** When the words were obtained, ISO 8601. */
  at: string
  /** Where the words came from: the network, a cache tier, the disk of the project, or the tarball. */
  from: 'network' | 'memory' | 'disk' | 'redis' | 'snapshot' | 'node_modules' | 'tarball' | 'lockfile'
  /** Age in milliseconds, if the words are older than their time to live and `--allow-stale` let them through. */
  staleMs?: number
}

/** How a conclusion came about. */
export type ConclusionType = 'declared' | 'text' | 'clarified' | 'conflict' | 'unknown'

/** Why one leaf of an expression passes or not. */
export interface LeafDecision {
  /** The leaf as printed: `MIT`, `GPL-2.0-only WITH Classpath-exception-2.0`. */
  leaf: string
  allowed: boolean
  /** One clause for people: `in licenses.allow`, `not in licenses.allow`, `exception "sharp@^0.34"`. */
  why: string
}

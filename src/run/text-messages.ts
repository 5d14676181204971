/** What the thread that recognises texts is sent, and what it answers. */
import type { TextKind, TextReading } from '#license/text/read-text'

/** A content to read. */
export interface ReadingAsked {
  id: number
  bytes: Uint8Array
  kind: TextKind
}

/** What a content says. */
export interface ReadingFound {
  id: number
  reading: TextReading
  /** How long it took, in milliseconds. */
  ms: number
}

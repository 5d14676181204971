/** What comes out of a dump of OSV's database, piece by piece, whatever form it has. */

/** A record's text, something that is none, or the end of what can be read. */
export type OsvPiece =
  | { kind: 'record'; text: string; from: string }
  | { kind: 'unreadable'; from: string; why: string }
  /** `why` goes on after the words "The dump of OSV's database". */
  | { kind: 'broken'; why: string }

/** Four times as many as all ecosystems together have. */
export const MAX_RECORDS = 4_000_000

/** Why a piece is no record, as the end of a sentence that begins with its name. */
export const WHY = {
  'too-large': 'is larger than any record',
  'not-json': 'is no JSON',
  cut: 'ends too early',
} as const

/** Text of bytes; undefined for bytes that are no UTF-8. */
export function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

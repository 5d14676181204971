/** Puts into words what the witnesses of a package say. */
import { createHash } from 'node:crypto'
import type { Claim, UnknownReason } from '#model/claim'

/** Longest quotation of a manifest in a message. */
const MAX_QUOTE = 80
/** Hex characters of a sha256 that stand for it. */
const DIGEST_LENGTH = 32

const REASONS: Record<UnknownReason, string> = {
  absent: 'no licence is named',
  unlicensed: 'UNLICENSED, no licence is granted',
  'see-file': 'only a file is pointed to',
  ambiguous: 'which names no single licence',
  contradictory: 'its fields do not say the same',
  'legacy-array': 'several licences are listed without AND or OR',
  url: 'an address is given instead of a licence',
  'not-spdx': 'which is no SPDX expression',
  'too-complex': 'the value is larger than any licence',
  malformed: 'the value is no licence',
  'unknown-text': 'which is not the text of any known licence',
  pointer: 'which only points to a licence',
}

/** `MIT (registry), GPL-3.0-only (LICENSE)`: each thing said once, with every witness or file that says it. */
export function sayings(parts: readonly { sayer: string; text: string }[]): string {
  const sayers = new Map<string, Set<string>>()
  for (const { sayer, text } of parts) sayers.set(text, (sayers.get(text) ?? new Set()).add(sayer))
  return [...sayers].map(([text, all]) => `${text} (${[...all].join(', ')})`).join(', ')
}

/** What a claim without a licence says: `"BSD", which names no single licence`. */
export function muteSaying({ raw, reason }: Claim): string {
  const because = reason === undefined ? 'nothing that can be read' : REASONS[reason]
  if (typeof raw !== 'string' || raw.trim() === '' || reason === 'unlicensed')
    return because.replace(/^which /, '')
  return `"${raw.length > MAX_QUOTE ? `${raw.slice(0, MAX_QUOTE)}…` : raw}", ${because}`
}

/**
 * The words of a claim without a licence, or what stands for its text: the same as long as it says the same. Undefined
 * for a file that was not read: nobody knows what it says.
 */
export function lastingWords({ raw, text }: Claim): string | undefined {
  if (text !== undefined)
    return text.sha256 === '' ? undefined : `text ${text.sha256.slice(0, DIGEST_LENGTH)}`
  if (raw === undefined || raw === null || raw === '') return 'none'
  const words = typeof raw === 'string' ? raw.trim() : jsonOf(raw)
  if (words === undefined || words.length <= MAX_QUOTE) return words
  const digest = createHash('sha256').update(words).digest('hex')
  return `${words.slice(0, MAX_QUOTE)}… ${digest.slice(0, DIGEST_LENGTH)}`
}

/** Several licences or words as one text: each once, sorted; undefined where one of them cannot be put down. */
export function inOneText(words: readonly (string | undefined)[]): string | undefined {
  const said = words.filter((text) => text !== undefined)
  return said.length < words.length ? undefined : [...new Set(said)].toSorted().join(' / ')
}

/** Undefined for what is nested deeper than JSON can be written. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

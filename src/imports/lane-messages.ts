/** What is said between the process that scans and the processes that parse. */
import type { ParsedSource } from '#model/imports'

/** One file to parse. */
export interface SourceBytes {
  path: string
  bytes: Uint8Array
  /** What the parser is to find out besides. */
  wants?: 'erased'
}

/** First word of a child: whether it has the parser. */
export interface FirstWord {
  ready: boolean
}

/** Whether a child says its first word. */
export function isFirstWord(message: unknown): message is FirstWord {
  return typeof message === 'object' && message !== null && 'ready' in message
}

/** Whether a message is a batch to parse: only our own process sends any. */
export function isBatch(message: unknown): message is SourceBytes[] {
  return Array.isArray(message)
}

/** Whether a message is what a batch of so many files came to. */
export function isParsedBatch(message: unknown, length: number): message is ParsedSource[] {
  return Array.isArray(message) && message.length === length
}

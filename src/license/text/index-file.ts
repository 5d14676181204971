/** Loads the index of known licence texts that ships with this package. */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { readTextIndex } from './text-index.ts'
import type { TextIndex } from './text-index.ts'

// The same two steps up from src/license/text and from dist/license/text.
const INDEX_FILE = new URL('../../../data/license-texts.br', import.meta.url)

/** Reads and unpacks the index: some twenty milliseconds, so only once a text has to be recognised. */
export function loadTextIndex(): TextIndex {
  return readTextIndex(brotliDecompressSync(readFileSync(INDEX_FILE)))
}

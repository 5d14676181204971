/** Loads the index of known licence texts that ships with this package. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliDecompressSync } from 'node:zlib'
import { readTextIndex } from './text-index.ts'
import type { TextIndex } from './text-index.ts'

const INDEX_FILE = createRequire(import.meta.url).resolve('#data/license-texts.br')

/** Reads the index: some ten milliseconds, so only once a text has to be recognised. */
export function loadTextIndex(): TextIndex {
  return readTextIndex(readFileSync(INDEX_FILE), brotliDecompressSync)
}

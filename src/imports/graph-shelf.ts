/** The whole graph of a project on disk, for the next scan of it. */
import { cacheKey } from '#cache/key'
import { readSealedFile, writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import { decodeGraph, encodeGraph, GRAPH_SCHEMA } from './graph-record.ts'
import type { KnownGraph } from './graph-record.ts'

/** Where it lies, and whose it is. */
export interface GraphShelfOptions {
  folder: SealedFolder
  /** What singles out the project and the selection of its files. */
  tree: string
  /** Names the code that followed the imports: another build may follow them elsewhere. */
  tool: string
  /** Epoch milliseconds. */
  now: () => number
}

/** Neither throws: a fault is a miss. */
export interface GraphShelf {
  /** Undefined where nothing lies there, `rejected` where what lies there is not believed. */
  read(): Promise<KnownGraph | 'rejected' | undefined>
  write(graph: KnownGraph): Promise<void>
}

/** Opens the place of a graph; nothing is read yet. */
export function openGraphShelf({ folder, tree, tool, now }: GraphShelfOptions): GraphShelf {
  const key = cacheKey('imports-graph', GRAPH_SCHEMA, tool, tree)
  const shelf: SealedFolder = { ...folder, shelf: 'imports' }
  return {
    async read() {
      const record = await readSealedFile(shelf, key, now())
      if (record === undefined || record === 'rejected') return record
      return decodeGraph(record.body) ?? 'rejected'
    },
    async write(graph) {
      await writeSealedFile(shelf, key, { body: encodeGraph(graph), storedAt: now() })
    },
  }
}

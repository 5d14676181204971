/** Looks a second time at a few files of TypeScript's, of which it matters what is left of their imports. */
import type { DiskReader } from '#disk/disk'
import type { ParsedSource } from '#model/imports'
import type { Outcome } from '#model/outcome'
import { MAX_SOURCE_BYTES } from './decode.ts'
import type { SourceBytes } from './lane-messages.ts'
import { createLanePool } from './lane-pool.ts'
import type { FilePlace } from './parse-files.ts'
import type { OpenLane } from './parse-lane.ts'
import type { ParseSource } from './parse.ts'
import { isShallow } from './shallow.ts'

/**
 * Gives, by path, the places (`line:column`) of the imports that are erased. A file that cannot be read again, and one
 * for which there is no time, is not among them: then everything that it imports counts.
 */
export type SecondLook = (files: readonly FilePlace[]) => Promise<ReadonlyMap<string, ReadonlySet<string>>>

/** What it takes. */
export interface SecondLookPorts {
  disk: Pick<DiskReader, 'file'>
  loadParser: () => Promise<Outcome<ParseSource>>
  openLane: OpenLane
  goOn: () => boolean
}

const BATCH_FILES = 16

/** Makes the function that looks again: here at what is sure to do no harm, and elsewhere at all others. */
export function createSecondLook({ disk, loadParser, openLane, goOn }: SecondLookPorts): SecondLook {
  return async (files) => {
    const found = new Map<string, ReadonlySet<string>>()
    const pool = createLanePool(openLane, 1)
    const learn = (batch: readonly SourceBytes[], parsed: readonly ParsedSource[]): void => {
      for (const [at, { path }] of batch.entries()) found.set(path, erasedPlaces(parsed[at]))
    }
    try {
      let apart: SourceBytes[] = []
      for (const [at, { path, absolute }] of files.entries()) {
        const read = goOn() ? disk.file(absolute, MAX_SOURCE_BYTES) : undefined
        if (read?.ok === true && isShallow(read.bytes)) {
          const parse = await loadParser()
          if (parse.ok) learn([{ path, bytes: read.bytes }], [parse.value(read.bytes, path, 'erased')])
        } else if (read?.ok === true) apart.push({ path, bytes: read.bytes, wants: 'erased' })
        if (apart.length < BATCH_FILES && at < files.length - 1) continue
        const batch = apart
        apart = []
        if (batch.length > 0) await pool.give(batch, (parsed) => learn(batch, parsed))
      }
      await pool.drain()
    } finally {
      await pool.close()
    }
    return found
  }
}

function erasedPlaces(parsed: ParsedSource | undefined): ReadonlySet<string> {
  if (parsed === undefined || 'problem' in parsed) return new Set()
  return new Set(
    parsed.imports.filter(({ erased }) => erased === true).map(({ line, column }) => `${line}:${column}`),
  )
}

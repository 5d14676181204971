/** Everything that parsing a project's files takes, tied together: parser, cache, and as many processes as pay. */
import { availableParallelism } from 'node:os'
import type { SealedFolder } from '#cache/sealed-files'
import type { DiskReader } from '#disk/disk'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { loadParser, parserMissing, parserVersion } from './oxc.ts'
import { openParseCache } from './parse-cache.ts'
import { createParseMany } from './parse-files.ts'
import type { ParseMany } from './parse-files.ts'
import type { OpenLane } from './parse-lane.ts'
import { createSecondLook } from './second-look.ts'
import type { SecondLook } from './second-look.ts'

/** What it takes. */
export interface ParsingOptions {
  disk: Pick<DiskReader, 'file'>
  /**
   * What singles out the record of the tree: the project's path, and which of its files are scanned. Absent where only some
   * of them are parsed.
   */
  tree: string | undefined
  /** Where records are kept; undefined for nowhere. */
  folder: SealedFolder | undefined
  /** Of the processes that parse. */
  env: Readonly<Record<string, string | undefined>>
  /** Epoch milliseconds. */
  now: () => number
  /** Asked now and then; false ends the work. */
  goOn: () => boolean
  /** Aborting ends the processes at once. */
  signal?: AbortSignal
}

/** Two were measured to be 1.9 times as fast as none; the process that scans keeps no more of them busy. */
const MAX_LANES = 2

/** Opens what looks a second time; it starts nothing either. */
export function openSecondLook(
  options: Pick<ParsingOptions, 'disk' | 'env' | 'goOn' | 'signal'>,
): SecondLook {
  const { disk, goOn } = options
  return createSecondLook({ disk, loadParser, openLane: laneFor(options), goOn })
}

/** A run of which everything is known starts no process. */
function laneFor({ env, signal }: Pick<ParsingOptions, 'env' | 'signal'>): OpenLane {
  return async () => {
    const { openChildLane } = await import('./parse-lane.ts')
    return openChildLane({ env, ...(signal && { signal }) })
  }
}

/** Opens it: reads the record of the tree, and starts nothing. Fails with `parser-missing`. */
export async function openParsing(options: ParsingOptions): Promise<Outcome<ParseMany>> {
  const { disk, tree, folder, now, goOn } = options
  const parser = parserVersion()
  if (parser === undefined) return parserMissing()
  const cache = await openParseCache({ parser, now, ...(folder && { disk: { folder, tree } }) })
  return ok(
    createParseMany({
      disk,
      cache,
      loadParser,
      openLane: laneFor(options),
      lanes: Math.min(MAX_LANES, availableParallelism()),
      goOn,
    }),
  )
}

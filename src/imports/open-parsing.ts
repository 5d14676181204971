/** Everything that parsing a project's files takes, tied together: parser, cache, and as many processes as pay. */
import { availableParallelism } from 'node:os'
import type { SealedFolder } from '#cache/sealed-files'
import type { DiskReader } from '#disk/disk'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { createLaneKeeper } from './lane-keeper.ts'
import type { LaneKeeper } from './lane-keeper.ts'
import { loadParser, parserMissing, parserVersion } from './oxc.ts'
import { openParseCache } from './parse-cache.ts'
import { createParseMany } from './parse-files.ts'
import type { ParseMany } from './parse-files.ts'
import type { LaneOptions, OpenLane } from './parse-lane.ts'
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
  openLane: OpenLane
  /** Epoch milliseconds. */
  now: () => number
  /** Asked now and then; false ends the work. */
  goOn: () => boolean
}

/** Two were measured to be 1.9 times as fast as none; the process that scans keeps no more of them busy. */
const MAX_LANES = 2

/** Opens what looks a second time; it starts nothing either. */
export function openSecondLook(options: Pick<ParsingOptions, 'disk' | 'openLane' | 'goOn'>): SecondLook {
  return createSecondLook({ ...options, loadParser })
}

/**
 * The processes that parse, of which one is kept from the first look to the second; aborting ends them at once. A run of
 * which everything is known starts none.
 */
export function openLanes(options: LaneOptions): LaneKeeper {
  return createLaneKeeper(async () => {
    const { openChildLane } = await import('./parse-lane.ts')
    return () => openChildLane(options)
  })
}

/** Opens it: reads the record of the tree, and starts nothing. Fails with `parser-missing`. */
export async function openParsing(options: ParsingOptions): Promise<Outcome<ParseMany>> {
  const { disk, tree, folder, openLane, now, goOn } = options
  const parser = parserVersion()
  if (parser === undefined) return parserMissing()
  const cache = await openParseCache({ parser, now, ...(folder && { disk: { folder, tree } }) })
  return ok(
    createParseMany({
      disk,
      cache,
      loadParser,
      openLane,
      lanes: Math.min(MAX_LANES, availableParallelism()),
      goOn,
    }),
  )
}

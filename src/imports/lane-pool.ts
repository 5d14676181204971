/** Batches of files on a few lanes at a time; what breaks a lane is found out and told of. */
import type { ParsedSource } from '#model/imports'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { SourceBytes } from './lane-messages.ts'
import type { OpenLane, ParseLane } from './parse-lane.ts'

/** Takes batches. */
export interface LanePool {
  /**
   * Waits for a lane, and resolves as soon as one has begun with the batch: whoever waits for that never holds more than
   * one batch that nobody works on. `onParsed` is called with what the files say, in their order. Fails if no lane opens.
   */
  give(
    files: readonly SourceBytes[],
    onParsed: (parsed: readonly ParsedSource[]) => void,
  ): Promise<Outcome<void>>
  /** Resolves when all that was given is done: to false if a lane was ended before. */
  drain(): Promise<boolean>
  /** Ends all lanes at once. */
  close(): void
}

/** What is said of a file that breaks the parser. */
const TOO_DEEP: ParsedSource = {
  problem: {
    code: 'too-deep',
    message: 'The parser breaks down over it, as over brackets inside brackets by the thousand.',
  },
}

/** A pool of at most so many lanes, each of which is opened when all others are at work. */
export function createLanePool(openLane: OpenLane, lanes: number): LanePool {
  const idle: ParseLane[] = []
  const all: ParseLane[] = []
  const working = new Set<Promise<void>>()
  let isWhole = true

  async function lane(): Promise<Outcome<ParseLane>> {
    while (idle.length === 0 && all.length >= lanes) await Promise.race(working)
    const free = idle.pop()
    if (free !== undefined) return ok(free)
    const opened = await openLane()
    if (opened.ok) all.push(opened.value)
    return opened
  }

  return {
    async give(files, onParsed) {
      const taken = await lane()
      if (!taken.ok) return taken
      const work = parseOn(taken.value, files).then((parsed) => {
        working.delete(work)
        idle.push(taken.value)
        if (parsed === 'ended') isWhole = false
        else onParsed(parsed)
      })
      working.add(work)
      return ok(undefined)
    },
    async drain() {
      await Promise.all(working)
      return isWhole
    },
    close: () => all.forEach((each) => each.close()),
  }
}

/** One after another where the batch as a whole breaks the lane: then it is certain which file it was. */
async function parseOn(
  lane: ParseLane,
  files: readonly SourceBytes[],
): Promise<readonly ParsedSource[] | 'ended'> {
  const parsed = await lane.parse(files)
  if (parsed !== 'broken') return parsed
  if (files.length === 1) return [TOO_DEEP]
  const apart: ParsedSource[] = []
  for (const file of files) {
    const one = await parseOn(lane, [file])
    if (one === 'ended') return one
    apart.push(...one)
  }
  return apart
}

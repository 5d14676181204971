/** Keeps one lane for whoever needs one next: a process takes as long to start as sixty files to parse. */
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { OpenLane, ParseLane } from './parse-lane.ts'

/** Opens lanes, of which one outlives its closing. */
export interface LaneKeeper {
  open: OpenLane
  /** Begins to open one for whoever asks next, and resolves when that is under way; it waits for no lane. */
  begin(): Promise<void>
  /** Ends the lane that is kept, and resolves when it is gone. */
  end(): Promise<void>
}

/**
 * Keeps one of the lanes that others close, if it has nothing left to do: what is still to come of it would be taken for
 * the answer to another question. `load` is called when the first lane is opened.
 */
export function createLaneKeeper(load: () => Promise<OpenLane>): LaneKeeper {
  let kept: Promise<Outcome<ParseLane>> | undefined

  function keepable(lane: ParseLane): ParseLane {
    let open = 0
    return {
      async parse(files) {
        open += 1
        const parsed = await lane.parse(files)
        open -= 1
        return parsed
      },
      async close() {
        if (open === 0 && kept === undefined) kept = Promise.resolve(ok(lane))
        else await lane.close()
      },
    }
  }

  function taken(): Promise<Outcome<ParseLane>> | undefined {
    const lane = kept
    kept = undefined
    return lane
  }

  return {
    async open() {
      const opened = await (taken() ?? (await load())())
      return opened.ok ? ok(keepable(opened.value)) : opened
    },
    async begin() {
      const openLane = await load()
      kept ??= openLane()
    },
    async end() {
      const lane = await taken()
      if (lane?.ok === true) await lane.value.close()
    },
  }
}

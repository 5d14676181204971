/** Keeps one lane for whoever needs one next: a process takes as long to start as sixty files to parse. */
import { ok } from '#model/outcome'
import type { OpenLane, ParseLane } from './parse-lane.ts'

/** Opens lanes, of which one outlives its closing. */
export interface LaneKeeper {
  open: OpenLane
  /** Ends the lane that is kept, and resolves when it is gone. */
  end(): Promise<void>
}

/** Keeps one of the lanes that others close, if it has nothing left to do: what is still to come of it would be taken for the answer to another question. */
export function createLaneKeeper(openLane: OpenLane): LaneKeeper {
  let kept: ParseLane | undefined

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
        if (open === 0 && kept === undefined) kept = lane
        else await lane.close()
      },
    }
  }

  return {
    async open() {
      const lane = kept
      kept = undefined
      if (lane !== undefined) return ok(keepable(lane))
      const opened = await openLane()
      return opened.ok ? ok(keepable(opened.value)) : opened
    },
    async end() {
      const lane = kept
      kept = undefined
      await lane?.close()
    },
  }
}

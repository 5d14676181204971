/** The plug-in point for metrics of one's own: hears everything that runs tell, from whichever thread it comes. */
import { listen, TRACE_TYPES } from '../trace.ts'
import type { TraceEvent } from '../trace.ts'

/** Metrics of one's own. */
export const metrics = {
  /**
   * Calls `listener` with every event of every run that starts afterwards in this process, until the function it gives
   * is called. What happens in a run's worker thread comes in lots, marked `relayed`. A listener that throws is told
   * as a warning of the process and not called again: no measurement changes a verdict.
   */
  subscribe(listener: (event: TraceEvent) => void): () => void {
    const end = listen(TRACE_TYPES, (event) => {
      try {
        listener(event)
      } catch (error) {
        end()
        process.emitWarning(`A listener of depgate's metrics threw and is not called again: ${String(error)}`)
      }
    })
    return end
  },
} as const

/** Hands what is told in a worker thread to the thread that started it, in lots. */
import { listen } from '../trace.ts'
import type { TraceEvent, TraceType } from '../trace.ts'

/** Events in a lot. What happens rarely is not kept back. */
const LOT = 256

/** Starts to hand events of some types over; gives the function that ends it and hands over the rest. */
export function startRelay(
  types: readonly TraceType[],
  handOver: (events: TraceEvent[]) => void,
): () => void {
  let lot: TraceEvent[] = []
  const send = (): void => {
    if (lot.length > 0) handOver(lot)
    lot = []
  }
  const end = listen(types, (event) => {
    lot.push(event)
    if (event.type === 'step' || event.type === 'level' || lot.length >= LOT) send()
  })
  return () => {
    end()
    send()
  }
}

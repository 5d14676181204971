/** Tells V8 to optimise only what runs for long: of half a second, compiling takes more than it gives back. */
import { setFlagsFromString } from 'node:v8'

/** Fifteen times V8's own: a function that keeps a core busy for a tenth of a second is still optimised. */
const INTERRUPT_BUDGET = 1_000_000

/** For the whole process and its threads; only for whoever the process belongs to. */
export function optimiseLate(): void {
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`)
}

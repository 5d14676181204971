/** A few milliseconds of the kind of work that a run does, to tell how fast this machine is just now. */
import { createHash } from 'node:crypto'

const ROUNDS = 5
const ENTRIES = 1500

/** Milliseconds of the fastest of five rounds: what disturbs one only ever makes it longer. */
export function referenceWork(): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    work()
    fastest = Math.min(fastest, performance.now() - started)
  }
  return Math.round(fastest * 1000) / 1000
}

/** JSON out and in, and a hash of every entry. */
function work(): void {
  const entries = Array.from({ length: ENTRIES }, (_, at) => ({
    name: `package-${at}`,
    version: `1.${at}.0`,
  }))
  const text = JSON.stringify(entries)
  const parsed: unknown = JSON.parse(text)
  createHash('sha256')
    .update(typeof parsed)
    .update(text)
    .digest('hex')
  for (const { name, version } of entries) createHash('sha256').update(name).update(version).digest('hex')
}

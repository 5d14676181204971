/** Measures several programs in one go, in turn (A B C A B C …), so that a drift of the machine meets all of them. */
import { peakOf, secondsOf, timesOf } from './process.mjs'
import { pairedRatio, spread } from './statistics.mjs'

/**
 * What is measured: `ours`, a `reference` that the goals speak of, or a `peer`.
 * @typedef {object} Subject
 * @property {string} name
 * @property {'ours' | 'reference' | 'peer'} kind
 * @property {import('./process.mjs').Command} command
 * @property {() => unknown} [prepare] untimed, before each run
 * @property {boolean} [memory] whether to look at its memory, in a run of its own
 */

/**
 * One measured subject.
 * @typedef {object} Measured
 * @property {string} name
 * @property {'ours' | 'reference' | 'peer'} kind
 * @property {number[]} runs seconds, in order
 * @property {import('./statistics.mjs').Spread} seconds
 * @property {number} [peakMb]
 */

/**
 * @param {Subject[]} subjects
 * @param {number} runs
 * @param {{ by?: 'clock' | 'processor' }} [options] by processor time of all processes where the machine may be busy
 * @returns {Promise<Measured[]>}
 */
export async function measureTogether(subjects, runs, { by = 'clock' } = {}) {
  const seconds = new Map(subjects.map((subject) => [subject, /** @type {number[]} */ ([])]))
  for (let round = -1; round < runs; round += 1) {
    for (const subject of subjects) {
      await subject.prepare?.()
      const took = by === 'clock' ? secondsOf(subject.command) : timesOf(subject.command).processor
      if (round >= 0) seconds.get(subject)?.push(took) // the first round only warms up
    }
  }
  const measured = []
  for (const [subject, runsOf] of seconds) {
    const { name, kind, memory, command, prepare } = subject
    /** @type {Measured} */
    const entry = { name, kind, runs: runsOf, seconds: spread(runsOf) }
    if (memory === true) {
      await prepare?.()
      entry.peakMb = await peakOf(command)
    }
    measured.push(entry)
  }
  return measured
}

/**
 * How the time of one subject stands to another's of the same rounds.
 * @param {Measured[]} measured
 * @param {string} name
 * @param {string} other
 */
export function ratioOf(measured, name, other) {
  return pairedRatio(named(measured, name).runs, named(measured, other).runs)
}

/**
 * @param {Measured[]} measured
 * @param {string} name
 */
export function named(measured, name) {
  const found = measured.find((entry) => entry.name === name)
  if (found === undefined) throw new Error(`${name} was not measured`)
  return found
}

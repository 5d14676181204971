/** The part of the README that tells how fast depgate is: made of a stored measurement, never by hand. Pure. */
import { goalsTable, timesTable } from './table.mjs'

const START = '<!-- bench:start -->'
const END = '<!-- bench:end -->'
/** The comparisons that the README shows in full. */
const SHOWN = new Set(['warm-p2297', 'imports'])

/**
 * The README with its section replaced.
 * @param {string} readme
 * @param {{ at: string, machine: Record<string, string | number>, results: readonly any[] }} report
 */
export function withSection(readme, report) {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`README.md has no ${START} … ${END}`)
  return `${readme.slice(0, start + START.length)}\n\n${section(report)}\n\n${readme.slice(end)}`
}

/** @param {{ at: string, machine: Record<string, string | number>, results: readonly any[] }} report */
function section({ at, machine, results }) {
  const shown = results.filter(({ id, measured }) => SHOWN.has(id) && measured !== undefined)
  const where = `Node ${machine.node}, npm ${machine.npm}, ${machine.cores} cores, ${at.slice(0, 10)}`
  return [
    `Measured by \`npm run bench\` (${where}); all times and a plot are in [docs/bench](docs/bench/bench.md).`,
    goalsTable(results),
    ...shown.flatMap(({ title, measured }) => [`${title}, whole processes:`, timesTable(measured)]),
  ].join('\n\n')
}

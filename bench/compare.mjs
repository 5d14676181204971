/**
 * Flags a regression between two stored measurements: `compare.mjs <current.json> <baseline.json>`
 *
 * npm run bench:compare -- <current.json> <baseline.json> [--threshold 1.15] [--floor-ms 8]
 *
 * Reads what `bench.mjs` or `guard.mjs` wrote. Ends with 1 for a regression, with 2 if there is nothing to compare.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { compareRows, comparisonText } from './regression.mjs'
import { rowsOf } from './stored-rows.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threshold: { type: 'string', default: '1.15' },
    'floor-ms': { type: 'string', default: '8' },
  },
})
const [currentFile, baselineFile] = positionals
if (currentFile === undefined || baselineFile === undefined) {
  console.error('usage: compare.mjs <current.json> <baseline.json> [--threshold 1.15] [--floor-ms 8]')
  process.exit(2)
}
const settings = { threshold: Number(values.threshold), floorMs: Number(values['floor-ms']) }
const [current, baseline] = [currentFile, baselineFile].map((file) =>
  rowsOf(JSON.parse(readFileSync(file, 'utf8'))),
)
const comparison = compareRows(baseline, current, settings)
console.log(comparisonText(comparison, settings))
process.exitCode = comparison.rows.length === 0 ? 2 : comparison.regressed ? 1 : 0

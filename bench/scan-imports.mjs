/**
 * Scans a project's imports, as `check` does for import rules: node bench/scan-imports.mjs <project> [cache folder]
 *
 * Prints the statistics as JSON. Without a cache folder nothing is remembered.
 */
import { realpathSync } from 'node:fs'
import { monotonicMs } from '../dist/clock.js'
import { scanSources } from '../dist/run/source-scan.js'

const [given, cacheDirectory] = process.argv.slice(2)
const startedAt = monotonicMs()
const scanned = await scanSources(
  { files: [], ignore: [] },
  {
    project: realpathSync(given),
    env: process.env,
    ...(cacheDirectory !== undefined && { cacheDirectory }),
    startedAt,
    deadlineAt: startedAt + 600_000,
  },
)
if (!scanned.ok) throw new Error(scanned.failure.message)
console.log(JSON.stringify(scanned.value.graph.statistics))

/**
 * Scans a project's imports, as `check` does for import rules: node bench/scan-imports.mjs [--judge] <project> [cache folder]
 *
 * With --judge they are judged as well, by the rules that the peers have. Prints the statistics as JSON. Without a cache
 * folder nothing is remembered.
 */
import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { monotonicMs } from '../dist/clock.js'
import { NO_IMPORT_RULES } from '../dist/model/import-rules.js'
import { importCase, judgeImports } from '../dist/policy/judge-imports.js'
import { scanSources } from '../dist/run/source-scan.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { judge: { type: 'boolean', default: false } },
})
const [given, cacheDirectory] = positionals
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
const { graph } = scanned.value
const rules = { ...NO_IMPORT_RULES, undeclared: 'deny', unused: 'deny', cycles: 'deny' }
const findings = values.judge
  ? judgeImports(importCase(graph, rules, { instances: [], edges: [] })).length
  : undefined
console.log(JSON.stringify({ ...graph.statistics, findings }))

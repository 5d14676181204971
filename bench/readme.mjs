/**
 * Puts the figures of a stored measurement into README.md: `readme.mjs [--check] [bench.json]`
 *
 * With `--check` nothing is written, and what differs ends it with 1.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { withSection } from './readme-section.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
})
const readme = resolve(ROOT, 'README.md')
const report = JSON.parse(readFileSync(positionals[0] ?? resolve(ROOT, 'docs/bench/bench.json'), 'utf8'))
const before = readFileSync(readme, 'utf8')
const after = await format(withSection(before, report), {
  ...(await resolveConfig(readme)),
  filepath: readme,
})
if (after === before) console.log('README.md says what was measured')
else if (values.check) {
  console.error('README.md does not say what was measured: node bench/readme.mjs')
  process.exitCode = 1
} else {
  writeFileSync(readme, after)
  console.log('wrote README.md')
}

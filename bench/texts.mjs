/**
 * Times the recognition of licence texts by itself: node bench/texts.mjs <project with node_modules>
 *
 * Prints, as JSON, the milliseconds it takes to load the index with all modules that only texts need, out of the bundle
 * that people start, and, on average, to recognise each distinct file.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDisk } from '../dist/disk/disk.js'
import { readLicenseFiles } from '../dist/collectors/license-files.js'
import { optimiseLate } from '../dist/cli/optimise-late.js'

const BUNDLE = join(import.meta.dirname, '../dist/bundle')
const project = process.argv[2]
const files = new Map()

// As every command does; and whoever looks at texts has loaded these.
optimiseLate()
await import(join(BUNDLE, 'chunk-judging.js'))
const reader = exporting('readText')
const loader = exporting('loadTextIndex')
const started = performance.now()
const [{ readText }, { loadTextIndex }] = await Promise.all([import(reader), import(loader)])
const index = loadTextIndex()
const load = performance.now() - started
// Only now: what reading them leaves behind would be collected while the index is loaded.
collect('node_modules')
const reading = performance.now()
for (const { text, kind } of files.values()) readText(text, kind, index)
const each = (performance.now() - reading) / files.size
console.log(JSON.stringify({ files: files.size, load, each }))

/** The file of the bundle that shows a module with this export. */
function exporting(name) {
  const exported = new RegExp(`export \\{[^}]*\\bas ${name}\\b`)
  const file = readdirSync(BUNDLE).find((found) => exported.test(readFileSync(join(BUNDLE, found), 'utf8')))
  if (file === undefined) throw new Error(`nothing in the bundle exports ${name}`)
  return join(BUNDLE, file)
}

function collect(folder) {
  for (const entry of readdirSync(join(project, folder), { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue
    const location = `${folder}/${entry.name}`
    if (entry.name.startsWith('@')) {
      collect(location)
      continue
    }
    for (const file of readLicenseFiles(openDisk(project), project, location, { readme: false })) {
      if (!('bytes' in file)) continue
      const key = createHash('sha256').update(file.bytes).digest('hex') + file.role
      files.set(key, { text: file.bytes.toString('utf8'), kind: file.role })
    }
    if (readdirSync(join(project, location)).includes('node_modules')) collect(`${location}/node_modules`)
  }
}

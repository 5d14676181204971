/**
 * Times the recognition of licence texts by itself: node bench/texts.mjs <project with node_modules>
 *
 * Prints, as JSON, the milliseconds it takes to load the index and, on average, to recognise each distinct file.
 */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDisk } from '../dist/disk/disk.js'
import { readLicenseFiles } from '../dist/collectors/license-files.js'

const project = process.argv[2]
const files = new Map()
collect('node_modules')

const started = performance.now()
const { loadTextIndex } = await import('../dist/license/text/index-file.js')
const { readText } = await import('../dist/license/text/read-text.js')
const index = loadTextIndex()
const loaded = performance.now()
for (const { text, kind } of files.values()) readText(text, kind, index)
const done = performance.now()
console.log(JSON.stringify({ files: files.size, load: loaded - started, each: (done - loaded) / files.size }))

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

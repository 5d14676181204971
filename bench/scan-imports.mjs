/**
 * Scans a project's imports, as `check` does for import rules: node bench/scan-imports.mjs <project> [cache folder]
 *
 * Prints the statistics as JSON. Without a cache folder nothing is remembered.
 */
import { realpathSync } from 'node:fs'
import { openDisk } from '../dist/disk/disk.js'
import { openParsing } from '../dist/imports/open-parsing.js'
import { scanImports } from '../dist/imports/scan.js'

const [given, directory] = process.argv.slice(2)
const project = realpathSync(given)
const disk = openDisk(project)
const goOn = () => true
const folder = directory && { directory, project, secret: Buffer.alloc(32, 1) }
const parse = await openParsing({ disk, tree: project, folder, env: process.env, now: Date.now, goOn })
if (!parse.ok) throw new Error(parse.failure.message)
const scanned = await scanImports({ project, goOn }, { disk, parse: parse.value })
if (!scanned.ok) throw new Error(scanned.failure.message)
console.log(JSON.stringify(scanned.value.statistics))

/**
 * The floor under a warm run: reads what depgate reads and does nothing with it. `bare-reader.mjs <project>`
 *
 * Every package.json and licence file, the listing of every package and node_modules folder, and both lockfiles.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const WANTED = /^package\.json$|licen[cs]e|^copying|^copyright|^notice|third.?part/i
const PROGRAM = /\.(?:[cm]?[jt]sx?|map|css)$/i
const project = process.argv[2] ?? '.'
let files = 0
let bytes = 0
for (const file of ['package.json', 'package-lock.json', 'node_modules/.package-lock.json']) read(file)
modules('node_modules')
console.log(JSON.stringify({ files, bytes }))

function modules(folder) {
  for (const entry of readdirSync(join(project, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || !entry.isDirectory()) continue
    if (entry.name.startsWith('@')) modules(`${folder}/${entry.name}`)
    else packageIn(`${folder}/${entry.name}`)
  }
}

function packageIn(folder) {
  for (const entry of readdirSync(join(project, folder), { withFileTypes: true })) {
    if (entry.isFile()) {
      if (WANTED.test(entry.name) && !PROGRAM.test(entry.name)) read(`${folder}/${entry.name}`)
    } else if (entry.name === 'node_modules') modules(`${folder}/node_modules`)
  }
}

function read(file) {
  files += 1
  bytes += readFileSync(join(project, file)).length
}

/** Reads and hashes every TypeScript file of a project, and nothing else: node bench/hash-sources.mjs <project> */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [project] = process.argv.slice(2)
let count = 0
const folders = [project]
for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') folders.push(path)
    if (entry.isFile() && /\.[cm]?tsx?$/.test(entry.name)) {
      hash('sha256', readFileSync(path))
      count += 1
    }
  }
}
console.log(count)

/** Writes dist/build-stamp, the sha256 of everything that judges: the built code and the data it reads. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const hash = createHash('sha256')
for (const folder of ['dist', 'data']) {
  const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile() && /\.(?:js|json|br)$/.test(entry.name))
  for (const path of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).toSorted()) {
    const bytes = readFileSync(path)
    hash.update(`${path.slice(root.length)} ${bytes.length}\n`).update(bytes)
  }
}
writeFileSync(join(root, 'dist/build-stamp'), `${hash.digest('hex')}\n`)

/**
 * The floor under a cold run: downloads the manifest of every package in a lockfile over 64 connections and throws the
 * bytes away. `bare-download.mjs <project> <registry> [releases]`: with `releases` the list of each name's as well.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'undici'

const SOCKETS = 64
const [project = '.', registry = '', more] = process.argv.slice(2)
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
const paths = new Set()
for (const [location, entry] of Object.entries(lock.packages)) {
  const at = location.lastIndexOf('node_modules/')
  if (at < 0 || entry.link === true) continue
  const name = entry.name ?? location.slice(at + 'node_modules/'.length)
  paths.add(`/${encodeURIComponent(name)}/${entry.version}`)
  if (more === 'releases') paths.add(`/${encodeURIComponent(name)}`)
}
const pool = new Pool(new URL(registry).origin, { connections: SOCKETS, pipelining: 1 })
const queue = [...paths]
const headers = { 'accept-encoding': 'gzip', accept: 'application/json' }
await Promise.all(
  Array.from({ length: SOCKETS }, async () => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const { body, statusCode } = await pool.request({ path, method: 'GET', headers })
      await body.dump({ limit: 1 << 24 })
      if (statusCode !== 200) throw new Error(`${path}: ${statusCode}`)
    }
  }),
)
await pool.close()
console.log(JSON.stringify({ documents: paths.size }))

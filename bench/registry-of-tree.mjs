/**
 * A registry on the loopback that answers for every package of a project's lockfile, with a latency like a real one's.
 *
 * Run with `fork`: `registry-of-tree.mjs <project> <latency in ms>`. It says `{ url }` once it listens, takes
 * `{ latency }` and `{ publish: { name, version, integrity, tarball? } }` (a tarball in base64), and says `{ done: true }` to each of them.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const project = process.argv[2] ?? '.'
let latencyMs = Number(process.argv[3])
const manifests = new Map()
/** @type {Map<string, Buffer>} */
const tarballs = new Map()
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
for (const [location, entry] of Object.entries(lock.packages)) add(location, entry)

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '')
  const body = manifests.get(path)
  const tarball = tarballs.get(path)
  setTimeout(() => {
    if (tarball !== undefined) response.writeHead(200, { 'content-length': tarball.length }).end(tarball)
    else if (body === undefined) response.writeHead(404).end()
    else
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': body.length,
        })
        .end(body)
  }, latencyMs)
})
server.keepAliveTimeout = 600_000
const url = () => `http://127.0.0.1:${server.address().port}/`
server.listen(0, '127.0.0.1', () => process.send?.({ url: url() }))
process.on('disconnect', () => process.exit(0))
process.on('message', ({ latency, publish }) => {
  if (latency !== undefined) latencyMs = latency
  if (publish !== undefined) {
    const { name, version, integrity, tarball } = publish
    const place = `${name}/-/${version}.tgz`
    if (tarball !== undefined) tarballs.set(`/${place}`, Buffer.from(tarball, 'base64'))
    keep({ name, version, license: 'MIT', dist: { integrity, tarball: `${url()}${place}` } })
  }
  process.send?.({ done: true })
})

/** What the registry would say: the installed manifest, and for what this platform leaves out what the lockfile knows. */
function add(location, entry) {
  const at = location.lastIndexOf('node_modules/')
  if (at < 0 || entry.link === true || typeof entry.version !== 'string') return
  const name = entry.name ?? location.slice(at + 'node_modules/'.length)
  const known = installed(location) ?? entry
  const { version, integrity } = entry
  keep({ ...known, name, version, dist: { integrity } })
}

/** One of several copies may be bundled in another package, without an integrity of its own. */
function keep(manifest) {
  const path = `/${manifest.name}/${manifest.version}`
  if (manifests.has(path) && manifest.dist.integrity === undefined) return
  manifests.set(path, gzipSync(JSON.stringify(manifest)))
}

function installed(location) {
  try {
    return JSON.parse(readFileSync(join(project, location, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

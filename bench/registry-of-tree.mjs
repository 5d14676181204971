/**
 * A registry on the loopback that answers for every package of a project's lockfile, with a latency like a real one's.
 *
 * Run with `fork`: `registry-of-tree.mjs <project> <latency in ms> [<releases> [<large>]]`. With releases it also answers for names, with
 * the versions of the tree and that many more; every `<large>`th name has a hundred times as many. It says `{ url }` once it listens, takes
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
/** The manifests of the tree by name, and the answers for names, made when they are first asked for. */
const versions = new Map()
/** @type {Map<string, Buffer>} */
const packuments = new Map()
const releases = Number(process.argv[4] ?? 0)
const large = Number(process.argv[5] ?? 0)
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
for (const [location, entry] of Object.entries(lock.packages)) add(location, entry)
if (releases > 0) for (const name of versions.keys()) packuments.set(`/${name}`, packumentOf(name))

const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? '')
  const body = manifests.get(path) ?? packuments.get(path)
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
  versions.set(manifest.name, [...(versions.get(manifest.name) ?? []), manifest])
}

/** The list of a name's releases, the later ones like the newest of the tree. */
function packumentOf(name) {
  const known = versions.get(name)
  const like = known.at(-1)
  const isLarge = large > 0 && packuments.size % large === 0
  const later = Array.from({ length: isLarge ? releases * 100 : releases }, (_, at) => ({
    ...like,
    version: `999.0.${at}`,
  }))
  const all = Object.fromEntries([...known, ...later].map((manifest) => [manifest.version, manifest]))
  const time = Object.fromEntries(Object.keys(all).map((version) => [version, '2026-01-01T00:00:00.000Z']))
  const latest = later.at(-1).version
  return gzipSync(JSON.stringify({ name, 'dist-tags': { latest }, versions: all, time }))
}

function installed(location) {
  try {
    return JSON.parse(readFileSync(join(project, location, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

/** A registry on the loopback that answers for what is installed in a project, with a latency like a real one's. */
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const [project, latencyMs] = [process.argv[2], Number(process.argv[3])]
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
const manifests = new Map()
collect(join(project, 'node_modules'), 'node_modules')

const server = createServer((request, response) => {
  const body = manifests.get(decodeURIComponent(request.url ?? ''))
  setTimeout(() => {
    if (body === undefined) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body)
  }, latencyMs)
})
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${server.address().port}/` }))

function collect(folder, location) {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.')) continue
    if (name.startsWith('@')) {
      collect(join(folder, name), `${location}/${name}`)
      continue
    }
    add(join(folder, name), `${location}/${name}`)
  }
}

function add(folder, location) {
  const names = new Set(readdirSync(folder))
  if (names.has('package.json')) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const dist = { integrity: lock.packages[location]?.integrity }
    const body = gzipSync(JSON.stringify({ ...manifest, dist }))
    manifests.set(`/${manifest.name}/${manifest.version}`, body)
  }
  if (names.has('node_modules')) collect(join(folder, 'node_modules'), `${location}/node_modules`)
}

/** A registry on the loopback that serves this project's own packed copy and what it depends on, from node_modules. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** A running registry. */
export interface TarballRegistry {
  url: string
  /** Paths that were asked for. */
  requests: string[]
  close: () => Promise<void>
}

interface Manifest {
  name: string
  version: string
  [key: string]: unknown
}

/** Starts it; `tarball` is the packed copy of depgate, `upstream` the registry (with a slash at its end) that knows the rest. */
export async function startTarballRegistry(tarball: string, upstream: string): Promise<TarballRegistry> {
  const packages = installedPackages()
  const requests: string[] = []
  const packed = new Map<string, Buffer>()
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest
  const tarballOf = (manifest: Manifest, folder: string | undefined): Buffer => {
    const id = `${manifest.name}@${manifest.version}`
    const bytes =
      packed.get(id) ??
      (folder === undefined
        ? readFileSync(tarball)
        : execFileSync(
            'tar',
            ['-cz', '--exclude=./node_modules', '--transform=s,^\\.,package,', '-C', folder, '.'],
            {
              maxBuffer: 1e9,
            },
          ))
    packed.set(id, bytes)
    return bytes
  }
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    requests.push(path)
    const [, name = '', version] = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+)\.tgz)?$/.exec(path) ?? []
    const versions: [Manifest, string | undefined][] =
      name === own.name ? [[own, undefined]] : (packages.get(name) ?? [])
    if (version !== undefined && versions.length > 0) {
      const entry = versions.find(([manifest]) => manifest.version === version)
      if (entry === undefined) response.writeHead(404).end()
      else response.end(tarballOf(...entry))
      return
    }
    if (versions.length === 0) {
      void forward(upstream, request.url ?? '/', response)
      return
    }
    const all = versions.map(([manifest, folder]) => {
      const integrity = `sha512-${createHash('sha512').update(tarballOf(manifest, folder)).digest('base64')}`
      const dist = { tarball: `${url}${name}/-/${manifest.version}.tgz`, integrity }
      return [manifest.version, { ...manifest, devDependencies: {}, dist }]
    })
    const latest = versions.at(-1)?.[0].version
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(all) as unknown }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    requests,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

async function forward(upstream: string, path: string, response: ServerResponse): Promise<void> {
  const answer = await fetch(new URL(path.slice(1), upstream))
  response
    .writeHead(answer.status, { 'content-type': 'application/json' })
    .end(Buffer.from(await answer.arrayBuffer()))
}

/** Every version of every package below node_modules, nested ones too. */
function installedPackages(): Map<string, [Manifest, string][]> {
  const found = new Map<string, [Manifest, string][]>()
  const visit = (modules: string): void => {
    if (!existsSync(modules)) return
    for (const entry of readdirSync(modules)) {
      if (entry.startsWith('.')) continue
      const folder = join(modules, entry)
      if (entry.startsWith('@')) visit(folder)
      if (!existsSync(join(folder, 'package.json'))) continue
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
      const list = found.get(manifest.name) ?? []
      if (!list.some(([other]) => other.version === manifest.version)) list.push([manifest, folder])
      found.set(manifest.name, list)
      visit(join(folder, 'node_modules'))
    }
  }
  visit(join(ROOT, 'node_modules'))
  return found
}

/** A small npm registry on the loopback that serves manifests from a table and misbehaves on request. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What the registry does instead of answering well. */
export type Behaviour =
  /** Accepts the request and never answers. */
  | { type: 'hang' }
  /** Sends the good body in small parts (one byte by default), every `everyMs` (200 by default). */
  | { type: 'drip'; everyMs?: number; bytes?: number }
  /** Answers with this status; the body is the good manifest unless one is given. */
  | { type: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Answers 200 with these bytes, exactly as given. */
  | { type: 'body'; body: string | Buffer; headers?: Record<string, string> }
  /** A gzip body that lacks its last bytes, although its length is right. */
  | { type: 'truncated-gzip' }
  /** Promises more bytes than it sends, then closes. */
  | { type: 'truncated-length' }
  /** A chunked body that is cut off before its last chunk. */
  | { type: 'truncated-chunked' }
  /** A well-made gzip body that inflates to this many bytes (400 MB by default) and would be a valid manifest. */
  | { type: 'gzip-bomb'; inflatedBytes?: number }
  /** Redirects (302 by default). */
  | { type: 'redirect'; to: string; status?: number }
  /** Sends 103 Early Hints for ever. */
  | { type: 'informational-flood' }
  /** Sends random bytes for ever, without saying how many. */
  | { type: 'endless' }
  /** Closes the connection without an answer. */
  | { type: 'reset' }
  /** Answers well, but late. */
  | { type: 'latency'; ms: number }

/** Whom a behaviour concerns, and how often. */
export interface BehaviourScope {
  /** `name`, `name@version` or `name@version.tgz`; every package if absent. */
  package?: string
  /** Only the first so many matching requests; for ever if absent. */
  times?: number
}

/** One request as it arrived. */
export interface RecordedRequest {
  method: string
  /** Path as sent, still escaped. */
  path: string
  headers: IncomingHttpHeaders
  /** `name@version` for the path of a manifest, `name@version.tgz` for that of its tarball, `name` for that of a packument. */
  id: string | undefined
}

/** How the registry is set up. */
export interface FakeRegistryOptions {
  /** Path below which it serves, with both slashes: `/` by default. */
  basePath?: string
  /** Answer 401 to requests without `authorization: Bearer <token>`. */
  token?: string
  /** Compress bodies for clients that accept it; true by default. */
  gzip?: boolean
}

/** A running fake registry. */
export interface FakeRegistry {
  /** Base URL with its path, ends with `/`. */
  url: string
  /** `http://127.0.0.1:<port>`. */
  origin: string
  port: number
  /** Every request so far, in order of arrival. */
  requests: RecordedRequest[]
  /** Ids in order of arrival: short for `requests.map(({ id }) => id)`. */
  asked(): (string | undefined)[]
  /** Most requests that were being answered at the same time. */
  peakConcurrency(): number
  /** Connections opened so far. */
  connections(): number
  /** Adds a version; `fields` go into its manifest on top of name, version and a made-up dist. */
  publish(name: string, version: string, fields?: Record<string, unknown>): void
  /** Adds a version with its tarball, and gives the integrity that its manifest names. */
  publishTarball(name: string, version: string, tarball: Buffer, fields?: Record<string, unknown>): string
  /** Says when a version was published (ISO 8601); undefined for a version without a time. Default: long ago. */
  publishedAt(name: string, version: string, time: string | undefined): void
  /** The manifest it would serve, as an object. */
  manifestOf(name: string, version: string): Record<string, unknown> | undefined
  /** Misbehaves from now on; the latest matching call counts. */
  behave(behaviour: Behaviour, scope?: BehaviourScope): void
  /** Called with every request from now on, as it arrives. */
  onRequest(listener: () => void): void
  /** Forgets all behaviours. */
  recover(): void
  /** Closes it and every connection. */
  close(): Promise<void>
}

interface Rule extends BehaviourScope {
  behaviour: Behaviour
  left: number
}

/** Starts a registry on a free port of 127.0.0.1. Close it when done. */
export async function startFakeRegistry(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
  const { basePath = '/', token, gzip = true } = options
  const manifests = new Map<string, Record<string, unknown>>()
  const times = new Map<string, string | undefined>()
  const tarballs = new Map<string, Buffer>()
  const requests: RecordedRequest[] = []
  const sockets = new Set<Socket>()
  const listeners: (() => void)[] = []
  let rules: Rule[] = []
  let active = 0
  let peak = 0
  let connections = 0

  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    active++
    peak = Math.max(peak, active)
    response.once('close', () => active--)
    const id = idOf(request.url ?? '', basePath)
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, id })
    for (const listener of listeners) listener()
    const behaviour = behaviourFor(rules, id)
    if (behaviour?.type === 'latency') setTimeout(() => answer(request, response, id), behaviour.ms)
    else if (behaviour === undefined) answer(request, response, id)
    else misbehave(behaviour, response, tarballs.get(id ?? '') ?? goodBody(manifests, times, id), id)
  })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })

  function answer(request: IncomingMessage, response: ServerResponse, id: string | undefined): void {
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      send(response, 401, { 'content-type': 'application/json' }, '{"error":"unauthorized"}')
      return
    }
    const tarball = tarballs.get(id ?? '')
    if (tarball !== undefined) {
      send(response, 200, { 'content-type': 'application/octet-stream' }, tarball)
      return
    }
    const body = goodBody(manifests, times, id)
    if (body === undefined) {
      send(response, 404, { 'content-type': 'application/json' }, '{"error":"not found"}')
      return
    }
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    const compress = gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    if (compress) headers['content-encoding'] = 'gzip'
    send(response, 200, headers, compress ? gzipSync(body) : body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  const origin = `http://127.0.0.1:${port}`
  return {
    url: `${origin}${basePath}`,
    origin,
    port,
    requests,
    asked: () => requests.map(({ id }) => id),
    peakConcurrency: () => peak,
    connections: () => connections,
    publish(name, version, fields = {}) {
      const integrity = `sha512-${Buffer.from(`${name}@${version}`.padEnd(64, '.').slice(0, 64)).toString('base64')}`
      manifests.set(`${name}@${version}`, { name, version, dist: { integrity }, ...fields })
    },
    publishTarball(name, version, tarball, fields = {}) {
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
      const file = `${name}/-/${name.split('/').at(-1) ?? ''}-${version}.tgz`
      const dist = { integrity, tarball: `${origin}${basePath}${file}` }
      manifests.set(`${name}@${version}`, { name, version, dist, ...fields })
      tarballs.set(`${name}@${version}.tgz`, tarball)
      return integrity
    },
    publishedAt(name, version, time) {
      times.set(`${name}@${version}`, time)
    },
    manifestOf: (name, version) => manifests.get(`${name}@${version}`),
    behave(behaviour, scope = {}) {
      rules.unshift({ ...scope, behaviour, left: scope.times ?? Number.POSITIVE_INFINITY })
    },
    onRequest(listener) {
      listeners.push(listener)
    },
    recover() {
      rules = []
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** `/@scope%2fname/1.0.0` below the base path as `@scope/name@1.0.0`, `/name` as `name`. */
function idOf(path: string, basePath: string): string | undefined {
  if (!path.startsWith(basePath)) return undefined
  const [, whole, base = '', file = ''] =
    /^((?:@[^/]+\/)?([^/]+))\/-\/([^/]+)\.tgz$/.exec(path.slice(basePath.length)) ?? []
  if (whole !== undefined) return `${whole}@${file.slice(base.length + 1)}.tgz`
  const [name, version, more] = path.slice(basePath.length).split('/')
  if (name === undefined || name === '' || more !== undefined) return undefined
  if (version === undefined) return decodeURIComponent(name)
  return `${decodeURIComponent(name)}@${decodeURIComponent(version)}`
}

function behaviourFor(rules: Rule[], id: string | undefined): Behaviour | undefined {
  const name = id?.replace(/(?!^)@.*$/, '')
  const rule = rules.find(
    (candidate) =>
      candidate.left > 0 &&
      (candidate.package === undefined || candidate.package === id || candidate.package === name),
  )
  if (rule === undefined) return undefined
  rule.left--
  return rule.behaviour
}

function goodBody(
  manifests: Map<string, Record<string, unknown>>,
  times: Map<string, string | undefined>,
  id: string | undefined,
): string | undefined {
  const manifest = id === undefined ? undefined : (manifests.get(id) ?? packument(manifests, times, id))
  return manifest === undefined ? undefined : JSON.stringify(manifest)
}

function versionOf(manifest: Record<string, unknown>): string {
  return String(manifest['version'])
}

/** All versions of a name with their times, keys in the order in which the npm registry sends them. */
function packument(
  manifests: Map<string, Record<string, unknown>>,
  times: Map<string, string | undefined>,
  name: string,
): Record<string, unknown> | undefined {
  const versions = [...manifests.values()].filter((manifest) => manifest['name'] === name)
  if (versions.length === 0) return undefined
  const time = versions.map((manifest) => {
    const id = `${name}@${versionOf(manifest)}`
    return [versionOf(manifest), times.has(id) ? times.get(id) : '2020-01-01T00:00:00.000Z']
  })
  return {
    _id: name,
    name,
    'dist-tags': { latest: versionOf(versions.at(-1) ?? {}) },
    versions: Object.fromEntries(versions.map((manifest) => [versionOf(manifest), manifest])),
    time: { created: '2019-01-01T00:00:00.000Z', ...Object.fromEntries(time) },
    readme: `# ${name}\n\n"time": {"1.0.0": "not this one"}`,
  }
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers })
  response.end(body)
}

function misbehave(
  behaviour: Exclude<Behaviour, { type: 'latency' }>,
  response: ServerResponse,
  good: string | Buffer = '{}',
  id: string = '',
): void {
  switch (behaviour.type) {
    case 'hang':
      return
    case 'reset':
      response.socket?.destroy()
      return
    case 'drip':
      drip(response, good, behaviour.everyMs ?? 200, behaviour.bytes ?? 1)
      return
    case 'status':
      sendStatus(response, behaviour.status, behaviour.headers ?? {}, behaviour.body ?? good)
      return
    case 'body':
      send(response, 200, behaviour.headers ?? {}, behaviour.body)
      return
    case 'redirect':
      send(response, behaviour.status ?? 302, { location: behaviour.to }, '')
      return
    case 'truncated-gzip':
      send(response, 200, { 'content-encoding': 'gzip' }, gzipSync(good).subarray(0, -4))
      return
    case 'truncated-length':
      response.writeHead(200, { 'content-length': String(Buffer.byteLength(good) + 10) })
      response.write(good, () => response.socket?.destroy())
      return
    case 'truncated-chunked':
      response.writeHead(200)
      response.write(good, () => response.socket?.destroy())
      return
    case 'gzip-bomb':
      send(
        response,
        200,
        { 'content-encoding': 'gzip' },
        bomb(id, behaviour.inflatedBytes ?? 400 * 1024 * 1024),
      )
      return
    case 'informational-flood':
      floodWithHints(response)
      return
    case 'endless':
      sendForEver(response)
  }
}

/** Statuses that HTTP gives no body are sent without one; 1xx cannot be final, so it is sent raw and then nothing comes. */
function sendStatus(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  if (status < 200) {
    response.socket?.write(`HTTP/1.1 ${status} Informational\r\n\r\n`)
  } else if (status === 204 || status === 304) {
    response.writeHead(status, headers)
    response.end()
  } else {
    send(response, status, headers, body)
  }
}

function drip(response: ServerResponse, body: string | Buffer, everyMs: number, atOnce: number): void {
  const bytes = Buffer.from(body)
  response.writeHead(200, { 'content-length': String(bytes.length) })
  let sent = 0
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + atOnce))
    sent += atOnce
    if (sent >= bytes.length) {
      clearInterval(timer)
      response.end()
    }
  }, everyMs)
  response.once('close', () => clearInterval(timer))
}

function sendForEver(response: ServerResponse): void {
  const noise = randomBytes(1024 * 1024)
  response.writeHead(200)
  const more = (): void => {
    while (!response.destroyed && response.write(noise));
  }
  response.on('drain', more)
  more()
}

function floodWithHints(response: ServerResponse): void {
  const timer = setInterval(() => response.writeEarlyHints({ link: '</a>; rel=preload' }), 20)
  response.once('close', () => clearInterval(timer))
}

/** Gzip members one after another: decoders must read them as one stream, and building them costs nothing. */
function bomb(id: string, inflatedBytes: number): Buffer {
  const at = id.lastIndexOf('@')
  const start = JSON.stringify({ name: id.slice(0, at), version: id.slice(at + 1), license: 'MIT', pad: '' })
  const megabyte = gzipSync('x'.repeat(1024 * 1024))
  const pads = Array.from({ length: Math.ceil(inflatedBytes / (1024 * 1024)) }, () => megabyte)
  return Buffer.concat([gzipSync(start.slice(0, -2)), ...pads, gzipSync('"}')])
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}

/** The registry client end to end: configuration from real files, a real server, real faults that do not take long. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import { readRegistryConfig } from '#registry/npmrc'
import { startFakeRegistry } from '../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../support/fake-registry.ts'
import { clientFor, configFor, mapCache } from '../unit/registry/clients.ts'
import { openDisk } from '#disk/disk'
import { makeCertificate } from '../support/certificate.ts'

const PACKAGES = 150
const BUDGET_MS = 10_000

let registry: FakeRegistry
let folder: string
let client: RegistryClient | undefined
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'depgate-registry-'))
  registry = await startFakeRegistry()
  for (let i = 0; i < PACKAGES; i++) registry.publish(`p${i}`, '1.0.0', { license: 'MIT' })
})
afterEach(async () => {
  await client?.close()
  client = undefined
  await registry.close()
  await rm(folder, { recursive: true, force: true })
})

async function askAll(url: string, more: Partial<RegistryOptions> = {}): Promise<string[]> {
  client = await clientFor(configFor(url), more)
  const current = client
  return Promise.all(
    Array.from({ length: PACKAGES }, async (_, i) => codeOf(await current.manifest(`p${i}`, '1.0.0'))),
  )
}

function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.code
}

/** Reads the configuration of a home with this .npmrc and opens a client on it. */
async function openFrom(npmrc: string, env: Record<string, string> = {}): Promise<RegistryClient> {
  const home = path.join(folder, 'home')
  const project = path.join(folder, 'project')
  await Promise.all([mkdir(home, { recursive: true }), mkdir(project, { recursive: true })])
  await writeFile(path.join(home, '.npmrc'), npmrc)
  const execPath = path.join(folder, 'prefix/bin/node')
  const config = await readRegistryConfig({
    disk: openDisk('/'),
    project,
    env,
    home,
    execPath,
    trustProjectKeys: [],
  })
  if (!config.ok) throw new Error(config.failure.message)
  client = await clientFor(config.value)
  return client
}

test('cold everything is asked once, warm nothing', async () => {
  const cache = mapCache()
  expect(new Set(await askAll(registry.url, { cache }))).toEqual(new Set(['ok']))
  expect(registry.requests).toHaveLength(PACKAGES)
  expect(registry.peakConcurrency()).toBeLessThanOrEqual(64)
  expect(client?.statistics()).toEqual({ requests: PACKAGES, retries: 0, failures: 0 })
  await client?.close()
  expect(new Set(await askAll(registry.url, { cache, offline: true }))).toEqual(new Set(['ok']))
  expect(registry.requests).toHaveLength(PACKAGES)
})

describe('a registry that fails for everything ends inside the budget and is never believed', () => {
  const faults: [string, Behaviour, RegExp][] = [
    ['503', { type: 'status', status: 503 }, /server-error|breaker-open/],
    ['429 for a day', { type: 'status', status: 429, headers: { 'retry-after': '86400' } }, /throttled/],
    ['resets', { type: 'reset' }, /unreachable|breaker-open/],
    [
      'wrong body',
      { type: 'body', body: '{"name":"other","version":"1.0.0","license":"MIT"}' },
      /wrong-package/,
    ],
    ['a login page', { type: 'body', body: '<html>log in</html>' }, /malformed/],
    ['truncated gzip', { type: 'truncated-gzip' }, /truncated/],
    ['truncated length', { type: 'truncated-length' }, /truncated/],
    ['truncated chunks', { type: 'truncated-chunked' }, /truncated/],
    ['gzip bombs', { type: 'gzip-bomb' }, /too-large|timeout|breaker-open|deadline/],
    ['early hints for ever', { type: 'informational-flood' }, /timeout|breaker-open/],
    ['206', { type: 'status', status: 206 }, /unexpected-status/],
    ['204', { type: 'status', status: 204 }, /unexpected-status/],
    ['304', { type: 'status', status: 304 }, /unexpected-status/],
    ['404', { type: 'status', status: 404 }, /not-found/],
    ['401', { type: 'status', status: 401 }, /unauthorized/],
    ['101', { type: 'status', status: 101 }, /unreachable|malformed|timeout|breaker-open/],
  ]
  test.each(faults)(
    '%s',
    async (_, behaviour, expected) => {
      registry.behave(behaviour)
      const cache = mapCache()
      const memory = process.memoryUsage.rss()
      let peak = memory
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10)
      const before = performance.now()
      const codes = await askAll(registry.url, { cache })
      const took = performance.now() - before
      clearInterval(watch)
      for (const code of new Set(codes)) expect(code).toMatch(expected)
      expect(took).toBeLessThan(BUDGET_MS + 500)
      expect((peak - memory) / 1024 / 1024).toBeLessThan(350)
      expect(cache.entries.size).toBe(0)
      const asked = registry.asked()
      for (const id of new Set(asked))
        expect(asked.filter((item) => item === id).length).toBeLessThanOrEqual(3)
      await client?.close()
    },
    30_000,
  )
})

test('a registry that redirects: the other one sees nothing', async () => {
  const other = await startFakeRegistry()
  registry.behave({ type: 'redirect', to: other.url })
  expect(new Set(await askAll(registry.url))).toEqual(new Set(['redirected']))
  expect(other.connections()).toBe(0)
  await other.close()
})

test('all 503 ends fast and stops asking', async () => {
  registry.behave({ type: 'status', status: 503 })
  const before = performance.now()
  const codes = await askAll(registry.url)
  expect(performance.now() - before).toBeLessThan(3000)
  expect(codes.filter((code) => code === 'breaker-open').length).toBeGreaterThan(PACKAGES / 2)
  expect(registry.requests.length).toBeLessThan(PACKAGES)
})

test('a registry that recovers is asked again within the run', async () => {
  registry.behave({ type: 'status', status: 503 })
  await askAll(registry.url)
  registry.recover()
  const current = client
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(codeOf((await current?.manifest('p0', '1.0.0')) ?? { ok: true, value: undefined })).toBe('ok')
  expect(codeOf((await current?.manifest('p1', '1.0.0')) ?? { ok: true, value: undefined })).toBe('ok')
  expect(registry.asked().slice(-2)).toEqual(['p0@1.0.0', 'p1@1.0.0'])
})

test('429 once for a busy moment: all pass after a pause, with fewer at once', async () => {
  registry.behave({ type: 'status', status: 429, headers: { 'retry-after': '1' } }, { times: 10 })
  expect(new Set(await askAll(registry.url))).toEqual(new Set(['ok']))
  expect(client?.statistics().retries).toBe(10)
})

test('a private registry with a token, as npm’s own files say', async () => {
  const priv = await startFakeRegistry({ basePath: '/npm/', token: 's3cret' })
  priv.publish('@acme/a', '1.0.0', { license: 'UNLICENSED' })
  const npmrc = [
    `registry=${registry.url}`,
    `@acme:registry=${priv.url}`,
    `//127.0.0.1:${priv.port}/npm/:_authToken=\${ACME_TOKEN}`,
  ].join('\n')
  const open = await openFrom(npmrc, { ACME_TOKEN: 's3cret' })
  expect(codeOf(await open.manifest('@acme/a', '1.0.0'))).toBe('ok')
  expect(codeOf(await open.manifest('p0', '1.0.0'))).toBe('ok')
  expect(registry.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  await open.close()
  const without = await openFrom(npmrc)
  expect(codeOf(await without.manifest('@acme/a', '1.0.0'))).toBe('unauthorized')
  expect(JSON.stringify(priv.requests.at(-1)?.headers)).not.toContain('ACME_TOKEN')
  await priv.close()
})

describe('over TLS', () => {
  let server: Server
  let origin: string
  let certificate: string
  const seen: (string | undefined)[] = []
  beforeEach(async () => {
    seen.length = 0
    const key = path.join(folder, 'key.pem')
    certificate = path.join(folder, 'cert.pem')
    makeCertificate({ key, certificate })
    server = createServer(
      { key: await readFile(key), cert: await readFile(certificate) },
      (request, response) => {
        seen.push(request.headers.authorization)
        response.end(JSON.stringify({ name: 'a', version: '1.0.0', license: 'MIT' }))
      },
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `https://localhost:${portOf(server)}`
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  test('a stranger’s certificate is not trusted, whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      const open = await openFrom(`registry=${origin}/`)
      expect(codeOf(await open.manifest('a', '1.0.0'))).toBe('tls')
      await open.close()
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
    }
  })

  test('with cafile it is, and strict-ssl=false is refused', async () => {
    const trusting = await openFrom(`registry=${origin}/\ncafile=${certificate}`)
    expect(codeOf(await trusting.manifest('a', '1.0.0'))).toBe('ok')
    await trusting.close()
    const careless = await openFrom(`registry=${origin}/\nstrict-ssl=false`)
    expect(codeOf(await careless.manifest('a', '1.0.0'))).toBe('insecure-registry')
  })

  test('another name than the certificate’s is not trusted', async () => {
    const other = origin.replace('localhost', '127.0.0.2')
    const open = await openFrom(`registry=${other}/\ncafile=${certificate}`)
    expect(codeOf(await open.manifest('a', '1.0.0'))).toMatch(/tls|unreachable/)
  })

  test('through a proxy, and past it where noproxy says so', async () => {
    let tunnels = 0
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        tunnels++
        const upstream = connect(portOf(server), '127.0.0.1')
        upstream.on('error', () => undefined)
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(upstream).pipe(socket)
      })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const npmrc = `registry=${origin}/\ncafile=${certificate}\nhttps-proxy=http://127.0.0.1:${portOf(proxy)}\n//localhost:${portOf(server)}/:_authToken=t`
    const through = await openFrom(npmrc)
    expect(codeOf(await through.manifest('a', '1.0.0'))).toBe('ok')
    expect(tunnels).toBe(1)
    expect(seen).toEqual(['Bearer t'])
    await through.close()
    const past = await openFrom(`${npmrc}\nnoproxy=localhost`)
    expect(codeOf(await past.manifest('a', '1.0.0'))).toBe('ok')
    expect(tunnels).toBe(1)
    await past.close()
    proxy.close()
  })
})

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port')
  return address.port
}

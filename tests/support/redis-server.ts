/** A real redis-server on a free port of the loopback, with whatever configuration a test wants, gone when it is over. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

/** A running server. */
export interface RedisServer {
  port: number
  /** `redis://127.0.0.1:<port>`. */
  url: string
  /** A client of the test's own, as the default user. */
  client: Redis
  /** Signals the process, for example SIGSTOP. */
  signal: (signal: NodeJS.Signals) => void
  close: () => Promise<void>
}

/**
 * Whether there is a redis-server. Where CI has none that is a failure; elsewhere the tests that need it are left out,
 * and say so.
 */
export function hasRedis(): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true
  if (process.env['CI'] === 'true') throw new Error('redis-server is missing: apt-get install redis-server')
  console.warn(
    'NOT TESTED: the shared cache, because there is no redis-server here (apt-get install redis-server)',
  )
  return false
}

/** Starts one. `args` are those of redis-server; `tlsFolder` holds ca.crt, server.crt and server.key. */
export async function startRedis(args: string[] = [], tlsFolder?: string): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-redis-'))
  const [port, plain] = [await freePort(), await freePort()]
  const tls = tlsFolder === undefined ? [] : ['--tls-port', String(port), ...tlsArguments(tlsFolder)]
  const plainPort = tlsFolder === undefined ? port : plain
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(plainPort),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
      ...tls,
      ...args,
    ],
    { stdio: 'ignore' },
  )
  const client = new Redis({ port: plainPort, host: '127.0.0.1', maxRetriesPerRequest: 0, lazyConnect: true })
  client.on('error', () => undefined)
  for (let tries = 0; ; tries++) {
    try {
      await client.connect()
      break
    } catch (error) {
      if (tries > 200) throw error
      await sleep(20)
    }
  }
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    client,
    signal: (signal) => void server.kill(signal),
    async close() {
      client.disconnect()
      const gone = server.exitCode !== null || server.signalCode !== null
      server.kill('SIGKILL')
      if (!gone) await new Promise((done) => server.once('exit', done))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function tlsArguments(folder: string): string[] {
  return [
    '--tls-ca-cert-file',
    join(folder, 'ca.crt'),
    '--tls-cert-file',
    join(folder, 'server.crt'),
    '--tls-key-file',
    join(folder, 'server.key'),
    '--tls-auth-clients',
    'no',
  ]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** Talks to a Redis server: the only place that knows ioredis, and how it has to be kept from waiting and trying again. */
import { Resolver } from 'node:dns/promises'
import type { Redis } from 'ioredis'
import type { RedisAddress } from './redis-settings.ts'

/** A value to keep for a time in milliseconds, or none to forget what is kept. */
export interface RedisWrite {
  name: string
  value?: Uint8Array
  ttlMs: number
}

/** A connection. Each promise rejects if the connection fails; what the server refuses is data. */
export interface RedisConnection {
  /** The first `maxBytes` bytes of each value, empty where there is none; a text is the code of the server's refusal. */
  read(names: readonly string[], maxBytes: number): Promise<(Uint8Array | string)[]>
  /** For each write the code of the server's refusal, if it refused. */
  write(writes: readonly RedisWrite[]): Promise<(string | undefined)[]>
}

/** Thrown where the optional package is not installed. */
export class RedisNotInstalled extends Error {}

/**
 * Connects. Nothing is sent before the first command but what says who we are, and nothing is asked of the server that
 * a user who may only read could not do. A server may never answer: `signal` ends the connection, whatever it waits for.
 */
export async function connectRedis(address: RedisAddress, signal: AbortSignal): Promise<RedisConnection> {
  const client = await createClient(address)
  await hearNameServers(address.host, signal)
  signal.throwIfAborted()
  let failure = new Error('closed')
  client.on('error', (error: Error) => (failure = error))
  const close = (): void => {
    client.disconnect()
    client.stream?.destroy()
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    await client.connect()
    // The run must not wait for an idle connection; whoever waits for an answer has a timer.
    client.stream.unref()
    await introduce(client, address)
  } catch (error) {
    close()
    throw isClosed(error) ? failure : error
  }
  return {
    async read(names, maxBytes) {
      const pipeline = client.pipeline()
      for (const name of names) pipeline.getrangeBuffer(name, 0, maxBytes - 1)
      return (await replies(pipeline)).map(([error, value]) => {
        if (error) return refusal(error)
        return value instanceof Uint8Array ? value : 'ERR'
      })
    },
    async write(writes) {
      const pipeline = client.pipeline()
      for (const { name, value, ttlMs } of writes) {
        if (value === undefined) pipeline.unlink(name)
        else pipeline.set(name, Buffer.from(value.buffer, value.byteOffset, value.byteLength), 'PX', ttlMs)
      }
      return (await replies(pipeline)).map(([error]) => (error ? refusal(error) : undefined))
    },
  }
}

/** The code of a failed connection or a refused introduction, such as `ECONNREFUSED` or `WRONGPASS`. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return isClosed(error) || error.message === 'closed' ? 'closed' : refusal(error)
}

async function createClient({ host, port, tls }: RedisAddress): Promise<Redis> {
  const ioredis = await import('ioredis').catch((error: unknown) => {
    throw failureCode(error) === 'ERR_MODULE_NOT_FOUND' ? new RedisNotInstalled() : error
  })
  return new ioredis.Redis({
    host,
    port,
    ...(tls && { tls: tlsOptions(host) }),
    protocol: 2,
    lazyConnect: true,
    // Each of these would wait, ask or try again behind our back.
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
    connectTimeout: 0,
    retryStrategy: () => null,
  })
}

/**
 * The system's look-up of a name cannot be called off, and no process ends before it has: where name servers are silent
 * that takes many seconds. So they are asked for the name first, in a way that can be; what they say does not matter.
 */
async function hearNameServers(host: string, signal: AbortSignal): Promise<void> {
  if (host === 'localhost' || isAddress(host)) return
  const resolver = new Resolver()
  const cancel = (): void => resolver.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  await resolver.resolve4(host).catch(() => undefined)
  signal.removeEventListener('abort', cancel)
}

/** An IP address is no server name; node then compares the certificate with the host alone. */
function tlsOptions(host: string): { rejectUnauthorized: true; servername?: string } {
  return { rejectUnauthorized: true, ...(!isAddress(host) && { servername: host }) }
}

function isAddress(host: string): boolean {
  return /^[\d.]+$|:/.test(host)
}

/** Not by ioredis' own options: a server that wants no password makes it print a warning of its own. */
async function introduce(client: Redis, { username, password, database }: RedisAddress): Promise<void> {
  const sent: Promise<unknown>[] = []
  if (password !== undefined) {
    sent.push(username === undefined ? client.auth(password) : client.auth(username, password))
  }
  if (database !== undefined) sent.push(client.select(database))
  await Promise.all(sent)
}

async function replies(pipeline: ReturnType<Redis['pipeline']>): Promise<[Error | null, unknown][]> {
  const answered = (await pipeline.exec()) ?? []
  for (const [error] of answered) if (isClosed(error)) throw error
  return answered
}

/** A refusal begins with a word in capitals. */
function refusal({ message }: Error): string {
  return /^[A-Z]+(?= |$)/.exec(message)?.[0] ?? 'ERR'
}

/** What ioredis says of commands that the end of the connection left without an answer. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && /^(Connection is closed|Command aborted)/.test(error.message)
}

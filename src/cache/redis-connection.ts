/** Talks to a Redis server in the few words that a cache needs: one connection, never tried again, never waited for by itself. */
import type { Socket } from 'node:net'
import type { RedisAddress } from './redis-settings.ts'
import { createReplyReader, spellCommands } from './resp.ts'
import type { RedisReply } from './resp.ts'

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

/**
 * Connects. Nothing is sent before the first command but what says who we are, and nothing is asked of the server that
 * a user who may only read could not do. A server may never answer: `signal` ends the connection, whatever it waits for.
 */
export async function connectRedis(address: RedisAddress, signal: AbortSignal): Promise<RedisConnection> {
  await hearNameServers(address.host, signal)
  signal.throwIfAborted()
  const socket = await openSocket(address)
  const waiting: Batch[] = []
  let failure: Error | undefined
  let largest = 0
  const end = (error: Error): void => {
    failure ??= error
    socket.destroy()
    for (const batch of waiting.splice(0)) batch.reject(failure)
  }

  const read = createReplyReader(
    (reply) => {
      const [batch] = waiting
      if (batch === undefined) throw new RangeError('a reply to no command')
      batch.replies.push(reply)
      if (batch.replies.length < batch.commands) return
      waiting.shift()
      batch.resolve(batch.replies)
    },
    () => largest,
  )
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch {
      end(Object.assign(new Error('not the protocol of Redis'), { code: 'EPROTO' }))
    }
  })
  socket.on('error', end)
  socket.on('close', () => end(new Error('closed')))
  signal.addEventListener('abort', () => end(new Error('closed')), { once: true })
  if (signal.aborted) end(new Error('closed'))

  function send(commands: (string | Uint8Array)[][]): Promise<RedisReply[]> {
    return new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure)
      waiting.push({ commands: commands.length, replies: [], resolve, reject })
      socket.write(spellCommands(commands))
    })
  }

  await connected(socket, address, () => failure)
  // The run must not wait for an idle connection; whoever waits for an answer has a timer.
  socket.unref()
  for (const reply of await sendIntroduction(send, address)) {
    if (!isRefusal(reply)) continue
    end(new Error(reply.refusal))
    throw new Error(reply.refusal)
  }
  return {
    async read(names, maxBytes) {
      largest = Math.max(largest, maxBytes)
      const replies = await send(names.map((name) => ['GETRANGE', name, '0', String(maxBytes - 1)]))
      return replies.map((reply) =>
        isRefusal(reply) ? refusal(reply.refusal) : reply === 'done' ? 'ERR' : reply,
      )
    },
    async write(writes) {
      const replies = await send(
        writes.map(({ name, value, ttlMs }) =>
          value === undefined ? ['UNLINK', name] : ['SET', name, value, 'PX', String(ttlMs)],
        ),
      )
      return replies.map((reply) => (isRefusal(reply) ? refusal(reply.refusal) : undefined))
    },
  }
}

/** Commands that were sent together. */
interface Batch {
  commands: number
  replies: RedisReply[]
  resolve: (replies: RedisReply[]) => void
  reject: (error: Error) => void
}

/** The code of a failed connection or a refused introduction, such as `ECONNREFUSED` or `WRONGPASS`. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.message === 'closed' ? 'closed' : refusal(error.message)
}

async function openSocket({ host, port, tls }: RedisAddress): Promise<Socket> {
  if (!tls) {
    const { connect } = await import('node:net')
    return connect({ host, port, noDelay: true })
  }
  const { connect } = await import('node:tls')
  return connect({ host, port, ...tlsOptions(host) })
}

/** Resolves when the socket may be written to; rejects with why it has ended. */
function connected(socket: Socket, { tls }: RedisAddress, failure: () => Error | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(tls ? 'secureConnect' : 'connect', resolve)
    socket.once('close', () => reject(failure() ?? new Error('closed')))
  })
}

/**
 * The system's look-up of a name cannot be called off, and no process ends before it has: where name servers are silent
 * that takes many seconds. So they are asked for the name first, in a way that can be; what they say does not matter.
 */
async function hearNameServers(host: string, signal: AbortSignal): Promise<void> {
  if (host === 'localhost' || isAddress(host)) return
  const { Resolver } = await import('node:dns/promises')
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

async function sendIntroduction(
  send: (commands: string[][]) => Promise<RedisReply[]>,
  { username, password, database }: RedisAddress,
): Promise<RedisReply[]> {
  const who = username === undefined ? [] : [username]
  const commands = [
    ...(password === undefined ? [] : [['AUTH', ...who, password]]),
    ...(database === undefined ? [] : [['SELECT', String(database)]]),
  ]
  return commands.length === 0 ? [] : send(commands)
}

function isRefusal(reply: RedisReply): reply is { refusal: string } {
  return typeof reply === 'object' && 'refusal' in reply
}

/** A refusal begins with a word in capitals. */
function refusal(message: string): string {
  return /^[A-Z]+(?= |$)/.exec(message)?.[0] ?? 'ERR'
}

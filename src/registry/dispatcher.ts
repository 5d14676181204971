/** How registries are reached: one GET or POST, within one total time and fixed sizes, never following anything. */
import pLimit from 'p-limit'
import type { Agent, Dispatcher as UndiciDispatcher } from 'undici'
import type { Failure, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { BodyReader, Encoding, Gate } from './body.ts'
import { drain, startExchange } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { createLookup } from './lookup.ts'
import { networkFailure } from './network-failure.ts'
import type { Phase } from './network-failure.ts'

/** What came back. The body is there for a 200 only. */
export interface Reply<T = string> {
  status: number
  body?: T
  retryAfter?: string
}

/** How long a request may take in all. */
export interface RequestLimits {
  /** Milliseconds for this request. */
  timeoutMs: number
  /** Milliseconds left of the run; the smaller of the two counts. */
  remainingMs: number
  /** Ends the request at once. */
  signal: AbortSignal
}

/** How to reach one registry origin. */
export interface DispatcherOptions {
  /** Most sockets. */
  connections: number
  /** PEM certificates that replace Node's own list; undefined leaves it, and NODE_EXTRA_CA_CERTS, in place. */
  ca: string[] | undefined
  /** Address of a proxy, with its credentials. */
  proxy: string | undefined
  connectTimeoutMs: number
}

/** Sends requests to one origin. */
export interface Dispatcher {
  get<T>(
    url: URL,
    headers: Record<string, string>,
    limits: RequestLimits,
    reader: BodyReader<T>,
  ): Promise<Outcome<Reply<T>>>
  /** The same with something to send, whose form is among the headers. */
  post<T>(
    url: URL,
    headers: Record<string, string>,
    limits: RequestLimits,
    reader: BodyReader<T>,
    payload: Uint8Array,
  ): Promise<Outcome<Reply<T>>>
  /** Destroys every socket. */
  close(): Promise<void>
}

const MAX_HEADER_BYTES = 16 * 1024
/** How often a request looks at the clock. */
const LOOK_MS = 100
/** A look that comes so much later was held up by this process or the machine; what is less is a busy one's daily life. */
const LATE_MS = 500

/** Creates the dispatcher of one origin; undici is loaded with the first request. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const gate: Gate = pLimit(1)
  let agent: Promise<UndiciDispatcher> | undefined

  async function send<T>(
    url: URL,
    headers: Record<string, string>,
    limits: RequestLimits,
    reader: BodyReader<T>,
    payload?: Uint8Array,
  ): Promise<Outcome<Reply<T>>> {
    // Loaded before the clock starts: the first request must not pay for the module.
    agent ??= openAgent(options)
    const dispatcher = await agent
    const total = totalSignal(limits)
    let phase: Phase = 'connecting'
    let exchange: Exchange | undefined
    try {
      if (total.signal.aborted) return { ok: false, failure: total.failure(url.origin) }
      exchange = startExchange(dispatcher, {
        origin: url.origin,
        path: url.pathname + url.search,
        ...(payload === undefined ? { method: 'GET' } : { method: 'POST', body: payload }),
        headers: {
          'accept-encoding': reader.asIs ? 'identity' : 'gzip',
          accept: reader.accept ?? 'application/json',
          'user-agent': 'depgate',
          ...headers,
        },
      })
      total.signal.addEventListener('abort', exchange.abort, { once: true })
      const answer = await exchange.answer
      phase = 'reading'
      return await readReply(answer, reader, patient(gate, total), total, url.origin)
    } catch (error) {
      if (total.signal.aborted) return { ok: false, failure: total.failure(url.origin) }
      return { ok: false, failure: networkFailure(error, phase, url.origin) }
    } finally {
      total.clear()
      exchange?.abort()
    }
  }

  async function close(): Promise<void> {
    if (agent === undefined) return
    const opened = agent
    agent = undefined
    await (await opened).destroy()
  }

  return {
    get: (url, headers, limits, reader) => send(url, headers, limits, reader),
    post: send,
    close,
  }
}

/** The sockets of one origin, with its certificates and its proxy; whoever opens them destroys them. */
export async function openAgent(options: DispatcherOptions): Promise<UndiciDispatcher> {
  const tls = {
    // Said aloud because NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise be obeyed.
    rejectUnauthorized: true,
    timeout: options.connectTimeoutMs,
    lookup: createLookup(),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  }
  // undici's own timeouts are idle timeouts and tick once a second: the total signal alone bounds a request.
  const pool = {
    connections: options.connections,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
  }
  if (options.proxy === undefined) return new (await loadAgent())({ ...pool, connect: tls })
  const { ProxyAgent } = await import('undici')
  return new ProxyAgent({ ...pool, ...proxyAddress(options.proxy), requestTls: tls, proxyTls: tls })
}

/** The part of undici that is needed, which takes a third of the time that all of it does; all of it, should it have moved. */
async function loadAgent(): Promise<typeof Agent> {
  try {
    return (await import('undici/lib/dispatcher/agent.js')).default
  } catch {
    return (await import('undici')).Agent
  }
}

/** A proxy's address without userinfo, and its userinfo as the header it is sent in. */
function proxyAddress(proxy: string): { uri: string; token?: string } {
  const url = new URL(proxy)
  if (url.username === '' && url.password === '') return { uri: url.href }
  const userinfo = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  return { uri: url.href, token: `Basic ${Buffer.from(userinfo).toString('base64')}` }
}

/** Who waits because others are read first is not slow. */
function patient(gate: Gate, { pause }: TotalSignal): Gate {
  return (task) => {
    const goOn = pause()
    return gate(() => {
      goOn()
      return task()
    })
  }
}

async function readReply<T>(
  { status, headers, body }: Answer,
  reader: BodyReader<T>,
  gate: Gate,
  { signal, allow }: TotalSignal,
  origin: string,
): Promise<Outcome<Reply<T>>> {
  if (status !== 200) {
    await drain(body)
    const retryAfter = headers['retry-after']
    return ok(typeof retryAfter === 'string' ? { status, retryAfter } : { status })
  }
  const encoding = encodingOf(headers['content-encoding'])
  if (encoding === undefined || (reader.asIs && encoding !== 'identity'))
    return fail('malformed', `The registry ${origin} answered in an encoding nobody asked for.`)
  if (Number(headers['content-length'] ?? 0) > reader.maxWireBytes)
    return fail('too-large', `The answer of the registry ${origin} is larger than any answer may be.`)
  const { bytesPerSecond } = reader
  const wire = bytesPerSecond === undefined ? body : paced(body, bytesPerSecond, allow)
  const read = await reader.read(wire, encoding, gate, signal)
  return read === undefined
    ? fail('malformed', `The answer of the registry ${origin} is not UTF-8.`)
    : ok({ status, body: read })
}

function encodingOf(header: string | string[] | undefined): Encoding | undefined {
  if (header === undefined || header === '') return 'identity'
  if (typeof header !== 'string') return undefined
  const name = header.trim().toLowerCase()
  return name === 'gzip' || name === 'identity' ? name : undefined
}

/** Gives the request more time for what it brings: what takes long because it is large is not slow. */
async function* paced(
  body: AsyncIterable<Buffer>,
  bytesPerSecond: number,
  allow: (ms: number) => void,
): AsyncGenerator<Buffer> {
  let received = 0
  for await (const chunk of body) {
    received += chunk.length
    allow((received / bytesPerSecond) * 1000)
    yield chunk
  }
}

interface TotalSignal {
  signal: AbortSignal
  /** Lets the request take so many milliseconds longer than its timeout, all in all. */
  allow: (ms: number) => void
  /** Stops counting until the function that it gives is called; the run's own end stays where it is. */
  pause: () => () => void
  failure(origin: string): Failure
  clear(): void
}

/** One signal for the whole request, made by hand: `AbortSignal.any` on one long-lived signal leaks on Node 20. */
function totalSignal({ timeoutMs, remainingMs, signal }: RequestLimits): TotalSignal {
  const controller = new AbortController()
  const began = performance.now()
  let timedOut = false
  let allowed = timeoutMs
  let pausedMs = 0
  let pausedAt: number | undefined
  const end = (): void => controller.abort()
  let due = 0
  const untilNext = (ms: number): NodeJS.Timeout => {
    const wait = Math.min(ms, LOOK_MS)
    due = performance.now() + wait
    return setTimeout(look, wait)
  }
  const look = (): void => {
    const now = performance.now()
    const late = now - due
    // Nobody could take an answer while the process stood still: that is not the registry's time.
    if (pausedAt === undefined && late > LATE_MS) pausedMs += late
    const runLeft = remainingMs - (now - began)
    const left = allowed + pausedMs - ((pausedAt ?? now) - began)
    if (runLeft > 0 && left > 0) {
      timer = untilNext(Math.min(runLeft, pausedAt === undefined ? left : LOOK_MS))
      return
    }
    timedOut = runLeft > 0
    end()
  }
  let timer = untilNext(Math.min(timeoutMs, remainingMs))
  if (signal.aborted || remainingMs <= 0) end()
  else signal.addEventListener('abort', end, { once: true })
  return {
    signal: controller.signal,
    allow: (ms) => {
      allowed = timeoutMs + ms
    },
    pause: () => {
      pausedAt = performance.now()
      return () => {
        pausedMs += performance.now() - (pausedAt ?? 0)
        pausedAt = undefined
      }
    },
    failure: (origin) =>
      timedOut
        ? {
            code: 'timeout',
            message: `The registry ${origin} took longer than ${Math.round(allowed)} ms.`,
            fix: 'Run again, or raise network.timeout.',
          }
        : {
            code: 'deadline',
            message: `The run ended before the registry ${origin} had answered.`,
            fix: 'Raise --deadline, or run again: what is known is kept.',
          },
    clear: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    },
  }
}

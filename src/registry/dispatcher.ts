/** The only network of depgate: one GET, within one total time and fixed sizes, never following anything. */
import pLimit from 'p-limit'
import type { Dispatcher as UndiciDispatcher } from 'undici'
import type { Failure, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { MAX_WIRE_BYTES, readBody } from './body.ts'
import type { Encoding, Gate } from './body.ts'
import { createLookup } from './lookup.ts'
import { networkFailure } from './network-failure.ts'
import type { Phase } from './network-failure.ts'

/** What came back. The text is there for a 200 only. */
export interface Reply {
  status: number
  text?: string
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

/** How the body of a 200 is read: within which bounds, and what of it becomes the reply's text. */
export interface BodyReader {
  /** Most bytes on the wire. */
  maxWireBytes: number
  /** The form to ask for, as an `accept` header; plain JSON if absent. */
  accept?: string
  /** Throws `DEPGATE_TOO_LARGE`, zlib's errors, the stream's own or the signal's. */
  read(body: AsyncIterable<Buffer>, encoding: Encoding, gate: Gate, signal: AbortSignal): Promise<Buffer>
}

/** Sends requests to one origin. */
export interface Dispatcher {
  /** `reader` is for bodies of which only a part is wanted; without one the body is read whole. */
  get(
    url: URL,
    headers: Record<string, string>,
    limits: RequestLimits,
    reader?: BodyReader,
  ): Promise<Outcome<Reply>>
  /** Destroys every socket. */
  close(): Promise<void>
}

const MAX_HEADER_BYTES = 16 * 1024
/** A refused answer's body is read up to here, so that its socket can be used again. */
const MAX_DRAINED_BYTES = 64 * 1024

const WHOLE_BODY: BodyReader = { maxWireBytes: MAX_WIRE_BYTES, read: readBody }

/** Creates the dispatcher of one origin; undici is loaded with the first request. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const gate: Gate = pLimit(1)
  let agent: Promise<UndiciDispatcher> | undefined

  async function get(
    url: URL,
    headers: Record<string, string>,
    limits: RequestLimits,
    reader: BodyReader = WHOLE_BODY,
  ): Promise<Outcome<Reply>> {
    // Loaded before the clock starts: the first request must not pay for the module.
    agent ??= openAgent(options)
    const dispatcher = await agent
    const total = totalSignal(limits)
    let phase: Phase = 'connecting'
    try {
      if (total.signal.aborted) return { ok: false, failure: total.failure(url.origin) }
      const response = await dispatcher.request({
        origin: url.origin,
        path: url.pathname,
        method: 'GET',
        headers: {
          'accept-encoding': 'gzip',
          accept: reader.accept ?? 'application/json',
          'user-agent': 'depgate',
          ...headers,
        },
        signal: total.signal,
      })
      phase = 'reading'
      return await readReply(response, reader, gate, total.signal, url.origin)
    } catch (error) {
      if (total.signal.aborted) return { ok: false, failure: total.failure(url.origin) }
      return { ok: false, failure: networkFailure(error, phase, url.origin) }
    } finally {
      total.clear()
    }
  }

  async function close(): Promise<void> {
    if (agent === undefined) return
    const opened = agent
    agent = undefined
    await (await opened).destroy()
  }

  return { get, close }
}

async function openAgent(options: DispatcherOptions): Promise<UndiciDispatcher> {
  const { Agent, ProxyAgent } = await import('undici')
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
  if (options.proxy === undefined) return new Agent({ ...pool, connect: tls })
  return new ProxyAgent({ ...pool, ...proxyAddress(options.proxy), requestTls: tls, proxyTls: tls })
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

async function readReply(
  response: UndiciDispatcher.ResponseData,
  reader: BodyReader,
  gate: Gate,
  signal: AbortSignal,
  origin: string,
): Promise<Outcome<Reply>> {
  const { statusCode: status, headers, body } = response
  body.on('error', () => undefined) // an error after the last read has nobody left to tell
  const refuse = (code: 'malformed' | 'too-large', message: string): Outcome<Reply> => {
    body.destroy()
    return fail(code, message)
  }
  if (status !== 200) {
    await body.dump({ limit: MAX_DRAINED_BYTES, signal }).catch(() => undefined)
    const retryAfter = headers['retry-after']
    return ok(typeof retryAfter === 'string' ? { status, retryAfter } : { status })
  }
  const encoding = encodingOf(headers['content-encoding'])
  if (encoding === undefined)
    return refuse('malformed', `The registry ${origin} answered in an encoding nobody asked for.`)
  if (Number(headers['content-length'] ?? 0) > reader.maxWireBytes) {
    return refuse('too-large', `The answer of the registry ${origin} is larger than any answer may be.`)
  }
  try {
    const bytes = await reader.read(body, encoding, gate, signal)
    const text = decodeUtf8(bytes)
    return text === undefined
      ? refuse('malformed', `The answer of the registry ${origin} is not UTF-8.`)
      : ok({ status, text })
  } finally {
    body.destroy()
  }
}

function encodingOf(header: string | string[] | undefined): Encoding | undefined {
  if (header === undefined || header === '') return 'identity'
  if (typeof header !== 'string') return undefined
  const name = header.trim().toLowerCase()
  return name === 'gzip' || name === 'identity' ? name : undefined
}

/** Strict: no replacement characters, and a byte order mark stays and fails to parse. */
function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

interface TotalSignal {
  signal: AbortSignal
  failure(origin: string): Failure
  clear(): void
}

/** One signal for the whole request, made by hand: `AbortSignal.any` on one long-lived signal leaks on Node 20. */
function totalSignal({ timeoutMs, remainingMs, signal }: RequestLimits): TotalSignal {
  const controller = new AbortController()
  let timedOut = false
  const end = (): void => controller.abort()
  const budget = Math.min(timeoutMs, remainingMs)
  const timer = setTimeout(() => {
    timedOut = timeoutMs < remainingMs
    end()
  }, budget)
  if (signal.aborted || budget <= 0) end()
  else signal.addEventListener('abort', end, { once: true })
  return {
    signal: controller.signal,
    failure: (origin) =>
      timedOut
        ? {
            code: 'timeout',
            message: `The registry ${origin} took longer than ${timeoutMs} ms.`,
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

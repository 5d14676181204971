/** Sends messages: one request at a time to each address, within one limit for all, never following anything. */
import type { Dispatcher } from 'undici'
import { openAgent } from '#registry/dispatcher'
import { drain, startExchange } from '#registry/exchange'
import { proxyFor } from '#registry/registry-config'
import type { RegistryConfig } from '#registry/registry-config'
import type { Answer, Message, Send } from './message.ts'

/** Milliseconds for one request. */
const REQUEST_MS = 4000
/** Longest answer that is read: a page of issues with long texts. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/** Sends until it is closed. */
export interface Sender {
  send: Send
  close: () => Promise<void>
}

/** A sender with the proxies and certificates of npm's trusted configuration; whatever `signal` says ends it. */
export function createSender(config: Pick<RegistryConfig, 'proxy' | 'ca'>, signal: AbortSignal): Sender {
  const agents = new Map<string, Promise<Dispatcher>>()

  function agentFor({ origin }: URL): Promise<Dispatcher> {
    const agent =
      agents.get(origin) ??
      openAgent({
        connections: 2,
        ca: config.ca,
        proxy: proxyFor(config, { origin }),
        connectTimeoutMs: REQUEST_MS,
      })
    agents.set(origin, agent)
    return agent
  }

  return {
    async send(message) {
      if (signal.aborted) return { ok: false, why: TOO_LATE }
      const limit = new AbortController()
      const end = (): void => limit.abort()
      const timer = setTimeout(end, REQUEST_MS)
      signal.addEventListener('abort', end, { once: true })
      try {
        return { ok: true, answer: await exchange(await agentFor(message.url), message, limit.signal) }
      } catch {
        return { ok: false, why: limit.signal.aborted ? TOO_LATE : 'could not be delivered' }
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
      }
    },
    async close() {
      await Promise.allSettled([...agents.values()].map(async (agent) => (await agent).destroy()))
    },
  }
}

const TOO_LATE = 'was not answered in time'

async function exchange(
  agent: Dispatcher,
  { method, url, headers, body }: Message,
  signal: AbortSignal,
): Promise<Answer> {
  const running = startExchange(agent, {
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { 'user-agent': 'depgate', 'accept-encoding': 'identity', ...headers },
    ...(body !== undefined && { body }),
  })
  signal.addEventListener('abort', running.abort, { once: true })
  try {
    const answer = await running.answer
    const { status } = answer
    if (status !== 200 || method !== 'GET') {
      await drain(answer.body)
      return { status, body: '' }
    }
    const parts: Buffer[] = []
    let size = 0
    for await (const part of answer.body) {
      size += part.length
      if (size > MAX_ANSWER_BYTES) throw new Error('too large')
      parts.push(part)
    }
    return { status, body: Buffer.concat(parts).toString('utf8') }
  } finally {
    running.abort()
  }
}

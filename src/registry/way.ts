/** The way that every question takes: retry, around limiter, around breaker, around the one request. */
import type { Outcome } from '#model/outcome'
import type { Traffic } from '#model/run-report'
import { count, span } from '../trace.ts'
import type { Attempt } from './attempt.ts'
import type { BodyReader } from './body.ts'
import type { Reply } from './dispatcher.ts'
import type { LaneOptions, Lanes } from './lane.ts'
import { authorizationFor } from './registry-config.ts'
import type { Registry } from './registry-config.ts'
import { retry } from './retry.ts'
import { sleep } from './sleep.ts'

/**
 * Asks one question of a registry; `login` is the one to send, if it is not what the address itself has. With a
 * `payload` the question is that, as gzipped JSON. `timeoutMs` is for a request that may take longer than others.
 */
export type Ask = <T, B>(
  registry: Registry,
  url: URL,
  read: (reply: Outcome<Reply<B>>) => Attempt<T>,
  body: BodyReader<B>,
  how?: { login?: { authorization: string | undefined }; payload?: Uint8Array; timeoutMs?: number },
) => Promise<Attempt<T>>

/** The way, and what has gone it so far. */
export interface Way {
  ask: Ask
  traffic: Traffic['network']
  close: () => Promise<void>
}

const GZIPPED_JSON = { 'content-type': 'application/json', 'content-encoding': 'gzip' }

/** Makes the way for a run. Nothing is opened or loaded before the first question. */
export function createWay(options: LaneOptions): Way {
  const { config, network, remainingMs, signal } = options
  const traffic: Traffic['network'] = { requests: 0, retries: 0, failures: 0 }
  let lanes: Promise<Lanes> | undefined

  const ask: Ask = async (
    registry,
    url,
    read,
    body,
    { login, payload, timeoutMs = network.timeoutMs } = {},
  ) => {
    lanes ??= import('./lane.ts').then(({ createLanes }) => createLanes(options))
    const lane = (await lanes).of(registry)
    const { authorization } = login ?? { authorization: authorizationFor(config, url) }
    const headers: Record<string, string> = {
      ...(authorization !== undefined && { authorization }),
      ...(payload !== undefined && GZIPPED_JSON),
    }

    const request = async (number: number): Promise<ReturnType<typeof read>> => {
      traffic.requests++
      if (number > 1) {
        traffic.retries++
        count('registry.retry', registry.origin)
      }
      const limits = { timeoutMs, remainingMs: remainingMs(), signal }
      const { dispatcher } = lane
      return span('registry.request', async () =>
        read(
          payload === undefined
            ? await dispatcher.get(url, headers, limits, body)
            : await dispatcher.post(url, headers, limits, body, payload),
        ),
      )
    }
    const attempt = await retry((number) => lane.limiter.run(() => lane.breaker.run(() => request(number))), {
      random: Math.random,
      sleep,
      remainingMs,
      signal,
    })
    if (!attempt.outcome.ok) traffic.failures++
    return attempt
  }

  return {
    ask,
    traffic,
    async close() {
      if (lanes !== undefined) await (await lanes).close()
    },
  }
}

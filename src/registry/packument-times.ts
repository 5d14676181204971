/** Asks a registry when a version was published: a packument is streamed, and only its times are kept. */
import { cacheKey } from '#cache/key'
import type { Cache } from '#cache/tiered-store'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { attemptFrom } from './answer.ts'
import type { BodyReader } from './body.ts'
import { isObject, parseObject } from './manifest.ts'
import { packumentReader } from './packument-reader.ts'
import { packumentUrl } from './registry-config.ts'
import type { Registry } from './registry-config.ts'
import type { Ask } from './way.ts'

/** Packuments whose times are remembered within a run, so that several versions of a package cost one request. */
const MAX_REMEMBERED = 256
/** Raised whenever an older depgate wrote records that must not be read any more. */
const RECORD_SCHEMA = 1

/** Epoch milliseconds by version. */
type Times = ReadonlyMap<string, number>

/** What publish times are asked with. */
export interface PublishTimesOptions {
  cache: Pick<Cache, 'get' | 'put'>
  /** Epoch milliseconds. */
  now: () => number
  offline: boolean
  refresh: boolean
  ask: Ask
}

/** When a version was published, in epoch milliseconds; `none` if the registry does not say. */
export type PublishTime = (
  registry: Registry,
  name: string,
  version: string,
) => Promise<Outcome<number | 'none'>>

/** Creates the question. A time once seen is kept without end: a version is published once. */
export function createPublishTimes(options: PublishTimesOptions): PublishTime {
  const { cache, now, ask } = options
  const asked = new Map<string, Promise<Outcome<Times>>>()

  function timesOf(registry: Registry, name: string): Promise<Outcome<Times>> {
    const url = packumentUrl(registry.base, name)
    const running = asked.get(url.href)
    if (running !== undefined) return running
    const [oldest] = asked.keys()
    if (asked.size >= MAX_REMEMBERED && oldest !== undefined) asked.delete(oldest)
    const parse = (text: string): Outcome<Times> => parseTimes(text, name)
    const fresh = ask(registry, url, (reply) => attemptFrom(reply, registry.origin, parse), TIMES_ONLY)
    const outcome = fresh.then((attempt) => attempt.outcome)
    asked.set(url.href, outcome)
    return outcome
  }

  return async (registry, name, version) => {
    const key = cacheKey('published', RECORD_SCHEMA, registry.base, name, version)
    const known = options.refresh ? undefined : await cache.get(key)
    if (known !== undefined && known.storedAt >= 0 && known.storedAt <= now()) {
      const time = decodeTime(known.body, name, version)
      if (time !== undefined) return ok(time)
    }
    if (options.offline) {
      return fail(
        'offline',
        `when ${name}@${version} was published is not in the cache, and --offline forbids asking`,
        {
          fix: 'Run once without --offline.',
        },
      )
    }
    const times = await timesOf(registry, name)
    if (!times.ok) return times
    const time = times.value.get(version)
    if (time === undefined) return ok('none')
    await cache.put(key, Buffer.from(JSON.stringify({ name, version, published: time })), now())
    return ok(time)
  }
}

/** Only the full document of a package says when its versions were published. */
const TIMES_ONLY: BodyReader = packumentReader({ values: new Set(['name', 'time']) })

/** The times of a scanned packument; a packument without any has an empty map. */
export function parseTimes(text: string, name: string): Outcome<Times> {
  const document = parseObject(text)
  if (document === undefined || !Object.hasOwn(document, 'name')) {
    return fail('malformed', `The answer of the registry is no list of the versions of ${name}.`, {
      fix: 'Check that the registry address is right and no login page or proxy answers in its place.',
    })
  }
  if (document['name'] !== name) {
    return fail('wrong-package', `The registry answered for another package than ${name}.`, {
      fix: 'Tell whoever runs the registry; nothing of this answer was used.',
    })
  }
  const said = Object.hasOwn(document, 'time') ? document['time'] : undefined
  const times = new Map<string, number>()
  for (const [version, text] of Object.entries(isObject(said) ? said : {})) {
    const time = timeOf(text)
    if (time !== undefined) times.set(version, time)
  }
  return ok(times)
}

/** Epoch milliseconds. Only a whole ISO 8601 time with its zone counts: everything else would be read by guessing. */
export function timeOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text))
    return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function decodeTime(body: Uint8Array, name: string, version: string): number | undefined {
  const record = parseObject(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  if (record?.['name'] !== name || record['version'] !== version) return undefined
  const time = record['published']
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined
}

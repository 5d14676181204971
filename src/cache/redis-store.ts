/** The shared tier: sealed records in Redis, asked for in batches, and left out for good once it costs time. */
import { createHmac } from 'node:crypto'
import { createPatience } from './patience.ts'
import { createReadBatches } from './redis-reads.ts'
import type { RedisConnection, RedisWrite } from './redis-connection.ts'
import type { SharedTier } from './redis-settings.ts'
import { seal, unseal } from './seal.ts'
import type { CacheRecord, CacheStore, CacheWarning } from './store.ts'

/** What the shared tier needs. */
export interface RedisOptions extends SharedTier {
  /** Epoch milliseconds. */
  now: () => number
  /** Monotonic milliseconds. */
  clock: () => number
  /** Told of every fault; it is the listener who tells people only once. */
  warn: (warning: CacheWarning) => void
  /** Told of every record that was not believed. */
  rejected: () => void
  /** What is left of the run's patience, in milliseconds; by default all of it. */
  patienceMs?: number
}

/** A shared tier, which writes behind the caller's back until it is flushed. */
export interface RedisStore extends CacheStore {
  /** Resolves when everything put so far is in Redis, or was given up. */
  flush(): Promise<void>
  /** A record that may be larger than all others, asked for in one go. */
  getLarge(key: string): Promise<CacheRecord | undefined>
  /** Keeps such a record for a time in milliseconds; resolves when it is there, or was given up. */
  putLarge(key: string, record: CacheRecord, ttlMs: number): Promise<void>
  /** What is left of the run's patience, in milliseconds; none once the tier was left out. */
  patienceMs(): number
}

/** Milliseconds that a run waits for Redis in all … */
export const PATIENCE_MS = 300
/** … and for each answer a little more: less than a registry takes at its best. */
const PATIENCE_PER_ANSWER_MS = 0.1
/** A record older than this is not believed, and Redis forgets it by itself; milliseconds. */
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000
/** Larger records are neither written nor read, in bytes. */
export const MAX_SHARED_BYTES = 1024 * 1024
/** The same for those of which a run reads no more than one. */
export const MAX_LARGE_BYTES = 16 * 1024 * 1024
/** Records that are sent at once. */
const WRITE_BATCH = 256

/** The name of a record in Redis. Without the secret nobody can tell whose name it is, or make one up. */
export function redisName(secret: Uint8Array, key: string): string {
  return `depgate:1:${createHmac('sha256', secret).update('name of\0').update(key).digest('base64url')}`
}

/** A shared tier. Nothing is loaded or opened before the first question or the first full batch. */
export function createRedisStore(options: RedisOptions): RedisStore {
  const { address, mode, secret, now, warn, rejected } = options
  const pending = new Map<string, CacheRecord | undefined>()
  const writing = new Set<Promise<void>>()
  const stop = new AbortController()
  let connection: Promise<RedisConnection> | undefined
  let writable = mode === 'read-write'

  const isOff = (): boolean => stop.signal.aborted

  function leaveOut(reason: string): void {
    if (isOff()) return
    stop.abort()
    pending.clear()
    const message = `The shared cache (Redis) was left out of this run: ${reason}.`
    warn({ code: 'cache-redis-left-out', message })
  }

  const patience = createPatience({
    ms: options.patienceMs ?? PATIENCE_MS,
    clock: options.clock,
    onEnd: () => leaveOut(`it took longer than ${PATIENCE_MS} ms to answer`),
  })

  async function open(): Promise<RedisConnection> {
    const { connectRedis } = await import('./redis-connection.ts')
    return connectRedis(address, stop.signal)
  }

  /** Whatever goes wrong on the way ends in undefined, and in the tier being left out. */
  async function talk<T>(say: (connection: RedisConnection) => Promise<T>): Promise<T | undefined> {
    try {
      return isOff() ? undefined : await say(await (connection ??= open()))
    } catch (error) {
      const { failureCode } = await import('./redis-connection.ts')
      leaveOut(`the connection failed (${failureCode(error)})`)
      return undefined
    }
  }

  const reads = createReadBatches({
    maxBytes: MAX_SHARED_BYTES,
    read,
  })

  async function read(names: string[], maxBytes: number): Promise<(Uint8Array | string)[] | undefined> {
    const answers = await patience.wait(talk((redis) => redis.read(names, maxBytes)))
    if (isOff() || answers === undefined) return undefined
    patience.earn(answers.length * PATIENCE_PER_ANSWER_MS)
    const refused = answers.find((answer) => typeof answer === 'string' && answer !== 'WRONGTYPE')
    if (refused === undefined) return answers
    leaveOut(`the server refused to be read (${String(refused)})`)
    return undefined
  }

  /** The record in what the server sent, if it is one of ours for this key and of our time. */
  function believed(key: string, answer: Uint8Array | 'unfit'): CacheRecord | undefined {
    const record = answer === 'unfit' ? 'rejected' : unseal(secret, key, answer, now())
    if (record !== 'rejected' && record.storedAt > now() - MAX_AGE_MS) return record
    rejected()
    return undefined
  }

  function send(): void {
    const writes = [...pending].flatMap(([key, record]) => writeOf(key, record))
    pending.clear()
    if (writes.length > 0 && !isOff()) sendWrites(writes)
  }

  function sendWrites(writes: RedisWrite[]): void {
    const written = talk((redis) => redis.write(writes)).then((refusals) => {
      const refused = refusals?.find((code) => code !== undefined)
      if (refused === undefined || isOff()) return
      writable = false
      const message = `The shared cache (Redis) refused to be written (${refused}).`
      warn({ code: 'cache-redis-write-failed', message })
    })
    writing.add(written)
    void written.finally(() => writing.delete(written))
  }

  function writeOf(key: string, record: CacheRecord | undefined): RedisWrite[] {
    const name = redisName(secret, key)
    if (record === undefined) return [{ name, ttlMs: 0 }]
    const ttlMs = Math.min(MAX_AGE_MS, Math.floor(record.storedAt + MAX_AGE_MS - now()))
    const value = seal(secret, key, record)
    return ttlMs > 0 && value.byteLength <= MAX_SHARED_BYTES ? [{ name, value, ttlMs }] : []
  }

  function change(key: string, record?: CacheRecord): Promise<void> {
    if (writable && !isOff()) {
      pending.set(key, record)
      if (pending.size >= WRITE_BATCH) send()
    }
    return Promise.resolve()
  }

  return {
    tier: 'redis',
    async get(key) {
      const record = pending.get(key)
      if (record !== undefined) return { body: record.body.slice(), storedAt: record.storedAt }
      if (isOff() || pending.has(key)) return undefined
      const answer = await reads.get(redisName(secret, key))
      return answer && believed(key, answer)
    },
    put: (key, { body, storedAt }) => change(key, { body: new Uint8Array(body), storedAt }),
    delete: (key) => change(key),
    async flush() {
      send()
      if (writing.size > 0) await patience.wait(Promise.all(writing))
    },
    async getLarge(key) {
      const [answer] = (await read([redisName(secret, key)], MAX_LARGE_BYTES + 1)) ?? []
      if (answer === undefined || answer.length === 0) return undefined
      return believed(key, typeof answer === 'string' || answer.length > MAX_LARGE_BYTES ? 'unfit' : answer)
    },
    async putLarge(key, record, ttlMs) {
      const value = seal(secret, key, record)
      if (!writable || isOff() || ttlMs < 1 || value.byteLength > MAX_LARGE_BYTES) return
      sendWrites([{ name: redisName(secret, key), value, ttlMs: Math.floor(ttlMs) }])
      await patience.wait(Promise.all(writing))
    },
    patienceMs: () => (isOff() ? 0 : patience.left()),
  }
}

/** Decides from policy and environment whether there is a shared tier, where it is and what may be done with it. */
import type { CacheWarning } from './store.ts'

/** What may be done with the shared tier, the least first. */
export const SHARED_MODES = ['off', 'read-only', 'read-write'] as const

/** What may be done with the shared tier. */
export type SharedMode = (typeof SHARED_MODES)[number]

/** Where a Redis server is, and as whom to go there. */
export interface RedisAddress {
  host: string
  port: number
  /** Whether to speak TLS, and to insist on a certificate for `host`. */
  tls: boolean
  username?: string
  password?: string
  /** Number of the database, if not the first. */
  database?: number
}

/** A shared tier that is on. */
export interface SharedTier {
  address: RedisAddress
  mode: Exclude<SharedMode, 'off'>
  /** The HMAC key. */
  secret: Uint8Array
}

/** What decides. */
export interface SharedTierOptions {
  /** The policy's word: the environment variable that holds the address, and the most that may be done. */
  policy: { variable: string; mode: SharedMode } | undefined
  env: Readonly<Record<string, string | undefined>>
}

/** Shortest key that is accepted, in bytes: as long as the HMAC itself. */
const MIN_KEY_BYTES = 32
const DEFAULT_PORT = 6379

/**
 * The shared tier, a warning that says why a wanted one is off, or neither. The user's own key file does not count: no
 * other machine has it, and a job that runs a stranger's code is told apart by having no key.
 */
export function sharedTier({
  policy,
  env,
}: SharedTierOptions): { tier: SharedTier } | { warning?: CacheWarning } {
  if (policy === undefined) return {}
  const given = env['DEPGATE_REDIS_MODE']
  if (given !== undefined && !isMode(given)) {
    return off('mode', 'DEPGATE_REDIS_MODE is none of off, read-only, read-write')
  }
  const mode = given === undefined ? policy.mode : lower(policy.mode, given)
  const url = env[policy.variable]
  if (mode === 'off' || url === undefined || url === '') return {}
  const address = parseAddress(url)
  if (address === undefined) {
    return off(
      'address',
      `${policy.variable} is not an address like redis://host:6379 or rediss://user:password@host:6379`,
    )
  }
  const secret = Buffer.from(env['DEPGATE_CACHE_KEY'] ?? '', 'utf8')
  if (secret.byteLength === 0)
    return off('key', 'DEPGATE_CACHE_KEY is not set, and only what it signs is shared')
  if (secret.byteLength < MIN_KEY_BYTES)
    return off('key', `DEPGATE_CACHE_KEY is shorter than ${MIN_KEY_BYTES} bytes`)
  return { tier: { address, mode, secret } }
}

/** The lower of two modes: the environment can only take away from what the policy gives. */
function lower(one: SharedMode, other: SharedMode): SharedMode {
  return SHARED_MODES[Math.min(SHARED_MODES.indexOf(one), SHARED_MODES.indexOf(other))] ?? 'off'
}

function isMode(text: string): text is SharedMode {
  return SHARED_MODES.some((mode) => mode === text)
}

/** Whatever is not wholly understood is refused: an address that is half right would lead to another server. */
function parseAddress(text: string): RedisAddress | undefined {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const database = /^\/?$/.test(url.pathname)
    ? 0
    : Number(/^\/(\d{1,4})$/.exec(url.pathname)?.[1] ?? Number.NaN)
  if (url.hostname === '' || url.search !== '' || url.hash !== '' || Number.isNaN(database)) return undefined
  try {
    const username = decodeURIComponent(url.username)
    const password = decodeURIComponent(url.password)
    if (username !== '' && password === '') return undefined
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
      tls: url.protocol === 'rediss:',
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
      ...(database > 0 && { database }),
    }
  } catch {
    return undefined
  }
}

function off(what: string, reason: string): { warning: CacheWarning } {
  return { warning: { code: `cache-redis-${what}`, message: `The shared cache is off: ${reason}.` } }
}

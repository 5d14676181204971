/** Turns npm's path-scoped keys (`//host/path/:_authToken`) into headers, each bound to its own prefix. */
import type { Warning } from '#model/run-report'
import { isUnresolved } from './registry-config.ts'
import type { Credential } from './registry-config.ts'

const SCOPED_KEY = /^(\/\/.*):(_authToken|_auth|username|_password)$/
const HEADER_SAFE = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/

/**
 * The logins in npm's flat options, by npm's precedence: `_authToken`, `_auth`, then `username` with `_password`.
 * A value with an unresolved `${VARIABLE}`, or one no header may hold, is left out with a warning that shows its key only.
 */
export function readCredentials(flat: Readonly<Record<string, unknown>>): {
  credentials: Credential[]
  warnings: Warning[]
} {
  const byPrefix = new Map<string, Map<string, string>>()
  const warnings: Warning[] = []
  for (const [key, value] of Object.entries(flat)) {
    const [, prefix, field] = SCOPED_KEY.exec(key) ?? []
    if (prefix === undefined || field === undefined || typeof value !== 'string' || value === '') continue
    if (isUnresolved(value) || isUnresolved(prefix)) {
      warnings.push(unusable(key, 'names an environment variable that is not set'))
    } else {
      const fields = byPrefix.get(prefix) ?? new Map<string, string>()
      byPrefix.set(prefix, fields.set(field, value))
    }
  }
  const credentials: Credential[] = []
  for (const [prefix, fields] of byPrefix) {
    const authorization = headerOf(fields)
    if (authorization === undefined) continue
    if (HEADER_SAFE.test(authorization)) credentials.push({ prefix, authorization })
    else warnings.push(unusable(prefix, 'holds characters that no login may hold'))
  }
  return { credentials, warnings }
}

/** The header for a user name and a password in plain text. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function headerOf(fields: ReadonlyMap<string, string>): string | undefined {
  const token = fields.get('_authToken')
  if (token !== undefined) return `Bearer ${token}`
  const auth = fields.get('_auth')
  if (auth !== undefined) return `Basic ${auth}`
  const username = fields.get('username')
  const password = fields.get('_password')
  if (username === undefined || password === undefined) return undefined
  return basic(username, Buffer.from(password, 'base64').toString('utf8'))
}

function unusable(key: string, why: string): Warning {
  return {
    code: 'npmrc-login-unusable',
    message: `The login "${key}" of npm's configuration ${why}; it is not sent.`,
  }
}

/** What a project's own .npmrc tries to set: judged key by key, never obeyed (a project must not choose who is asked). */
import type { Warning } from '#model/run-report'

/** A key of the file as typed, its value, and the key as npm would understand it. */
export interface ProjectKey {
  key: string
  value: unknown
  /** With `${VARIABLES}` replaced, as npm does even in keys. May hold a secret: compared, never shown or sent. */
  meant: string
}

/** Keys that decide who is asked, what is sent along, and who is believed. */
const WEIGHTY: ReadonlySet<string> = new Set(
  [
    'registry',
    'replace-registry-host',
    'proxy',
    'https-proxy',
    'noproxy',
    'ca',
    'cafile',
    'cert',
    'key',
    'strict-ssl',
    '_auth',
    '_authtoken',
  ]
    .concat(['_password', 'username', 'userconfig', 'globalconfig', 'prefix'])
    .map(environmentKey),
)
/** Keys that make npm read other files as the user's: nothing npm then exports can be told from the project's. */
const REDIRECTING: ReadonlySet<string> = new Set(['userconfig', 'globalconfig', 'prefix'])
/** npm keeps scopes, logins and private keys out of the environment. */
const NEVER_EXPORTED = /^[/@_]/
const SCOPE_REGISTRY = /^(@[^:/]+):registry$/i
const MAX_SHOWN_KEY = 120
const MAX_WARNINGS = 20

/** A key as npm spells it in an environment variable: case and `-` against `_` do not count. */
export function environmentKey(key: string): string {
  return key.replaceAll('-', '_').toLowerCase()
}

/** Scopes that the file sends to a registry of their own. */
export function scopesOf(keys: readonly ProjectKey[]): string[] {
  return keys.flatMap(({ meant }) => SCOPE_REGISTRY.exec(meant)?.[1] ?? [])
}

/** One warning for each key that matters and is not taken over. */
export function warningsFor(keys: readonly ProjectKey[]): Warning[] {
  const weighty = keys.filter(({ meant }) => isWeighty(meant))
  return weighty.slice(0, MAX_WARNINGS).map(({ key }) => {
    const shown = key.slice(0, MAX_SHOWN_KEY)
    return {
      code: 'npmrc-key-ignored',
      message: `The project's .npmrc sets "${shown}", which is not taken over; pass --trust-npmrc ${shown} if it may.`,
    }
  })
}

function isWeighty(key: string): boolean {
  return key.startsWith('//') || SCOPE_REGISTRY.test(key) || WEIGHTY.has(environmentKey(key))
}

/**
 * The environment without what npm may have put there out of the project's .npmrc: `npm run` exports its whole
 * configuration as `npm_config_*`, and nothing in a variable tells where it came from. Outside `npm run` it is unchanged.
 */
export function withoutExported(
  env: Readonly<Record<string, string>>,
  keys: readonly ProjectKey[],
): Record<string, string> {
  if (env['npm_lifecycle_event'] === undefined) return { ...env }
  const exported = new Set(
    keys.filter(({ meant }) => !NEVER_EXPORTED.test(meant)).map(({ meant }) => environmentKey(meant)),
  )
  const all = [...REDIRECTING].some((key) => exported.has(key))
  return Object.fromEntries(
    Object.entries(env).filter(([variable]) => {
      const key = /^npm_config_(.+)$/i.exec(variable)?.[1]
      return key === undefined || !(all || exported.has(environmentKey(key)))
    }),
  )
}

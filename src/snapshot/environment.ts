/** The part of the environment that decides what a run finds out: what npm's configuration is made of. */
import { createHash } from 'node:crypto'

/** The environment, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

const WANTED =
  /^(?:npm_config_.+|(?:https?|no|all)_proxy|proxy|prefix|destdir|home|userprofile|appdata|localappdata|xdg_config_home)$/i
/** Set by `npm run`, which exports its configuration; which script it runs does not matter. */
const UNDER_NPM_RUN = 'npm_lifecycle_event'
const REFERENCE = /\$\{([^}]*)\}/g

/** Names of the variables that a file of npm's refers to: `${NAME}`, `${NAME?}`. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map(([, name = '']) => name.replace(/\?$/, ''))
}

/** sha256 (hex) of all variables that matter, and of those named. */
export function environmentDigest(env: Environment, variables: readonly string[]): string {
  const names = new Set([...Object.keys(env).filter((name) => WANTED.test(name)), ...variables])
  const values = [...names].toSorted().map((name) => [name, env[name] ?? null])
  return createHash('sha256')
    .update(JSON.stringify([env[UNDER_NPM_RUN] !== undefined, values]))
    .digest('hex')
}

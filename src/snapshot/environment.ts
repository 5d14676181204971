/** The part of the environment that decides what a run finds out: what npm's configuration is made of. */
import { createHash } from 'node:crypto'

/** The environment, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

const WANTED =
  /^(?:npm_config_.+|(?:https?|no|all)_proxy|proxy|prefix|destdir|home|userprofile|appdata|localappdata|xdg_config_home)$/i
/** Set by `npm run`, which exports its configuration; which script it runs does not matter. */
const UNDER_NPM_RUN = 'npm_lifecycle_event'
/** As npm looks for them: the innermost of those that stand in each other. */
const REFERENCE = /\$\{([^${}]+)\}/g
/** What a quoted value of an ini file may spell differently, a `$` or a brace among them. */
const ESCAPE = /\\(?:u([\da-f]{4})|([\\;#"/]))/gi

/** Names of the variables that a file or a setting of npm's refers to, however they are spelt: `${NAME}`, `${NAME?}`. */
export function variablesIn(text: string): string[] {
  const plain = text.replaceAll(ESCAPE, (_all, code?: string, character?: string) =>
    code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  )
  const names = [...text.matchAll(REFERENCE), ...plain.matchAll(REFERENCE)]
  return [...new Set(names.map(([, name = '']) => name.replace(/\?$/, '')))]
}

/** sha256 (hex) of all variables that matter, and of those named. */
export function environmentDigest(env: Environment, variables: readonly string[]): string {
  return digestOf(env, namesIn(env, variables), (value) => value)
}

/**
 * The same for every machine: a variable that holds nothing but the path of the project, the home, or one that npm
 * itself puts there, counts by what it names. Those named in `variables` count as they are: who knows what for.
 */
export function portableEnvironmentDigest(
  env: Environment,
  variables: readonly string[],
  { project, home }: { project: string; home: string },
): string {
  const known = new Map<string, object>([
    ...AT_HOME.map((path): [string, object] => [`${home}${path}`, { home: path }]),
    [project, { project: '' }],
  ])
  const named = new Set(variables)
  return digestOf(env, namesIn(env, variables), (value, name) =>
    named.has(name) ? value : (known.get(value) ?? value),
  )
}

/** Where npm keeps what is the user's unless it is told otherwise. */
const AT_HOME = ['', '/.npmrc', '/.npm', '/.npm-init.js']

function namesIn(env: Environment, variables: readonly string[]): string[] {
  const wanted = Object.keys(env).filter((name) => WANTED.test(name))
  // npm replaces what stands in the names and values of its own variables as well.
  const named = wanted.flatMap((name) => variablesIn(`${name}=${env[name] ?? ''}`))
  return [...new Set([...wanted, ...named, ...variables])].toSorted()
}

function digestOf(
  env: Environment,
  names: readonly string[],
  meaning: (value: string, name: string) => unknown,
): string {
  const values = names.map((name) => {
    const value = env[name]
    return [name, value === undefined ? null : meaning(value, name)]
  })
  return createHash('sha256')
    .update(JSON.stringify([env[UNDER_NPM_RUN] !== undefined, values]))
    .digest('hex')
}

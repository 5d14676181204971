/** Checks of single values of a policy that a JSON schema cannot express; each gives a problem or nothing. */
import { isPackageName } from '#model/package-id'
import { parsePackageSpec } from '#model/package-spec'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { parseDuration } from './duration.ts'

/** A package spec: `name`, `name@range` or `@scope/*`. */
export function packageProblem(text: string): Problem | undefined {
  const parsed = parsePackageSpec(text)
  if (parsed.ok) return undefined
  return {
    message: `${quote(text)} is not a package spec: ${parsed.problem.replace(/"(.*)"/s, (_all, part: string) => quote(part))}`,
    fix: 'Write a name ("left-pad"), a name with a semver range ("sharp@^0.34") or a scope ("@acme/*").',
  }
}

/** A day that the calendar has, as `YYYY-MM-DD`. */
export function dateProblem(text: string): Problem | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return undefined
  return {
    message: `${quote(text)} is not a day of the calendar`,
    fix: 'Write the last day on which it holds as YYYY-MM-DD.',
  }
}

/** What an id of an advisory looks like: GHSA, CVE, OSV's others, and the registry's own numbers. */
export const ADVISORY_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/

/** The id of an advisory. */
export function advisoryIdProblem(text: string): Problem | undefined {
  if (ADVISORY_ID.test(text)) return undefined
  return {
    message: `${quote(text)} is not the id of an advisory`,
    fix: 'Write it as the report does, for example "GHSA-35jh-r3h4-6jhm".',
  }
}

/** A path that stays inside a package. */
export function fileProblem(text: string): Problem | undefined {
  const parts = text.split('/')
  const escapes = parts.some((part) => part === '' || part === '.' || part === '..')
  if (!escapes && !text.includes('\\') && !text.includes('\0') && !/^[A-Za-z]:/.test(text)) return undefined
  return {
    message: `${quote(text)} is not a path inside the package`,
    fix: 'Write it relative to the package folder with "/" between the parts, for example "LICENSE.md".',
  }
}

/** What an address that must not stand in a policy begins with. */
export const ENVIRONMENT = 'env:'
/** The environment variable in which such an address stands instead: one that nobody sets for anything else. */
export const ENVIRONMENT_ADDRESS = /^env:DEPGATE_[A-Z0-9_]{1,64}$/

/** Where an address stands. What was written is not repeated: it may hold a password. */
export function environmentProblem(text: string): Problem | undefined {
  if (ENVIRONMENT_ADDRESS.test(text)) return undefined
  return {
    message: 'does not name an environment variable that begins with DEPGATE_',
    fix: 'Write "env:DEPGATE_REDIS_URL", and put the address into that variable where the gate runs.',
  }
}

/** A check for the name of a variable that ends in what it holds. What was written is not repeated: it may be a secret. */
export function referenceProblem(pattern: RegExp, ending: string): (text: string) => Problem | undefined {
  return (text) =>
    pattern.test(text)
      ? undefined
      : {
          message: `does not name an environment variable that begins with DEPGATE_ and ends in ${ending}`,
          fix: `Write "env:DEPGATE_…_${ending}", and put the value into that variable where the audit runs.`,
        }
}

/** A check for a duration between two others, both written as durations. */
export function durationBetween(least: string, most: string): (text: string) => Problem | undefined {
  const from = parseDuration(least) ?? 0
  const to = parseDuration(most) ?? 0
  return (text) => {
    const duration = parseDuration(text)
    if (duration !== undefined && duration >= from && duration <= to) return undefined
    return {
      message: `${quote(text)} is not a time from ${least} to ${most}`,
      fix: 'Write a whole number with ms, s, m, h or d behind it, for example "10s".',
    }
  }
}

/** An age: `off`, or a duration of at most ten years. */
export function ageProblem(text: string): Problem | undefined {
  if (text === 'off') return undefined
  const problem = durationBetween('1m', '3650d')(text)
  return (
    problem && {
      ...problem,
      fix: 'Write a whole number with m, h, d or y behind it, for example "3d", or "off".',
    }
  )
}

/** A registry: `default`, a scope, or a base URL without a login. */
export function registryProblem(text: string): Problem | undefined {
  if (text === 'default') return undefined
  if (text.startsWith('@')) {
    if (isPackageName(`${text}/x`)) return undefined
    return { message: `${quote(text)} is not a scope`, fix: 'Write it like "@acme".' }
  }
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return {
      message: `${quote(text)} is not a registry`,
      fix: 'Write "default", a scope ("@acme"), or the base URL of a registry.',
    }
  }
  if (url.username === '' && url.password === '' && url.search === '' && url.hash === '') return undefined
  // Not quoted: what stands there may be a password.
  return {
    message: 'is an address with more than host and path',
    fix: 'Write the base URL of the registry alone.',
  }
}

/** The place of a workspace below the project, as reports name it. */
export function workspaceProblem(text: string): Problem | undefined {
  if (text === '.' || fileProblem(text) === undefined) return undefined
  return {
    message: `${quote(text)} is not the place of a workspace`,
    fix: 'Write its folder below the project, for example "packages/web", or "." for the root.',
  }
}

/** The files of a clarification: one with its sha256, or a list, and no file twice. */
export function pinnedProblem(entry: {
  file?: string
  sha256?: string
  files?: { file: string }[]
}): Problem | undefined {
  const { file, sha256, files } = entry
  if (files === undefined) {
    if (file !== undefined && sha256 !== undefined) return undefined
    const message = file === undefined ? 'does not say which file was read' : 'has no sha256 of the file'
    return { message, fix: 'Write "file" and "sha256", or a list of both as "files".' }
  }
  if (file !== undefined || sha256 !== undefined) {
    return { message: 'has both "files" and a single file', fix: 'Put all of them into "files".' }
  }
  const names = files.map((entry) => entry.file)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return twice === undefined
    ? undefined
    : { message: `names ${quote(twice)} twice`, fix: 'Keep the sha256 of the file as it is now.' }
}

/** Text that says something: neither blanks alone nor the "…" of an entry that nobody filled in. */
export function blankProblem(text: string): Problem | undefined {
  if (text.trim() === '') return { message: 'is empty', fix: 'Write it for whoever reads the report.' }
  if (/[\p{L}\p{N}]/u.test(text)) return undefined
  return {
    message: `${quote(text)} is a placeholder: fill it in`,
    fix: 'Write it for whoever reads the report.',
  }
}

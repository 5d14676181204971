/** Checks of single values of a policy that a JSON schema cannot express; each gives a problem or nothing. */
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

/** Text that is not only blanks. */
export function blankProblem(text: string): Problem | undefined {
  return text.trim() === ''
    ? { message: 'is empty', fix: 'Write it for whoever reads the report.' }
    : undefined
}

/** Writes the exception that would make a package pass, ready to paste, and says who brings the package in. */
import { createAllowSet } from '#license/allow-set'
import { evaluate, missingLicenses } from '#license/evaluate'
import type { Expression } from '#license/expression'
import { matchesSpec, parsePackageSpec } from '#model/package-spec'
import type { Grounds } from './grounds.ts'
import type { PackageFacts } from './package-facts.ts'

/** How long a suggested exception holds. */
const DAYS = 90
const DAY_MS = 86_400_000

/** Where a suggestion is to be pasted, and the time of the run. */
export interface SnippetPlace {
  /** Path of the policy file. */
  file: string
  now: number
}

/** The licences an exception has to allow so that every expression passes; undefined if none can do that. */
export function licensesToAllow(expressions: readonly Expression[], grounds: Grounds): string[] | undefined {
  const sets = [...grounds.lists, ...grounds.active.map((entry) => entry.allow)]
  const missing = new Set(expressions.flatMap((expression) => missingLicenses(expression, sets)))
  const enough = [...sets, createAllowSet([...missing], '')]
  if (!expressions.every((expression) => evaluate(expression, enough, '').allowed)) return undefined
  return [...missing]
}

/** What to do about a refused package; `allow` undefined means that no exception would help. */
export function suggestFix(facts: PackageFacts, allow: string[] | undefined, place: SnippetPlace): string {
  const spec = allow === undefined ? undefined : exceptionSpec(facts)
  if (spec === undefined) return `${broughtInBy(facts)}.`
  const snippet = { package: spec, allow, reason: '…', owner: '…', expires: exceptionExpiry(place.now) }
  return [
    `${broughtInBy(facts)}. To accept it for a time, run depgate except ${facts.id} or add this to licenses.exceptions in ${place.file}:`,
    JSON.stringify(snippet, null, 2),
  ].join('\n')
}

/** The exception in a fix that {@link suggestFix} wrote; undefined if no exception would help. */
export function exceptionIn(fix: string): { package: string; allow: string[] } | undefined {
  const start = fix.indexOf('\n{')
  if (start < 0) return undefined
  const snippet: unknown = JSON.parse(fix.slice(start))
  if (typeof snippet !== 'object' || snippet === null) return undefined
  if (!('package' in snippet) || typeof snippet.package !== 'string') return undefined
  if (!('allow' in snippet) || !Array.isArray(snippet.allow)) return undefined
  const { package: spec, allow } = snippet
  return { package: spec, allow: allow.filter((license) => typeof license === 'string') }
}

/** Last day of an exception that begins at a time, `YYYY-MM-DD`. */
export function exceptionExpiry(now: number): string {
  return new Date(now + DAYS * DAY_MS).toISOString().slice(0, 10)
}

/** `name@^version` where that is a spec that means the package, the bare name where its version is odd. */
export function exceptionSpec({ name, version }: Pick<PackageFacts, 'name' | 'version'>): string | undefined {
  return [`${name}@^${version}`, name].find((text) => {
    const parsed = parsePackageSpec(text)
    return parsed.ok && matchesSpec(parsed.spec, name, version)
  })
}

/** Who brings a package in, as a clause without a full stop. */
export function broughtInBy({ id, paths }: PackageFacts): string {
  const [path] = paths
  const hop = path?.[1]
  if (path === undefined || hop === undefined) return `${id} is in the tree`
  if (path.length === 2) return `${id} is a direct dependency of ${path[0]}`
  return `${id} is brought in by ${hop}`
}

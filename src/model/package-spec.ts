/** Reads the package specs of a policy (`name`, `name@range`, `@scope/*`) and says which packages they mean. */
import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import { isPackageName, scopeOf } from './package-id.ts'
import type { PackageSpec } from './policy.ts'

/** Longest range worth reading; real ones are a tenth of it. */
const MAX_RANGE_LENGTH = 256

/** A spec, or one clause that says why the text is none. */
export type ParsedSpec = { ok: true; spec: PackageSpec } | { ok: false; problem: string }

/** Splits the text of a spec and checks both parts. */
export function parsePackageSpec(text: string): ParsedSpec {
  const at = text.indexOf('@', 1)
  const name = at < 0 ? text : text.slice(0, at)
  const range = at < 0 ? '*' : text.slice(at + 1)
  if (name.endsWith('/*')) {
    if (!name.startsWith('@') || !isPackageName(name.slice(0, -1) + 'x')) {
      return { ok: false, problem: `"${name}" is not a scope` }
    }
    if (at >= 0) return { ok: false, problem: 'a whole scope takes no version range' }
  } else if (!isPackageName(name)) {
    return { ok: false, problem: `"${name}" is not a package name` }
  }
  if (range.trim() === '' || range.length > MAX_RANGE_LENGTH || validRange(range) === null) {
    return { ok: false, problem: `"${range}" is not a version range` }
  }
  return { ok: true, spec: { text, name, range } }
}

/**
 * Whether a spec means this package. Prereleases count as being in a range (`^1.0.0` means `1.1.0-beta.1` too): an
 * exception is about a package's licence, not about its maturity.
 */
export function matchesSpec(spec: PackageSpec, name: string, version: string): boolean {
  const named = spec.name.endsWith('/*') ? scopeOf(name) === spec.name.slice(0, -2) : spec.name === name
  if (!named) return false
  return spec.range === '*' || satisfies(version, spec.range, { includePrerelease: true })
}

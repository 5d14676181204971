/** Picks a registry's answer apart: what it says of the version that was asked for, or why it cannot be believed. */
import type { LicenseField } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isPackageName } from '#model/package-id'
import { integrityOfShasum, splitIntegrity } from './integrity.ts'
import { topLevelEntries } from './top-level-keys.ts'
import type { TopLevelEntry } from './top-level-keys.ts'

/** What is kept of a registry's manifest of one version. */
export interface Manifest {
  name: string
  version: string
  /** The licence fields as they were typed, at most 16 KiB of JSON each and 16 levels deep. */
  license: LicenseField
  /** `dist.integrity` split into its hashes, and `dist.shasum` as `sha1-<base64>`; empty if the registry names none. */
  integrity: string[]
  /** `dist.tarball`, as typed; absent if the registry names none. */
  tarball?: string
  /** Names of the packages that its tarball carries, or `true` for all of its dependencies; absent for none. */
  bundled?: string[] | true
  /** Why its author advises against it; can change at any time. */
  deprecated?: string
}

/** Longest licence field as JSON text, and its deepest nesting: nothing downstream can overflow on less. */
const MAX_LICENSE_LENGTH = 16 * 1024
const MAX_LICENSE_DEPTH = 16
const MAX_INTEGRITY_LENGTH = 4096
const MAX_TARBALL_LENGTH = 2048
const MAX_DEPRECATED_LENGTH = 1000
const MAX_BUNDLED = 5000

const LICENSE_KEYS: ReadonlySet<string> = new Set(['license', 'licenses'])
/** Keys that a judgement rests on: said twice, nobody can know which one was meant. */
const UNIQUE_KEYS: ReadonlySet<string> = new Set([...LICENSE_KEYS, 'name', 'version', 'dist'])

/** Reads the body of a 200 answer to `GET <registry>/<name>/<version>`. Fails with `malformed` or `wrong-package`. */
export function parseManifest(text: string, name: string, version: string): Outcome<Manifest> {
  const entries = topLevelEntries(text)
  if (entries === undefined) return malformed('is nested too deeply or holds too much to be a manifest')
  const document = parseObject(text)
  if (document === undefined) return malformed('is not a JSON object')
  const flaw = flawOf(entries)
  if (flaw !== undefined) return malformed(flaw)

  const saidName = own(document, 'name')
  const saidVersion = own(document, 'version')
  if (typeof saidName !== 'string' || typeof saidVersion !== 'string') {
    return malformed('names no package and version')
  }
  if (saidName !== name || saidVersion !== version) {
    return fail('wrong-package', `The registry answered for another package than ${name}@${version}.`, {
      fix: 'Tell whoever runs the registry; nothing of this answer was used.',
    })
  }

  const license: LicenseField = {}
  if (Object.hasOwn(document, 'license')) license.license = document['license']
  if (Object.hasOwn(document, 'licenses')) license.licenses = document['licenses']
  const dist = own(document, 'dist')
  const manifest: Manifest = { name, version, license, integrity: integrityOf(dist) }
  const tarball = isObject(dist) ? own(dist, 'tarball') : undefined
  if (typeof tarball === 'string' && tarball.length <= MAX_TARBALL_LENGTH) manifest.tarball = tarball
  const bundled = bundledOf(own(document, 'bundleDependencies') ?? own(document, 'bundledDependencies'))
  if (bundled !== undefined) manifest.bundled = bundled
  const deprecated = deprecationOf(own(document, 'deprecated'))
  if (deprecated !== undefined) manifest.deprecated = deprecated
  return ok(manifest)
}

/** The object a JSON text holds; undefined for arrays, null, other values and text that is not JSON. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value of parsed JSON is an object with keys. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function flawOf(entries: readonly TopLevelEntry[]): string | undefined {
  const seen = new Set<string>()
  for (const { key, value, depth } of entries) {
    if (!UNIQUE_KEYS.has(key)) continue
    if (seen.has(key)) return `says "${key}" twice`
    seen.add(key)
    if (LICENSE_KEYS.has(key) && (value.length > MAX_LICENSE_LENGTH || depth > MAX_LICENSE_DEPTH)) {
      return `has a "${key}" field too large for any licence`
    }
  }
  return undefined
}

function integrityOf(dist: unknown): string[] {
  if (!isObject(dist)) return []
  const integrity = own(dist, 'integrity')
  const shasum = own(dist, 'shasum')
  const hashes =
    typeof integrity === 'string' && integrity.length <= MAX_INTEGRITY_LENGTH ? splitIntegrity(integrity) : []
  const old = typeof shasum === 'string' ? integrityOfShasum(shasum) : undefined
  return old === undefined || hashes.includes(old) ? hashes : [...hashes, old]
}

function bundledOf(value: unknown): string[] | true | undefined {
  if (value === true) return true
  if (!Array.isArray(value) || value.length > MAX_BUNDLED) return undefined
  const names = value.filter((name): name is string => typeof name === 'string' && isPackageName(name))
  return names.length === 0 ? undefined : names
}

/** npm undoes a deprecation with an empty text; some registries send `true`. */
function deprecationOf(value: unknown): string | undefined {
  if (value === true) return 'deprecated'
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_DEPRECATED_LENGTH) : undefined
}

function malformed(what: string): {
  ok: false
  failure: { code: 'malformed'; message: string; fix: string }
} {
  const fix = 'Check that the registry address is right and no login page or proxy answers in its place.'
  return { ok: false, failure: { code: 'malformed', message: `The answer of the registry ${what}.`, fix } }
}

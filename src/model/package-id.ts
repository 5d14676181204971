/** Names a package version: its id (`name@version`), its purl, and the checks a name must pass before it goes anywhere. */

/** Longest package name the npm registry accepts. */
const MAX_NAME_LENGTH = 214
/** Longest version semver itself accepts. */
const MAX_VERSION_LENGTH = 256

const NAME_PART = /^[a-z0-9~-][a-z0-9._~-]*$/i
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?(?:\+[0-9a-z.-]+)?$/i

/** The id of a package version as people write it: `left-pad@1.3.0`, `@scope/name@2.0.0`. */
export function packageId(name: string, version: string): string {
  return `${name}@${version}`
}

/**
 * Whether a name may be asked of a registry: one or two URL-safe segments, no dot-files, at most 214 characters.
 * Upper case is allowed because old packages (`JSONStream`) carry it.
 */
export function isPackageName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_NAME_LENGTH) return false
  if (!name.startsWith('@')) return NAME_PART.test(name) && name !== 'node_modules'
  const parts = name.slice(1).split('/')
  return parts.length === 2 && parts.every((part) => NAME_PART.test(part))
}

/** Whether a version is an exact semver version (no range, no tag), safe to put into a URL or a key. */
export function isExactVersion(version: string): boolean {
  return version.length <= MAX_VERSION_LENGTH && VERSION.test(version)
}

/** The scope of a name (`@acme`), or undefined for a name without one. */
export function scopeOf(name: string): string | undefined {
  const slash = name.indexOf('/')
  return name.startsWith('@') && slash > 0 ? name.slice(0, slash) : undefined
}

/** The package URL of a version, as the purl specification spells npm packages (`pkg:npm/%40scope/name@1.0.0`). */
export function purl(name: string, version: string): string {
  const path = name.split('/').map(encode).join('/')
  return `pkg:npm/${path}@${encode(version)}`
}

/** Half a surrogate pair, which JSON can hold, is no text that could be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'))
}

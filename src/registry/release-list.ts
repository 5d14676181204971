/** Picks a scanned packument apart: what it says of each release, in the order of semver. */
import type SemVer from 'semver/classes/semver.js'
import parse from 'semver/functions/parse.js'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { LicenseField } from '#model/inventory'
import { isExactVersion } from '#model/package-id'
import type { Release } from '#model/release'
import { isObject, parseObject } from './manifest.ts'
import { timeOf } from './packument-times.ts'

/** Several times as many as the package with the most has; comparing more would take seconds. */
const MAX_VERSIONS = 50_000
const MAX_TAGS = 5000
/** Longest licence field as JSON text; longer ones are no licence and are kept as a sign of that alone. */
const MAX_LICENSE_LENGTH = 16 * 1024

/** All releases that a packument lists. */
export interface ListedReleases {
  releases: Release[]
  tags: ReadonlyMap<string, string>
}

/** Reads what is left of a packument. Fails with `malformed`, `wrong-package` or `too-large`. */
export function parsePackument(text: string, name: string): Outcome<ListedReleases> {
  const document = parseObject(text)
  if (document === undefined || !Object.hasOwn(document, 'name')) return malformed(name)
  if (document['name'] !== name) {
    return fail('wrong-package', `The registry answered for another package than ${name}.`, {
      fix: 'Tell whoever runs the registry; nothing of this answer was used.',
    })
  }
  const versions = ownObject(document, 'versions')
  if (versions === undefined) return malformed(name)
  const listed = Object.entries(versions)
  const tagged = Object.entries(ownObject(document, 'dist-tags') ?? {})
  if (listed.length > MAX_VERSIONS || tagged.length > MAX_TAGS)
    return fail('too-large', `The registry lists more versions of ${name} than any package has.`)
  const times = ownObject(document, 'time') ?? {}
  const found: { at: SemVer; release: Release }[] = []
  for (const [version, manifest] of listed) {
    const at = isExactVersion(version) ? parse(version) : null
    if (at !== null && isObject(manifest)) found.push({ at, release: releaseOf(version, manifest, times) })
  }
  if (found.length === 0) return malformed(name)
  const releases = found
    .toSorted((a, b) => a.at.compare(b.at) || a.at.compareBuild(b.at))
    .map(({ release }) => release)
  const known = new Set(releases.map(({ version }) => version))
  const tags = new Map<string, string>()
  for (const [tag, version] of tagged)
    if (typeof version === 'string' && known.has(version)) tags.set(tag, version)
  return ok({ releases, tags })
}

function releaseOf(
  version: string,
  manifest: Record<string, unknown>,
  times: Record<string, unknown>,
): Release {
  const license: LicenseField = {}
  for (const key of ['license', 'licenses'] as const) {
    if (!Object.hasOwn(manifest, key)) continue
    const value = manifest[key]
    license[key] = JSON.stringify(value).length > MAX_LICENSE_LENGTH ? '(too long)' : value
  }
  const publishedAt = Object.hasOwn(times, version) ? timeOf(times[version]) : undefined
  return {
    version,
    license,
    repository: saysWhere(Object.hasOwn(manifest, 'repository') ? manifest['repository'] : undefined),
    deprecated: isDeprecated(Object.hasOwn(manifest, 'deprecated') ? manifest['deprecated'] : undefined),
    ...(publishedAt !== undefined && { publishedAt }),
  }
}

/** A short form such as `owner/name`, or an object with an address. */
function saysWhere(repository: unknown): boolean {
  if (typeof repository === 'string') return repository.trim() !== ''
  if (!isObject(repository) || !Object.hasOwn(repository, 'url')) return false
  const { url } = repository
  return typeof url === 'string' && url.trim() !== ''
}

/** npm undoes a deprecation with an empty text; some registries send `true`. */
function isDeprecated(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value !== '')
}

function ownObject(object: Record<string, unknown>, key: string): Record<string, unknown> | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return isObject(value) ? value : undefined
}

function malformed(name: string): Outcome<never> {
  return fail('malformed', `The answer of the registry is no list of the releases of ${name}.`, {
    fix: 'Check that the registry address is right and no login page or proxy answers in its place.',
  })
}

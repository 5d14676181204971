/** Tells where each package came from, so that only registry packages are ever looked up by name. */
import type { SourceType } from '#model/inventory'
import { addTo } from '#model/lists-by-key'
import { aliasedName, specSource } from './dependency-spec.ts'
import { isRecord, ownString } from './json-text.ts'
import type { LockEntry } from './lockfile.ts'
import type { FolderRole } from './package-files.ts'

/** What is known of one package when its source is decided. */
export interface SourceEvidence {
  /** Absent for a package that is only in the lockfile. */
  role: FolderRole | undefined
  lock: Pick<LockEntry, 'resolved'> | undefined
  /** Specs of the dependencies that resolve to it, and of `overrides` for its name. */
  specs: readonly string[]
}

/** The source of a package. A spec that is no registry spec wins over everything a lockfile leaves open. */
export function sourceOf({ role, lock, specs }: SourceEvidence): SourceType {
  if (role === 'root' || role === 'workspace' || role === 'link') return role
  const resolved = lock?.resolved ?? ''
  if (resolved !== '' && !/^https?:/i.test(resolved)) {
    const source = specSource(resolved)
    return source === 'registry' ? 'url' : source
  }
  if (specs.length === 0) return 'registry'
  const asked = new Set(specs.map(specSource))
  for (const source of ['git', 'url', 'file'] as const) if (asked.has(source)) return source
  return 'registry'
}

/** Whether some spec gives a folder this real name: an alias names it, and only the registry decides names. */
export function allowsName(specs: readonly string[], name: string): boolean {
  return specs.some((spec) => aliasedName(spec) === name || specSource(spec) !== 'registry')
}

/** Specs that the root's `overrides` puts in place of what packages ask for, by package name. */
export function overrideSpecs(
  overrides: unknown,
  rootSpecs: ReadonlyMap<string, string>,
): Map<string, string[]> {
  const specs = new Map<string, string[]>()
  const open: unknown[] = [overrides]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isRecord(next)) continue
    for (const [key, value] of Object.entries(next)) {
      const at = key.indexOf('@', 1)
      const name = at === -1 ? key : key.slice(0, at)
      const spec = typeof value === 'string' ? value : isRecord(value) ? ownString(value, '.') : undefined
      const meant = spec?.startsWith('$') ? rootSpecs.get(spec.slice(1)) : spec
      if (meant !== undefined) addTo(specs, name, meant)
      if (isRecord(value)) open.push(value)
    }
  }
  return specs
}

// What nearly every address begins with, written as an origin is: parsing costs a hundred times as much.
const PLAIN_ORIGIN = /^https:\/\/(?!(?:.*\.)?xn--)(?:[a-z0-9-]+\.)+[a-z]{2,}(?=\/)/

/** Origin of a lockfile's web address: `''` for one that nobody can parse, undefined for what is no web address. */
export function webOrigin(resolved: string): string | undefined {
  const plain = PLAIN_ORIGIN.exec(resolved)
  if (plain) return plain[0]
  if (!/^https?:/i.test(resolved)) return undefined
  return URL.canParse(resolved) ? new URL(resolved).origin : ''
}

/** A lockfile's address without user and password. */
export function withoutCredentials(resolved: string): string {
  return resolved.replace(/\/\/[^/@]*@/, '//')
}

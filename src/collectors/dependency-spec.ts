/** Reads a dependency spec of a package.json: does it name a registry package, and under which real name? */
import type { SourceType } from '#model/inventory'

/** Where a spec says a package comes from. */
export type SpecSource = Extract<SourceType, 'registry' | 'git' | 'url' | 'file'>

const GIT = /^(?:git\+|git:|git@|ssh:|github:|gitlab:|bitbucket:|gist:)|^https?:[^#]*\.git(?:#|$)/i
const URL_SPEC = /^https?:/i
const FILE = /^(?:file:|link:|\.{1,2}(?:$|[\\/])|[\\/]|~[\\/]|[a-z]:[\\/])/i
// `user/repo`, the short form for a repository; a scoped name cannot stand in a spec without `npm:`.
const REPOSITORY = /^[^@\s:/\\#][^\s:/\\#]*\/[^\s:/\\#]+(?:#.*)?$/

/** The source a spec asks for: git, url and file are never looked up by name; ranges, tags and `npm:` are. */
export function specSource(spec: string): SpecSource {
  const text = spec.trim()
  if (GIT.test(text)) return 'git'
  if (URL_SPEC.test(text)) return 'url'
  if (FILE.test(text)) return 'file'
  return REPOSITORY.test(text) ? 'git' : 'registry'
}

/** The real name behind an alias (`npm:real@^1` gives `real`); undefined when the spec is no alias. */
export function aliasedName(spec: string): string | undefined {
  const text = spec.trim()
  if (!text.startsWith('npm:')) return undefined
  const target = text.slice('npm:'.length)
  const at = target.indexOf('@', 1)
  return at === -1 ? target : target.slice(0, at)
}

/** The range or tag of a registry's spec: `^1` of `npm:real@^1` and of `^1`; empty where only a name was written. */
export function specRange(spec: string): string {
  const text = spec.trim()
  if (!text.startsWith('npm:')) return text
  const at = text.indexOf('@', 'npm:'.length + 1)
  return at === -1 ? '' : text.slice(at + 1)
}

/** Whether a spec says nothing but a range or a tag of the registry. */
export function isPlainSpec(spec: string): boolean {
  return specSource(spec) === 'registry' && aliasedName(spec) === undefined
}

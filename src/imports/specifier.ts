/** What kind of thing a specifier asks for, by its spelling alone. */
import { builtinModules } from 'node:module'

/** A specifier, sorted. */
export type Specifier =
  /** Relative to the file. */
  | { kind: 'path'; path: string }
  /** An entry of package.json `imports`. */
  | { kind: 'internal'; key: string }
  | { kind: 'builtin'; name: string }
  /** `subpath` without a slash before it, empty for the package itself. */
  | { kind: 'package'; name: string; subpath: string }
  | { kind: 'address' }
  /** From the root of the disk. */
  | { kind: 'outside' }
  /** No name that a package can have, or a path that leaves it again: an alias of a bundler's, or nothing at all. */
  | { kind: 'alias' }

/** Sorts a specifier as Node and bundlers do. */
export function sortSpecifier(specifier: string): Specifier {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return { kind: 'path', path: specifier }
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return { kind: 'outside' }
  if (specifier.startsWith('#')) return { kind: 'internal', key: specifier }
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier.slice('node:'.length) }
  if (BUILTINS.has(specifier)) return { kind: 'builtin', name: specifier }
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier) || specifier.includes('!')) return { kind: 'address' }
  const [, name, subpath = ''] = PACKAGE.exec(specifier) ?? []
  // `react/../other` may be `other`, or another copy of it: where that lies only Node finds out.
  if (name === undefined || CLIMBS.test(withoutQuery(subpath))) return { kind: 'alias' }
  return { kind: 'package', name, subpath: subpath.slice(1) }
}

/** A specifier without what a bundler's plugin is told by it: `./a.svg?raw` is `./a.svg`. */
export function withoutQuery(specifier: string): string {
  const at = specifier.indexOf('?')
  return at > 0 ? specifier.slice(0, at) : specifier
}

/** The package that types of a package come in: `@types/scope__name` for `@scope/name`. */
export function typesPackage(name: string): string {
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`
}

/** The package that a package of types is for; undefined for what is none. */
export function typedPackage(name: string): string | undefined {
  if (!name.startsWith('@types/')) return undefined
  const bare = name.slice('@types/'.length)
  return bare.includes('__') ? `@${bare.replace('__', '/')}` : bare
}

/** What is only there with `node:` is not in it, whatever Node this is. */
const BUILTINS: ReadonlySet<string> = new Set(builtinModules.filter((name) => !name.startsWith('node:')))

/** Names that npm has ever allowed, without those that begin with `~` as aliases do; nothing in them is a path. */
const PACKAGE = /^((?:@[\w-][\w.~-]*\/)?[\w-][\w.~-]*)((?:\/.*)?)$/is

/** `.` and `..` below a package, as they are written in paths and in addresses. */
const CLIMBS = /[\\/](?:\.|%2e){1,2}(?:[\\/]|$)/i

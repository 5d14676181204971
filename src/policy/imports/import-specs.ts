/** Which imports a name in the policy means: a package, with a subpath too, a scope, or a part of Node. */
import type { ImportGraph, OwnPackage, ResolvedImport } from '#model/imports'
import type { ImportAt } from './import-case.ts'
import { typedName } from './import-case.ts'

/**
 * Whether one of the names means what an import leads to: `name` and `@scope/*` with all that is in them, `name/subpath`
 * with all below it, `node:name` with all below it; `*` any package, `node:*` any part of Node. Types mean what they are
 * the types of as well.
 */
export function meansTarget(
  names: readonly string[],
  site: Pick<ResolvedImport, 'target' | 'specifier'>,
): boolean {
  const { target } = site
  if (target.kind === 'builtin') {
    return names.some((name) => name === 'node:*' || isBelow(`node:${target.name}`, name))
  }
  const asked = askedFor(site)
  return names.some((name) => {
    if (name === '*') return target.kind === 'package'
    return asked.some((whole) =>
      name.endsWith('/*') ? whole.startsWith(name.slice(0, -1)) : isBelow(whole, name),
    )
  })
}

/**
 * An import as if it were made by name: another own package can be reached past its name, by the path of one of its files,
 * and whoever must not import the package must not do that either.
 */
export function byName(
  { file, site }: ImportAt,
  { packages }: Pick<ImportGraph, 'packages'>,
): ResolvedImport {
  if (site.target.kind !== 'file') return site
  const { path } = site.target
  // They are sorted: the last one that holds the file is the innermost.
  const owner = packages.findLast(({ location }) => location === '.' || path.startsWith(`${location}/`))
  if (owner === undefined || owner.name === '' || owner.location === file.workspace) return site
  const { name, location } = owner
  const inside = location === '.' ? path : path.slice(location.length + 1)
  return { ...site, target: { kind: 'workspace', name, location, path }, specifier: `${name}/${inside}` }
}

/** An import as if it were made by the name that a package really has: `npm:lodash@^4` may be declared under any other. */
export function byRealName(site: ResolvedImport, { declared }: Pick<OwnPackage, 'declared'>): ResolvedImport {
  const { target } = site
  if (target.kind !== 'package') return site
  const spec = declared.find(({ name }) => name === target.name)?.spec
  const [, name] = /^\s*npm:((?:@[^/]+\/)?[^@]+)/.exec(spec ?? '') ?? []
  return name === undefined ? site : { ...site, target: { ...target, name: name.trim() } }
}

/** Names with their subpaths by which a policy may mean a package; none for what is no package. */
function askedFor({ target, specifier }: Pick<ResolvedImport, 'target' | 'specifier'>): string[] {
  if (target.kind === 'package') {
    const { name, subpath } = target
    return [name, typedName(name) ?? name].map((each) => `${each}/${subpath}`)
  }
  if (target.kind !== 'workspace') return []
  // The file that it leads to is known, but not how that is asked for.
  const written = (specifier ?? target.name).replace(/\?.*/s, '')
  return [isBelow(written, target.name) ? written : target.name]
}

function isBelow(text: string, above: string): boolean {
  return `${text}/`.startsWith(`${above}/`)
}

/** Picks out of a package.json, or of an entry of the lockfile, the few fields the inventory needs. */
import type { DependencyKind, LicenseField, Need } from '#model/inventory'
import { isRecord, own, ownString } from './json-text.ts'

/** Deepest nesting of a licence field that is kept; old manifests need two levels. */
const MAX_LICENSE_DEPTH = 16

/** One dependency as it is declared. */
export interface Declared {
  /** The key: the alias if there is one. */
  name: string
  spec: string
  kind: DependencyKind
  /** Nobody misses it: an optional dependency, or a peer that is marked optional. */
  optional: boolean
}

/** The fields of a package.json that are kept; the rest is forgotten so that large trees stay small. */
export interface Manifest {
  name?: string
  version?: string
  license: LicenseField
  declared: Declared[]
  /** Names it carries inside its own tarball, or `true` for all of its dependencies. */
  bundled?: string[] | true
}

/**
 * Reads the fields out of a parsed package.json. Development dependencies count only for a `top`: the root, a
 * workspace, or a folder that is linked from inside the project.
 */
export function manifestFields(record: Record<string, unknown>, top: boolean): Manifest {
  const name = ownString(record, 'name')
  const version = ownString(record, 'version')
  const bundled = bundledNames(own(record, 'bundleDependencies') ?? own(record, 'bundledDependencies'))
  const manifest: Manifest = { license: {}, declared: declaredDependencies(record, top) }
  if (name !== undefined) manifest.name = name
  if (version !== undefined) manifest.version = version
  if (bundled !== undefined) manifest.bundled = bundled
  if (Object.hasOwn(record, 'license')) manifest.license.license = licenseValue(record['license'])
  if (Object.hasOwn(record, 'licenses')) manifest.license.licenses = licenseValue(record['licenses'])
  return manifest
}

/**
 * Every declared dependency once. Like npm, `optionalDependencies` wins over `dependencies` and both over a peer of
 * the same name; unlike npm, `devDependencies` wins over neither, because a development label allows more: a name that
 * is also a peer's is listed twice, once for each kind. A peer that is marked optional asks for nothing by itself: beside
 * a development dependency it adds no kind.
 */
export function declaredDependencies(record: Record<string, unknown>, top: boolean): Declared[] {
  const lists = [
    declaredIn(record, 'optionalDependencies', 'optional'),
    declaredIn(record, 'dependencies', 'production'),
    top ? declaredIn(record, 'devDependencies', 'dev') : [],
    declaredIn(record, 'peerDependencies', 'peer'),
  ].filter((list) => list.length > 0)
  if (lists.length < 2) return lists[0] ?? []
  const kinds = new Map<string, DependencyKind>()
  return lists.flat().filter(({ name, kind, optional }) => {
    const known = kinds.get(name)
    if (known === undefined) kinds.set(name, kind)
    return known === undefined || (known === 'dev' && kind === 'peer' && !optional)
  })
}

/** The declared dependencies that somebody misses who only uses the package. */
export function needsOf(declared: readonly Pick<Declared, 'name' | 'kind' | 'optional'>[]): Need[] {
  return declared.flatMap(({ name, kind, optional }) =>
    kind === 'dev' || (kind === 'peer' && optional) ? [] : { name, kind },
  )
}

/** What is nested deeper would overflow whoever walks it; an empty object stands for it, which no licence is either. */
function licenseValue(value: unknown): unknown {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_LICENSE_DEPTH) return {}
    level = level.flatMap((item): unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    )
  }
  return value
}

function declaredIn(record: Record<string, unknown>, field: string, kind: DependencyKind): Declared[] {
  const entries = own(record, field)
  if (!isRecord(entries)) return []
  const meta = kind === 'peer' ? own(record, 'peerDependenciesMeta') : undefined
  return Object.entries(entries).map(([name, spec]) => ({
    name,
    spec: typeof spec === 'string' ? spec : '',
    kind,
    optional: kind === 'optional' || isOptionalPeer(meta, name),
  }))
}

function isOptionalPeer(meta: unknown, name: string): boolean {
  const entry = isRecord(meta) ? own(meta, name) : undefined
  return isRecord(entry) && own(entry, 'optional') === true
}

function bundledNames(value: unknown): string[] | true | undefined {
  if (value === true) return true
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.filter((name): name is string => typeof name === 'string')
}

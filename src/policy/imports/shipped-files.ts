/** Which files ship: those that production starts with, and all that they import. */
import { matchesGlob } from '#model/glob'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph, OwnPackage, ResolvedImport, SourceFile } from '#model/imports'
import { isUnreadCode } from '#model/unread-code'
import { neverShips } from './well-known-files.ts'

/** Paths of files. */
export interface ShippedFiles {
  /** Those that ship. */
  surely: ReadonlySet<string>
  /** Those, and all others that may: whoever lets something pass because it does not ship asks for these. */
  maybe: ReadonlySet<string>
  /** False where globs of the policy say what ships, and mean no file. */
  hasStart: boolean
}

/**
 * By the policy's globs where it has some. Else what ships of a package starts with the entries that its package.json
 * declares, as long as each of them is a known file; without those with every file that is not a test, a
 * configuration or the like by its name. Such files may ship in every package, whether or not an entry reaches them:
 * a framework or a Dockerfile may start them. What a script starts where the package is installed ships whatever its name,
 * and what `npm start` does may ship.
 */
export function shippedFiles(
  { files, packages }: ImportGraph,
  { production }: Pick<ImportRules, 'production'>,
  byPath: ReadonlyMap<string, SourceFile>,
  byLocation: ReadonlyMap<string, OwnPackage>,
): ShippedFiles {
  const named = new Map<string, string[]>()
  for (const file of files) {
    if (neverShips(belowPackage(file))) continue
    const known = named.get(file.workspace)
    if (known === undefined) named.set(file.workspace, [file.path])
    else known.push(file.path)
  }
  const startsOf = (location: string): readonly string[] => {
    const entries = (byLocation.get(location)?.entries ?? []).filter((path) => !isAsset(path))
    const areKnown = entries.length > 0 && entries.every((path) => byPath.has(path))
    const installing = startedIn(byLocation.get(location), 'install')
    return [...(areKnown ? entries : (named.get(location) ?? [])), ...installing]
  }
  const reach = (starts: Iterable<string>): Set<string> => reachable(starts, byPath, startsOf)
  if (production.length > 0) {
    const starts = files.map(({ path }) => path).filter(matchesGlob(production))
    const reached = reach(starts)
    return { surely: reached, maybe: reached, hasStart: starts.length > 0 }
  }
  const surely = reach(packages.flatMap(({ location }) => startsOf(location)))
  const started = packages.flatMap((own) => startedIn(own, 'start'))
  return { surely, maybe: reach([...surely, ...[...named.values()].flat(), ...started]), hasStart: true }
}

/** What a script starts is not always the product: `npm start` may be that of who develops it. */
function startedIn(own: OwnPackage | undefined, wanted: 'install' | 'start'): string[] {
  return (own?.started ?? []).flatMap(({ path, by }) => (by === wanted ? [path] : []))
}

/** Whether an import counts when the program runs. */
export function isRuntime({ typeOnly, form }: Pick<ResolvedImport, 'typeOnly' | 'form'>): boolean {
  return !typeOnly && form !== 'types-reference' && form !== 'path-reference' && form !== 'import-type'
}

/**
 * Whether a path is one of a file that imports nothing: data, styles, declarations. One without an ending may be a script,
 * and `a.d.css.ts` a source: what it imports tells.
 */
export function isAsset(path: string): boolean {
  if (!/[^/]\.[^./]+$/.test(path) || isUnreadCode(path)) return false
  return !/\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/i.test(path) || /\.d\.[cm]?ts$/.test(path)
}

function reachable(
  starts: Iterable<string>,
  byPath: ReadonlyMap<string, SourceFile>,
  startsOf: (location: string) => readonly string[],
): Set<string> {
  const reached = new Set<string>()
  const open = [...starts]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = byPath.get(path)
    if (file === undefined || reached.has(path)) continue
    reached.add(path)
    for (const site of file.imports) {
      const { target } = site
      if (!isRuntime(site)) continue
      if (target.kind === 'file') open.push(target.path)
      if (target.kind !== 'workspace') continue
      if (target.path === undefined) open.push(...startsOf(target.location))
      else open.push(target.path)
    }
  }
  return reached
}

function belowPackage({ path, workspace }: SourceFile): string {
  return path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path
}

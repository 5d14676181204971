/** Graphs of imports by hand, for tests of everything that reads one. */
import { isBuiltin } from 'node:module'
import type { ImportGraph, ImportTarget, OwnPackage, ResolvedImport, SourceFile } from '#model/imports'

/** An import as a test writes it: where it leads to, or that with what is different. */
export type Wanted = string | (Partial<ResolvedImport> & { to: string })

/** A file: its imports in order, each on a line of its own, or why they are not known. */
export type WantedFile = readonly Wanted[] | Pick<SourceFile, 'problem'>

/**
 * A graph of these files. `src/b.ts` (a path of the graph, or with a slash and an extension) is a file, `node:fs` a
 * builtin, `?` an expression, `-` missing, `^` outside, `a:…` an address, `own:name` a workspace, all else a package.
 */
export function importGraph(
  files: Readonly<Record<string, WantedFile>>,
  packages: readonly Partial<OwnPackage>[] = [{}],
): ImportGraph {
  const own = packages.map(ownPackage)
  const entries = Object.entries(files).map(([path, wanted]): SourceFile => {
    const workspace = own.findLast(({ location }) => path.startsWith(`${location}/`))?.location ?? '.'
    if (!isList(wanted)) return Object.assign({ path, workspace, imports: [] }, wanted)
    return { path, workspace, sha256: '0'.repeat(64), imports: wanted.map((one, at) => site(one, at, files)) }
  })
  return {
    files: entries.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    packages: own,
    statistics: {
      files: entries.length,
      bytes: 0,
      contents: entries.length,
      parsed: entries.length,
      memory: 0,
      disk: 0,
      rejected: 0,
      evicted: 0,
    },
  }
}

function isList(wanted: WantedFile): wanted is readonly Wanted[] {
  return Array.isArray(wanted)
}

/** A project's own package that declares nothing. */
export function ownPackage(changes: Partial<OwnPackage> = {}): OwnPackage {
  const { location = '.' } = changes
  return {
    location,
    name: location === '.' ? 'app' : location.slice(location.lastIndexOf('/') + 1),
    manifest: location === '.' ? 'package.json' : `${location}/package.json`,
    declared: [],
    entries: [],
    usedByTools: [],
    ...changes,
  }
}

function site(wanted: Wanted, at: number, files: Readonly<Record<string, unknown>>): ResolvedImport {
  const { to, ...changes } = typeof wanted === 'string' ? { to: wanted } : wanted
  return {
    specifier: to === '?' ? null : to,
    form: to === '?' ? 'dynamic-import' : 'import',
    typeOnly: false,
    line: at + 1,
    column: 20,
    target: target(to, files),
    ...changes,
  }
}

function target(to: string, files: Readonly<Record<string, unknown>>): ImportTarget {
  if (to === '?') return { kind: 'unknown' }
  if (to === '-') return { kind: 'missing' }
  if (to === '^') return { kind: 'outside' }
  if (to.startsWith('own:')) return { kind: 'workspace', name: to.slice(4), location: to.slice(4) }
  if (to.startsWith('node:') || isBuiltin(to)) return { kind: 'builtin', name: to.replace(/^node:/, '') }
  if (to.includes(':')) return { kind: 'address' }
  if (Object.hasOwn(files, to) || /^[^@].*\/.*\.\w+$/.test(to)) return { kind: 'file', path: to }
  const [, name = to, subpath = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(to) ?? []
  return { kind: 'package', name, subpath }
}

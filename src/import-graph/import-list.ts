/** A list of what may, or must not, be imported: globs of files, names of packages, parts of Node, addresses. */
import { isBuiltin } from 'node:module'
import { globProblem, matchesGlob } from '#model/glob'
import { targetPath } from '#model/import-target'
import type { ImportGraph, ImportTarget, ResolvedImport } from '#model/imports'

/** An entry of a list. */
interface Entry {
  text: string
  kind: 'files' | 'package' | 'builtin' | 'address'
  /** Of a target's path, of a name, or of a specifier. */
  matches: (text: string) => boolean
}

/** A list that is understood. */
export interface ImportList {
  /** As it was written. */
  entries: readonly string[]
  /** Whether an import leads to something in the list; what nobody can know is never in it. */
  has: (site: ResolvedImport) => boolean
  /** Whether it leads to one of the project's own packages, in which the list names files, and nobody knows to which file. */
  mayHave: (site: ResolvedImport, graph: ImportGraph) => boolean
  /** Globs of files and, unless `filesOnly`, packages and addresses that nothing in the project matches. */
  empty: (graph: ImportGraph, filesOnly?: boolean) => string[]
}

/**
 * Reads a list. `node:fs` and `node:*` are parts of Node; a name without a slash, or one that begins with `@`, is a package,
 * in which `*` is wild; `https:*` and the like are addresses; all else are globs of files, those with `!` taken out again.
 * A file of the root folder is written `./file`. Gives a sentence for what cannot be understood. `parts`: a part of Node
 * stands for what is below it too (`node:fs` for `node:fs/promises`).
 */
export function readImportList(
  entries: readonly string[],
  { parts = false }: { parts?: boolean } = {},
): ImportList | { problem: string } {
  const read: Entry[] = []
  for (const text of entries) {
    const entry = readEntry(text, parts)
    if ('problem' in entry) return entry
    read.push(entry)
  }
  const globs = read.filter(({ kind }) => kind === 'files').map(({ text }) => text)
  const isFile = globs.every((glob) => glob.startsWith('!')) ? () => false : matchesGlob(globs)
  const isOf = (kind: Entry['kind'], text: string): boolean =>
    read.some((entry) => entry.kind === kind && entry.matches(text))
  return {
    entries,
    has({ target, specifier }) {
      const path = targetPath(target)
      if (path !== undefined && isFile(path)) return true
      if (target.kind === 'package' || target.kind === 'workspace') return isOf('package', target.name)
      if (target.kind === 'builtin') return isOf('builtin', target.name)
      return target.kind === 'address' && specifier !== null && isOf('address', specifier)
    },
    mayHave: ({ target }, graph) =>
      target.kind === 'workspace' &&
      target.path === undefined &&
      graph.files.some(({ path, workspace }) => workspace === target.location && isFile(path)),
    empty(graph, filesOnly = false) {
      const there = namesIn(graph)
      return read.flatMap(({ text, kind, matches }) => {
        if (text.startsWith('!') || kind === 'builtin' || (filesOnly && kind !== 'files')) return []
        return there[kind].some((name) => matches(name)) ? [] : [text]
      })
    },
  }
}

function readEntry(text: string, parts: boolean): Entry | { problem: string } {
  if (text.startsWith('node:')) {
    const name = text.slice('node:'.length)
    if (name !== '*' && !isBuiltin(text)) return { problem: `${quoted(text)} is no part of Node` }
    const isNamed = wild(name)
    return {
      text,
      kind: 'builtin',
      matches: (other) => isNamed(other) || (parts && other.startsWith(`${name}/`)),
    }
  }
  if (/^[a-z][a-z\d+.-]*:/i.test(text)) return { text, kind: 'address', matches: wild(text) }
  if (text.startsWith('@') || (!text.includes('/') && !text.startsWith('!') && text !== '**')) {
    if (!/^(?:@[\w.~*-]+\/)?[\w.~*-]+$/.test(text))
      return { problem: `${quoted(text)} is neither the name of a package nor a glob of files` }
    return { text, kind: 'package', matches: wild(text) }
  }
  const problem = globProblem(text)
  if (problem !== undefined) return { problem: `${quoted(text)} ${problem}` }
  return { text, kind: 'files', matches: text.startsWith('!') ? () => true : matchesGlob([text]) }
}

/** Whether a text is the pattern, in which `*` stands for any characters. */
function wild(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop() ?? ''
  return (text) => {
    if (!text.startsWith(first)) return false
    let at = first.length
    for (const piece of rest) {
      const found = text.indexOf(piece, at)
      if (found < 0) return false
      at = found + piece.length
    }
    return text.length - last.length >= at && text.endsWith(last)
  }
}

/** All that a list could name. */
function namesIn({ files, packages }: ImportGraph): Record<Exclude<Entry['kind'], 'builtin'>, string[]> {
  const sites = files.flatMap(({ imports }) => imports)
  const targets = sites.map(({ target }) => target)
  return {
    files: [...files.map(({ path }) => path), ...targets.flatMap((target) => targetPath(target) ?? [])],
    package: [
      ...packages.flatMap(({ name, declared }) => [name, ...declared.map((entry) => entry.name)]),
      ...targets.flatMap((target) => packageName(target) ?? []),
    ],
    address: sites.flatMap(({ target, specifier }) =>
      target.kind === 'address' && specifier !== null ? specifier : [],
    ),
  }
}

function packageName(target: ImportTarget): string | undefined {
  return target.kind === 'package' || target.kind === 'workspace' ? target.name : undefined
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

/** Graphs of imports and trees of packages, written by hand in few words. */
import { isBuiltin } from 'node:module'
import { NO_IMPORT_RULES } from '#model/import-rules'
import type { ImportRules } from '#model/import-rules'
import type {
  DeclaredAs,
  ImportForm,
  ImportGraph,
  ImportTarget,
  OwnPackage,
  ResolvedImport,
  SourceFile,
} from '#model/imports'
import type { Edge, Inventory, PackageInstance } from '#model/inventory'

/** Rules that object to nothing, but for those that are given. */
export function importRules(more: Partial<ImportRules> = {}): ImportRules {
  return { ...NO_IMPORT_RULES, location: { file: 'depgate.config.json', line: 3 }, ...more }
}

/** All severities at `deny`. */
export const STRICT: Partial<ImportRules> = {
  undeclared: 'deny',
  unresolved: 'deny',
  unused: 'deny',
  devInProduction: 'deny',
  couldBeDev: 'deny',
  typeOnlyInProduction: 'deny',
  misplaced: 'deny',
  cycles: 'deny',
}

/**
 * An import in words, or where it leads to with all that is different. In words: a target, with `type` or a form before it
 * (`type zod`, `import() ./b.ts`, `export ./b.ts`, `require zod`, `asset-url ./a.png`). Targets: `./b.ts` and `src/b.ts` (a
 * path of the graph, or with a slash and an extension) are files, `node:fs` a builtin, `?` an expression, `-` and
 * `missing:…` nothing, `^` and `outside:…` out of the project, `a:…` an address, `own:place` and the name of an own
 * package a workspace of which the file is not known, all else a package.
 */
export type Wanted = string | (Partial<ResolvedImport> & { to: string })

/** A file: its imports in order, each on a line of its own, or why they are not known. */
export type WantedFile = readonly Wanted[] | Required<Pick<SourceFile, 'problem'>>

/** An own package with the names that it declares, in this order on lines from 10. */
export type WantedPackage = Partial<OwnPackage> & {
  dependencies?: string[]
  dev?: string[]
  optional?: string[]
  peer?: string[]
}

/** Source files by path, and own packages by location. */
export interface Sketch {
  files: Readonly<Record<string, WantedFile>>
  packages?: Readonly<Record<string, WantedPackage>>
}

/** A graph of these files; the root package alone, where no packages are given. */
export function importGraph(files: Sketch['files'], packages: Sketch['packages'] = { '.': {} }): ImportGraph {
  const own = Object.entries(packages).map(([location, wanted]) => ownPackage(location, wanted))
  const all = Object.entries(files).map(([path, wanted]): SourceFile => {
    const workspace = own.findLast(({ location }) => path.startsWith(`${location}/`))?.location ?? '.'
    if (!isList(wanted)) return { path, workspace, imports: [], problem: wanted.problem }
    const imports = wanted.map((one, at) => site(one, at + 1, { files, own }))
    return { path, workspace, sha256: '0'.repeat(64), imports }
  })
  return {
    files: all.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    packages: own,
    statistics: {
      files: all.length,
      bytes: 0,
      contents: all.length,
      parsed: all.length,
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

function ownPackage(location: string, wanted: WantedPackage): OwnPackage {
  const { dependencies = [], dev = [], optional = [], peer = [], ...rest } = wanted
  const declared = [
    ...entries('dependencies', dependencies),
    ...entries('devDependencies', dev),
    ...entries('optionalDependencies', optional),
    ...entries('peerDependencies', peer),
  ]
  return {
    location,
    name: nameAt(location),
    manifest: location === '.' ? 'package.json' : `${location}/package.json`,
    declared: declared.map(({ name, as }, at) => ({
      name,
      as,
      spec: '^1.0.0',
      line: 10 + at,
      optionalPeer: false,
    })),
    entries: [],
    started: [],
    unread: [],
    usedByTools: [],
    ...rest,
  }
}

function entries(as: DeclaredAs, names: readonly string[]) {
  return names.map((name) => ({ name, as }))
}

function nameAt(location: string): string {
  return location === '.' || location === ''
    ? 'app'
    : `@acme/${location.slice(location.lastIndexOf('/') + 1)}`
}

const FORMS: Readonly<Record<string, ImportForm>> = {
  'import()': 'dynamic-import',
  export: 're-export',
  require: 'require',
  'require-resolve': 'require-resolve',
  'import-meta-resolve': 'import-meta-resolve',
  'import-type': 'import-type',
  'types-reference': 'types-reference',
  'path-reference': 'path-reference',
  'asset-url': 'asset-url',
  'jsx-source': 'jsx-source',
}

interface Known {
  files: Sketch['files']
  own: readonly OwnPackage[]
}

function inWords(text: string): Exclude<Wanted, string> {
  const [, before = '', to = ''] = /^(?:(\S+) )?(.*)$/s.exec(text) ?? []
  const form = FORMS[before]
  const erased = before === 'erased' && { erased: true as const }
  return { to, typeOnly: before === 'type', ...erased, ...(form !== undefined && { form }) }
}

function site(wanted: Wanted, line: number, known: Known): ResolvedImport {
  const { to, ...changes } = typeof wanted === 'string' ? inWords(wanted) : wanted
  return {
    specifier: to === '?' ? null : to,
    form: to === '?' ? 'dynamic-import' : 'import',
    typeOnly: false,
    line,
    column: 20,
    target: targetOf(to, known),
    ...changes,
  }
}

function targetOf(to: string, { files, own }: Known): ImportTarget {
  if (to === '?') return { kind: 'unknown' }
  if (to === '-' || to.startsWith('missing:')) return { kind: 'missing' }
  if (to === '^' || to.startsWith('outside:')) return { kind: 'outside' }
  if (to.startsWith('own:')) return { kind: 'workspace', name: to.slice(4), location: to.slice(4) }
  if (to.startsWith('node:') || isBuiltin(to)) return { kind: 'builtin', name: to.replace(/^node:/, '') }
  if (to.includes(':')) return { kind: 'address' }
  if (to.startsWith('./')) return { kind: 'file', path: to.slice(2) }
  if (Object.hasOwn(files, to) || /^[^@].*\/.*\.\w+$/.test(to)) return { kind: 'file', path: to }
  const [, name = to, subpath = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(to) ?? []
  const workspace = own.find((each) => each.name === name)
  return workspace === undefined
    ? { kind: 'package', name, subpath }
    : { kind: 'workspace', name, location: workspace.location }
}

/** A tree: `location` by `location`, each with what it depends on (`name` or `dev name`, `peer name`, `optional name`). */
export function tree(packages: Readonly<Record<string, string[]>>): Pick<Inventory, 'instances' | 'edges'> {
  const instances = Object.keys(packages).map((location): PackageInstance => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(location)?.[1]
    return {
      location,
      name: name ?? nameAt(location),
      version: '1.2.3',
      source: name !== undefined ? 'registry' : location === '' ? 'root' : 'workspace',
      installed: true,
      extraneous: false,
      kinds: ['production'],
      workspaces: ['.'],
    }
  })
  const edges = Object.entries(packages).flatMap(([from, words]) =>
    words.map((word): Edge => {
      const [name = '', kind = 'production'] = word.split(' ').toReversed()
      return { from, to: findFrom(from, name, packages), name, spec: '^1.0.0', kind: kindOf(kind) }
    }),
  )
  return { instances, edges }
}

function kindOf(word: string): Edge['kind'] {
  return word === 'dev' || word === 'peer' || word === 'optional' ? word : 'production'
}

function findFrom(from: string, name: string, packages: Readonly<Record<string, string[]>>): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const location = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (location in packages) return location
    if (folder === '') return location
  }
}

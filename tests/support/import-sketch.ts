/** Import graphs written by hand, in few words. */
import { NO_IMPORT_RULES } from '#model/import-rules'
import type { ImportRules } from '#model/import-rules'
import type {
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

/** What a file imports, in words: `./b.ts`, `lodash`, `lodash/fp`, `node:fs`, `type lodash`, `import() ./x.ts`, `?`. */
export interface Sketch {
  /** By path; `@2` behind a word is its line. */
  files: Record<string, string[] | SourceFile['problem']>
  /** By location. */
  packages?: Record<
    string,
    Partial<OwnPackage> & { dependencies?: string[]; dev?: string[]; peer?: string[]; optional?: string[] }
  >
}

const FORMS: Record<string, ImportForm> = {
  'import()': 'dynamic-import',
  export: 're-export',
  require: 'require',
}

/** The graph of a sketch. Targets that begin with `./` are paths below the project. */
export function sketch({ files, packages = { '.': {} } }: Sketch): ImportGraph {
  const own = Object.entries(packages).map(([location, more]) => ownPackage(location, more))
  const locations = own.map(({ location }) => location)
  const all = Object.entries(files).map(([path, content]): SourceFile => {
    const workspace = locations.findLast((each) => path.startsWith(`${each}/`)) ?? '.'
    const imports = Array.isArray(content) ? content.map((word, at) => site(word, at + 1, own)) : []
    const file: SourceFile = { path, workspace, sha256: 'a', imports }
    if (!Array.isArray(content) && content !== undefined) file.problem = content
    return file
  })
  return {
    files: all.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    packages: own,
    statistics: {
      files: all.length,
      bytes: 0,
      contents: 0,
      parsed: 0,
      memory: 0,
      disk: 0,
      rejected: 0,
      evicted: 0,
    },
  }
}

function ownPackage(location: string, more: NonNullable<Sketch['packages']>[string]): OwnPackage {
  const { dependencies = [], dev = [], peer = [], optional = [], ...rest } = more
  const declared = [
    ...dependencies.map((name) => ({ name, as: 'dependencies' as const })),
    ...dev.map((name) => ({ name, as: 'devDependencies' as const })),
    ...optional.map((name) => ({ name, as: 'optionalDependencies' as const })),
    ...peer.map((name) => ({ name, as: 'peerDependencies' as const })),
  ]
  return {
    location,
    name: location === '.' ? 'root' : `@acme/${location.split('/').at(-1)}`,
    manifest: location === '.' ? 'package.json' : `${location}/package.json`,
    declared: declared.map(({ name, as }, at) => ({
      name,
      as,
      spec: '^1.0.0',
      line: 10 + at,
      optionalPeer: false,
    })),
    entries: [],
    usedByTools: [],
    ...rest,
  }
}

function site(word: string, line: number, own: OwnPackage[]): ResolvedImport {
  const parts = word.split(' ')
  const specifier = parts.pop() ?? ''
  const [first = ''] = parts
  return {
    specifier: specifier === '?' ? null : specifier,
    form: FORMS[first] ?? 'import',
    typeOnly: first === 'type',
    line,
    column: 8,
    target: targetOf(specifier, own),
  }
}

function targetOf(specifier: string, own: OwnPackage[]): ImportTarget {
  if (specifier === '?') return { kind: 'unknown' }
  if (specifier.startsWith('./')) return { kind: 'file', path: specifier.slice(2) }
  if (specifier.startsWith('missing:')) return { kind: 'missing' }
  if (specifier.startsWith('outside:')) return { kind: 'outside' }
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier.slice(5) }
  const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(specifier) ?? []
  const sibling = own.find((each) => each.name === name)
  if (sibling) return { kind: 'workspace', name, location: sibling.location }
  return { kind: 'package', name, subpath }
}

/** A tree: `location` by `location`, each with what it depends on (`name` or `dev name`, `peer name`). */
export function tree(packages: Record<string, string[]>): Pick<Inventory, 'instances' | 'edges'> {
  const instances = Object.keys(packages).map((location): PackageInstance => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(location)?.[1]
    return {
      location,
      name: name ?? (location === '' ? 'root' : `@acme/${location.split('/').at(-1)}`),
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

function findFrom(from: string, name: string, packages: Record<string, string[]>): string {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const location = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (location in packages) return location
    if (folder === '') return location
  }
}

/** What the rules about imports look at: the graph, found by path and by package, and which files ship. */
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph, OwnPackage, ResolvedImport, SourceFile } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { addTo } from '#model/lists-by-key'
import { isOfHost } from './host-packages.ts'
import { isRuntime, shippedFiles } from './shipped-files.ts'
import type { ShippedFiles } from './shipped-files.ts'

/** One import and the file in which it stands. */
export interface ImportAt {
  file: SourceFile
  site: ResolvedImport
}

/** An import of a package by its name. */
export interface PackageImport extends ImportAt {
  /** As a package.json declares it. */
  name: string
}

/** Everything that the rules are asked with. */
export interface ImportCase {
  graph: ImportGraph
  rules: ImportRules
  inventory: Pick<Inventory, 'instances' | 'edges'>
  files: ReadonlyMap<string, SourceFile>
  /** By location. */
  packages: ReadonlyMap<string, OwnPackage>
  /** By location and then by name: what the files of an own package import, the project's own packages too. */
  used: ReadonlyMap<string, ReadonlyMap<string, readonly PackageImport[]>>
  ships: ShippedFiles
}

/** Looks once over everything. */
export function importCase(
  graph: ImportGraph,
  rules: ImportRules,
  inventory: Pick<Inventory, 'instances' | 'edges'>,
): ImportCase {
  const files = new Map(graph.files.map((file) => [file.path, file]))
  const packages = new Map(graph.packages.map((own) => [own.location, own]))
  const used = new Map<string, Map<string, PackageImport[]>>()
  for (const file of graph.files) {
    for (const site of file.imports) {
      const name = importedName(site, file, packages)
      if (name === undefined) continue
      const names = used.get(file.workspace) ?? new Map<string, PackageImport[]>()
      used.set(file.workspace, names)
      addTo(names, name, { file, site, name })
    }
  }
  const ships = shippedFiles(graph, rules, files, packages)
  return { graph, rules, inventory, files, packages, used, ships }
}

/** The package that an import leads to; undefined for the file's own, and for what is no package. */
function importedName(
  { target }: ResolvedImport,
  { workspace }: SourceFile,
  packages: ReadonlyMap<string, OwnPackage>,
): string | undefined {
  if (target.kind === 'workspace') return target.location === workspace ? undefined : target.name
  if (target.kind !== 'package' || target.name === '') return undefined
  // Another package.json answers for it, which belongs to no package of the tree.
  if (target.declaredIn !== undefined) return undefined
  return target.name === packages.get(workspace)?.name ? undefined : target.name
}

/** Name of the package that holds the types of another. */
export function typesOf(name: string): string {
  return `@types/${name.replace(/^@([^/]+)\//, '$1__')}`
}

/** Name of the package that a package of types is for; undefined for any other. */
export function typedName(name: string): string | undefined {
  const [, bare] = /^@types\/(.+)$/.exec(name) ?? []
  return bare?.replace(/^(.+?)__/, '@$1/')
}

/** The entries of a package.json by which a name may be imported: its own, and that of its types. */
export function declarationsOf(own: OwnPackage | undefined, name: string): OwnPackage['declared'] {
  const types = typesOf(name)
  return own?.declared.filter((entry) => entry.name === name || entry.name === types) ?? []
}

/**
 * Whether a package.json declares what an import needs. Its types suffice where TypeScript leaves the import out, because
 * its names stand only where types do; in markup, whose templates may use names or not, an import is given the benefit of
 * the doubt. What JavaScript imports, what is handed on as a whole, and what is imported by a call, is loaded. Types suffice
 * as well for what the host of the program brings along.
 */
export function declares(own: OwnPackage | undefined, { file, site, name }: PackageImport): boolean {
  const entries = declarationsOf(own, name)
  if (entries.length === 0 || entries.some((entry) => entry.name === name)) return entries.length > 0
  if (!isRuntime(site) || isOfHost(name)) return true
  if (site.form !== 'import') return false
  return site.erased === true || !/\.[cm]?[jt]sx?$/i.test(file.path)
}

/**
 * Whether an import leads to something of the project's own besides, which a configuration has put in the place of a
 * package of that name: that one is not declared, and happens to be installed. Or whether a file of styles asks for it,
 * which the tools that read it may find elsewhere.
 */
export function isLedAside({ file, site, name }: PackageImport): boolean {
  if (site.target.kind === 'package' && site.target.inStyle !== undefined) return true
  if (site.specifier?.startsWith(name) !== true) return false
  return file.imports.some(
    ({ line, column, target }) =>
      line === site.line &&
      column === site.column &&
      ((target.kind === 'file' && !/\.d(?:\.\w+)?\.[cm]?ts$/.test(target.path)) ||
        (target.kind === 'package' && target.name !== name && !target.name.startsWith('@types/'))),
  )
}

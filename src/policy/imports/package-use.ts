/** Which packages ship, and where each is imported: from the files over the dependencies of what they import. */
import type { Location } from '#model/finding'
import { targetPath } from '#model/import-target'
import type { ResolvedImport, SourceFile } from '#model/imports'
import type { Inventory } from '#model/inventory'
import type { PackageReport } from '#model/run-report'
import type { ImportAt, ImportCase } from './import-case.ts'
import { placeOfImport, placeOfProblem, placeText, targetText } from './import-words.ts'
import { isAsset, isRuntime } from './shipped-files.ts'
import { dependenciesOf, ownLocations, reachFrom } from './tree-walk.ts'

/** How a package is used. */
export interface PackageUse {
  /** True unless it is certain that nothing of it is in what ships. */
  shipped: boolean
  /** Why, as the end of a sentence about the package; absent where it does not ship. */
  because?: string
  /** What that is about: an import, or a file that could not be read. */
  place?: Location
  /** The import that leads to it, one that ships first; absent where none does. */
  at?: ImportAt
  /** Whether that import is one of the package itself, not of one that depends on it. */
  direct: boolean
}

/** The use of every package of a project of which nobody knows what it imports. */
export function unknownUse(): PackageUse {
  return { shipped: true, because: 'nobody knows what the project imports', direct: false }
}

/** Gives the use of a package by the places where it lies. */
export type UseOf = (locations: readonly string[]) => PackageUse

type Tree = Pick<Inventory, 'instances' | 'edges'>

/**
 * Follows imports into the tree. Whatever is not certain counts as shipped: everything, as soon as something that may ship
 * imports what nobody can know; a package of `dependencies` that no file imports; and one to which no way was found.
 */
export function packageUse(about: ImportCase): UseOf {
  const { inventory, graph, ships } = about
  const below = dependenciesOf(inventory)
  const shippedSites: [string, ImportAt][] = []
  const otherSites: [string, ImportAt][] = []
  const imported = new Set<string>()
  const find = lookUp(inventory)
  for (const file of graph.files) {
    for (const site of file.imports) {
      const { target } = site
      const found = target.kind === 'package' ? find(file, target.name) : undefined
      if (found === undefined) continue
      const isShipped = isRuntime(site) && ships.maybe.has(file.path)
      const sites = isShipped ? shippedSites : otherSites
      sites.push([found.location, { file, site }])
      imported.add(`${found.askedBy}\n${found.location}`)
    }
  }
  const byFiles = reachFrom(shippedSites, below)
  const byOthers = reachFrom(otherSites, below)
  const declared = declaredUses(about, imported)
  const byDeclaration = reachFrom(declared.production, below)
  const byTools = reachFrom(declared.dev, below)
  const doubt = firstDoubt(about)
  return (locations) => {
    const shipping = locations.map((location) => byFiles.get(location)).find((found) => found !== undefined)
    if (shipping)
      return { shipped: true, because: shippedBy(shipping), place: placeOfImport(shipping.at), ...shipping }
    const other = locations.map((location) => byOthers.get(location)).find((found) => found !== undefined)
    const rest = { ...(other && { at: other.at }), direct: other?.direct ?? false }
    if (doubt !== undefined) return { shipped: true, ...doubt, ...rest }
    const asked = locations
      .map((location) => byDeclaration.get(location))
      .find((found) => found !== undefined)
    if (asked)
      return {
        shipped: true,
        because: asked.direct ? `it is ${asked.at}` : `${asked.at} brings it along`,
        ...rest,
      }
    const isKnown = locations.every((location) => byOthers.has(location) || byTools.has(location))
    if (!isKnown || locations.length === 0)
      return { shipped: true, because: 'nobody knows what it is there for', ...rest }
    return { shipped: false, ...rest }
  }
}

function shippedBy({ at, direct }: { at: ImportAt; direct: boolean }): string {
  return direct
    ? `${placeText(at)} imports it`
    : `${placeText(at)} imports ${targetText(at.site)}, which brings it along`
}

/** The same as a report has it. */
export function useReport({ shipped, at, direct }: PackageUse): NonNullable<PackageReport['use']> {
  if (at === undefined) return { shipped }
  return { shipped, importedBy: placeOfImport(at), ...(!direct && { over: targetText(at.site) }) }
}

/** `imported by src/report.ts:12`, for people who ask where a package is used. */
export function useText({ at, direct, shipped }: PackageUse): string {
  if (at === undefined) return 'imported by no file of the project'
  const by = `imported by ${placeText(at)}${direct ? '' : `, over ${targetText(at.site)}`}`
  if (!isRuntime(at.site)) return `${by}, for its types alone`
  return shipped ? by : `${by}, which does not ship`
}

/** The first thing that may ship and of which nobody knows where it leads, as the end of a sentence. */
function firstDoubt({
  graph,
  rules,
  ships,
  files,
}: ImportCase): Pick<PackageUse, 'because' | 'place'> | undefined {
  if (!ships.hasStart) return { because: 'imports.production means no file', place: rules.location }
  const shipping = new Set([...ships.maybe].flatMap((path) => files.get(path)?.workspace ?? []))
  if (rules.production.length === 0) {
    const own = graph.packages.find(({ unread }) => unread.length > 0)
    const [entry] = own?.unread ?? []
    if (own !== undefined && entry !== undefined)
      return {
        because: `nobody has read ${entry}, an entry of ${own.manifest}`,
        place: { file: own.manifest },
      }
  }
  for (const file of graph.files) {
    if (!ships.maybe.has(file.path)) continue
    if (file.problem !== undefined)
      return {
        because: `nobody knows what ${file.path} imports`,
        place: placeOfProblem(file.path, file.problem),
      }
    const site = file.imports.find((each) => isDoubtful(each, files, shipping))
    if (site === undefined) continue
    const at = { file, site }
    return { because: `nobody knows where the import in ${placeText(at)} leads`, place: placeOfImport(at) }
  }
  return undefined
}

/** `shipping` are the own packages of which a file may ship: one of them stands for a file of it that nobody knows. */
function isDoubtful(
  site: ResolvedImport,
  files: ReadonlyMap<string, SourceFile>,
  shipping: ReadonlySet<string>,
): boolean {
  const { target } = site
  if (!isRuntime(site) || target.kind === 'package' || target.kind === 'builtin') return false
  const path = targetPath(target)
  if (path !== undefined) return !isAsset(path) && !files.has(path)
  if (target.kind === 'workspace') return !shipping.has(target.location)
  return site.form !== 'asset-url'
}

/**
 * What the own packages ask for: for development, and, with the words for it, for production without importing it. What a
 * script or a tool uses is among that, whoever imports it: that may be what starts the product. `imported` holds
 * `askedBy\nlocation`.
 */
function declaredUses(
  { inventory, packages }: ImportCase,
  imported: ReadonlySet<string>,
): { production: [string, string][]; dev: [string, undefined][] } {
  const own = ownLocations(inventory.instances)
  const production: [string, string][] = []
  const dev: [string, undefined][] = []
  for (const { from, to, name, kind } of inventory.edges) {
    if (!own.has(from) || own.has(to)) continue
    const isImported = imported.has(`${from}\n${to}`)
    const { usedByTools = [] } = packages.get(from === '' ? '.' : from) ?? {}
    if (kind === 'dev') dev.push([to, undefined])
    else if (!isImported) production.push([to, 'a production dependency that no file imports'])
    else if (usedByTools.some((use) => use.name === name))
      production.push([to, 'a production dependency that a script or a configuration uses'])
  }
  return { production, dev }
}

/** Where an import leads, and the location of the own package whose package.json asks for that. */
interface Found {
  location: string
  askedBy: string
}

/** Where an import of a file finds a package: by what its package.json asks for, else by Node's look-up rule. */
function lookUp({ instances, edges }: Tree): (file: SourceFile, name: string) => Found | undefined {
  const known = new Set(instances.map(({ location }) => location))
  const asked = new Map(edges.map(({ from, name, to }) => [`${from}\n${name}`, to]))
  return ({ path, workspace }, name) => {
    const own = workspace === '.' ? '' : workspace
    const declared = asked.get(`${own}\n${name}`)
    if (declared !== undefined) return { location: declared, askedBy: own }
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const location = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
      if (known.has(location)) return { location, askedBy: '' }
      if (folder === '') return undefined
    }
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

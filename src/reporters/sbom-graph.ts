/** The packages of a report as a graph in which each has a name of its own, for bills of materials. */
import { addTo } from '#model/lists-by-key'
import type { FirstPartyPackage, PackageReport, RunReport } from '#model/run-report'

/** One package of a bill of materials. */
export interface SbomNode {
  /** Unique in the document: the id, with source and number behind it where several packages share one. */
  ref: string
  name: string
  version: string
  /** What was found out about it; absent for the project's own packages. */
  entry: PackageReport | undefined
  /** Refs of what it depends on, sorted. */
  dependsOn: string[]
}

/** The project and everything below it. */
export interface SbomGraph {
  root: SbomNode
  /** Workspaces and other packages of the project's own, then all others in the order of the report. */
  nodes: SbomNode[]
}

interface Draft extends SbomNode {
  ids: string[]
}

/**
 * Builds the graph. A dependency is known by its id: where several packages of the document share one, it leads to
 * each of them. What the document does not hold (left out on request) is no dependency in it.
 */
export function sbomGraph(report: RunReport): SbomGraph {
  const uniqueRef = refMaker()
  const byId = new Map<string, string[]>()
  const add = (id: string, node: Omit<Draft, 'ref' | 'dependsOn'>): Draft => {
    const ref = uniqueRef(id, node.entry?.source ?? 'first-party')
    addTo(byId, id, ref)
    return { ...node, ref, dependsOn: [] }
  }
  const own = report.firstParty.filter(({ because }) => because !== 'root')
  const root = add(...rootOf(report))
  const drafts = [
    ...own.map((entry) => add(firstPartyId(entry), ownNode(entry))),
    ...report.packages.map((entry) =>
      add(entry.id, { name: entry.name, version: entry.version, entry, ids: entry.dependencies }),
    ),
  ]
  const workspaces = drafts.filter((_, at) => own[at]?.because === 'workspace').map(({ ref }) => ref)
  const finish = ({ ids, ...node }: Draft, more: string[]): SbomNode => {
    const refs = new Set([...ids.flatMap((id) => byId.get(id) ?? []), ...more])
    refs.delete(node.ref)
    return { ...node, dependsOn: [...refs].toSorted() }
  }
  return { root: finish(root, workspaces), nodes: drafts.map((draft) => finish(draft, [])) }
}

/** Whether a package is there for production or as somebody's peer, and so has to be there at run time. */
export function isRequired({ kinds }: PackageReport): boolean {
  return kinds.length === 0 || kinds.includes('production') || kinds.includes('peer')
}

/** Whether its purl names it: a package from git, a URL or a folder is not what the registry has under that name. */
export function hasPurl({ source, name, version }: PackageReport): boolean {
  return (source === 'registry' || source === 'bundled') && name !== '' && version !== ''
}

function ownNode({
  name,
  version,
  location,
  dependencies,
}: FirstPartyPackage): Omit<Draft, 'ref' | 'dependsOn'> {
  return { name: name || location, version, entry: undefined, ids: dependencies }
}

/** As the run names it in paths and dependencies: what has no name goes by its place. */
function firstPartyId({ name, version, location, because }: FirstPartyPackage): string {
  if (because === 'policy') return `${name}@${version}`
  const shown = name || location
  return version === '' ? shown : `${shown}@${version}`
}

/** A run that found no tree names no root; then the title of the project has to do. */
function rootOf(report: RunReport): [id: string, node: Omit<Draft, 'ref' | 'dependsOn'>] {
  const root = report.firstParty.find(({ because }) => because === 'root')
  if (root !== undefined) return [firstPartyId(root), { ...ownNode(root), name: root.name || NAMELESS }]
  const { project } = report.inputs
  const at = project.indexOf('@', 1)
  const name = at > 0 ? project.slice(0, at) : project
  const version = at > 0 ? project.slice(at + 1) : ''
  return [project || '.', { name: name || NAMELESS, version, entry: undefined, ids: [] }]
}

const NAMELESS = 'nameless project'

function refMaker(): (id: string, source: string) => string {
  const used = new Set<string>()
  const numbers = new Map<string, number>()
  return (id, source) => {
    const base = `${id}#${source}`
    let ref = id
    while (used.has(ref)) {
      const number = (numbers.get(base) ?? 0) + 1
      numbers.set(base, number)
      ref = number === 1 ? base : `${base}-${number}`
    }
    used.add(ref)
    return ref
  }
}

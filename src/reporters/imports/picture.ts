/** What is drawn of imports: no more nodes than can be looked at, with parts of Node and rare packages taken together. */
import type { ImportsReport, ImportTie } from '#model/imports-report'

/** Packages that are drawn each for itself. */
const MAX_PACKAGES = 24

/** A node of a drawing. */
export interface PictureNode {
  /** Safe in every language of drawings. */
  id: string
  label: string
  kind: 'folder' | 'package' | 'builtin' | 'more'
  /** Source files in it, or that import it. */
  files: number
  /** Some of its files import each other in a circle. */
  inCircles: boolean
}

/** An edge of a drawing, from node to node by their ids. */
export interface PictureEdge {
  from: string
  to: string
  imports: number
  /**
   * `types`: nothing is left of it when the program runs. `circle`: part of a circle of files. `round`: goes back against
   * the order of the folders, which its other end leads to by other files.
   */
  kind: 'plain' | 'types' | 'round' | 'circle'
}

/** A drawing. */
export interface Picture {
  nodes: PictureNode[]
  edges: PictureEdge[]
}

/** The drawing of a folded graph; the same for the same graph. */
export function pictureOf({ folders, packages, ties }: ImportsReport): Picture {
  const nodes: PictureNode[] = []
  const ids = new Map<string, string>()
  const add = (keys: readonly string[], node: Omit<PictureNode, 'id'>): void => {
    if (keys.length === 0) return
    const id = `n${nodes.length}`
    nodes.push({ id, ...node })
    for (const key of keys) ids.set(key, id)
  }
  for (const { path, files, inCircles } of folders) {
    const label = path === '.' ? 'the project' : path
    add([`folder ${path}`], { label, kind: 'folder', files, inCircles: inCircles > 0 })
  }
  const builtins = packages.filter(({ kind }) => kind === 'builtin')
  const others = packages
    .filter(({ kind }) => kind !== 'builtin')
    .toSorted((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1))
  const drawn = others.slice(0, others.length > MAX_PACKAGES + 1 ? MAX_PACKAGES : undefined)
  for (const { kind, name, files } of drawn) {
    add([`${kind} ${name}`], { label: name, kind: 'package', files, inCircles: false })
  }
  const rest = others.slice(drawn.length)
  const together = (entries: typeof rest, label: string, kind: 'more' | 'builtin'): void =>
    add(
      entries.map((entry) => `${entry.kind} ${entry.name}`),
      { label, kind, files: Math.max(0, ...entries.map(({ files }) => files)), inCircles: false },
    )
  together(rest, `${rest.length} more packages`, 'more')
  together(builtins, 'Node', 'builtin')
  return { nodes, edges: edgesOf(ties, ids) }
}

function edgesOf(ties: readonly ImportTie[], ids: ReadonlyMap<string, string>): PictureEdge[] {
  const edges = new Map<string, PictureEdge & { tie: ImportTie }>()
  for (const tie of ties) {
    const [from, to] = [ids.get(`folder ${tie.from}`), ids.get(`${tie.kind} ${tie.to}`)]
    if (from === undefined || to === undefined) continue
    const found = edges.get(`${from} ${to}`)?.tie
    const sum: ImportTie =
      found === undefined
        ? tie
        : { ...tie, imports: tie.imports + found.imports, typeOnly: tie.typeOnly + found.typeOnly }
    edges.set(`${from} ${to}`, {
      from,
      to,
      imports: sum.imports,
      kind: kindOf(sum, isBack(from, to)),
      tie: sum,
    })
  }
  return [...edges.values()].map(({ from, to, imports, kind }) => ({ from, to, imports, kind }))
}

/** The worst that can be said of a tie. */
function kindOf({ imports, typeOnly, inCircles, round }: ImportTie, goesBack: boolean): PictureEdge['kind'] {
  if (inCircles > 0) return 'circle'
  if (round && goesBack) return 'round'
  return imports === typeOnly ? 'types' : 'plain'
}

/** Ids are numbered in the order of the nodes. */
function isBack(from: string, to: string): boolean {
  return Number(from.slice(1)) < Number(to.slice(1))
}

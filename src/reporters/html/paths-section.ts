/** Who brings a package in: a tree down to every package with a finding, and what each direct dependency stands for. */
import type { Finding } from '#model/finding'
import type { PageContext } from './context.ts'
import { counted, figure, share } from './figures.ts'
import { markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { folded, mark, packageId, section, table, VERDICT_WORDS } from './parts.ts'

/** Packages with a finding that the tree leads to. */
const MAX_LEAVES = 200
/** Steps below a root that are drawn. */
const MAX_DEPTH = 30
/** Direct dependencies in the table. */
const MAX_DIRECT = 15

interface Node {
  id: string
  below: Map<string, Node>
  /** The worst finding of the package itself. */
  finding?: Finding
}

/** The section; undefined where no path is known. */
export function pathsSection(context: PageContext): Markup | undefined {
  const { packages } = context.report
  const direct = directDependencies(context)
  if (direct.length === 0) return undefined
  const { roots, left } = findingTree(context)
  const shown = direct.slice(0, MAX_DIRECT)
  const most = Math.max(...shown.map(({ packages: number }) => number))
  return section(
    'paths',
    'Who brings it in',
    [
      roots.length > 0 &&
        markup`<h3>The way to what has to be dealt with</h3><ul class="tree" aria-label="Paths from the project to packages with findings">${roots.map((node) => branch(node, context, 0))}</ul>`,
      left > 0 &&
        markup`<p class="calm">and ${counted(left, 'more package')} with findings; the table above has each one's path.</p>`,
      markup`<h3>What each direct dependency brings</h3>`,
      table(
        'Direct dependencies by the number of packages that they bring in',
        ['Direct dependency', 'Brings', 'With findings'],
        shown.map(({ id, packages: number, denied }) => [
          packageId(id),
          markup`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.max(1, share(number, most))}" height="10"/></svg> ${counted(number, 'package')}`,
          denied === 0 ? '–' : mark(`${figure(denied)} to deal with`, 'violation'),
        ]),
      ),
      direct.length > shown.length &&
        markup`<p class="calm">and ${counted(direct.length - shown.length, 'more direct dependency', 'more direct dependencies')}</p>`,
    ],
    `Each of the ${counted(packages.length, 'package')} is counted once, on a shortest way from the project.`,
  )
}

/** By the shortest path of each package; the package itself is one of those that its direct dependency brings. */
function directDependencies({ report }: PageContext): { id: string; packages: number; denied: number }[] {
  const counts = new Map<string, { id: string; packages: number; denied: number }>()
  for (const { paths, verdict } of report.packages) {
    const id = paths[0]?.[1]
    if (id === undefined) continue
    const entry = counts.get(id) ?? { id, packages: 0, denied: 0 }
    entry.packages += 1
    if (verdict !== 'pass') entry.denied += 1
    counts.set(id, entry)
  }
  return [...counts.values()].toSorted(
    (a, b) => b.denied - a.denied || b.packages - a.packages || (a.id < b.id ? -1 : 1),
  )
}

/** The paths of all findings that fail the run, their common beginnings together. */
function findingTree({ report }: PageContext): { roots: Node[]; left: number } {
  const root: Node = { id: '', below: new Map() }
  const seen = new Set<string>()
  let left = 0
  for (const finding of report.findings) {
    const { path, severity, package: id } = finding
    if (severity !== 'deny' || id === undefined || path.length < 2 || seen.has(id)) continue
    seen.add(id)
    if (seen.size > MAX_LEAVES) {
      left += 1
      continue
    }
    let node = root
    for (const step of path.slice(0, MAX_DEPTH)) {
      const next = node.below.get(step) ?? { id: step, below: new Map<string, Node>() }
      node.below.set(step, next)
      node = next
    }
    node.finding ??= finding
  }
  return { roots: [...root.below.values()], left }
}

function branch({ id, below, finding }: Node, context: PageContext, depth: number): Markup {
  const anchor = finding && context.anchorOf(finding)
  const words = anchor === undefined ? packageId(id) : markup`<a href="#${anchor}">${packageId(id)}</a>`
  const children = [...below.values()].map((node) => branch(node, context, depth + 1))
  const list = children.length > 0 && markup`<ul>${children}</ul>`
  // Beyond a few branches the reader opens what concerns him.
  const body = children.length > 60 && depth > 0 ? folded(`${children.length} packages`, list) : list
  return markup`<li>${words}${finding !== undefined && markup` ${mark(wordOf(finding), finding.verdict)}`}${body}</li>`
}

/** The licence where that is what is objected to. */
function wordOf({ rule, license, verdict }: Finding): string {
  return rule === 'license-not-allowed' && license !== undefined ? license : VERDICT_WORDS[verdict]
}

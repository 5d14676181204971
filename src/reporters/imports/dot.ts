/** A graph of imports in the DOT language of Graphviz. */
import type { ImportsReport } from '#model/imports-report'
import { display } from '../display.ts'
import { pictureOf } from './picture.ts'
import type { PictureEdge, PictureNode } from './picture.ts'

const EDGES: Readonly<Record<PictureEdge['kind'], string>> = {
  plain: '',
  types: ', style=dashed',
  round: ', color="#b07400", penwidth=2',
  circle: ', color="#a3211f", penwidth=3',
}

const NODES: Readonly<Record<PictureNode['kind'], string>> = {
  folder: '',
  package: ', shape=ellipse, fillcolor="#e3eef8", color="#1c4f80"',
  more: ', shape=ellipse, fillcolor="#e3eef8", color="#1c4f80"',
  builtin: ', shape=hexagon, fillcolor="#f1efe9", color="#5b5852"',
}

const KNOT = ', fillcolor="#fbe9e7", color="#a3211f", penwidth=2'

/** The graph with a line break at its end. */
export function dotGraph(report: ImportsReport): string {
  const { nodes, edges } = pictureOf(report)
  const lines = [
    'digraph imports {',
    '  rankdir=LR',
    '  node [shape=box, style="filled,rounded", fillcolor="#ffffff", fontname="sans-serif"]',
    '  edge [fontname="sans-serif", fontsize=10]',
    ...nodes.map(
      ({ id, label, kind, files, inCircles }) =>
        `  ${id} [label="${dotText(kind === 'folder' ? `${label} (${files})` : label)}"${NODES[kind]}${inCircles ? KNOT : ''}]`,
    ),
    ...edges.map(({ from, to, imports, kind }) => `  ${from} -> ${to} [label="${imports}"${EDGES[kind]}]`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** Inside double quotes: a backslash begins an escape there, and `&` an entity. */
export function dotText(text: string): string {
  return display(text, 120)
    .replaceAll(/[\\"]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
}

/** A graph of imports as a flowchart of Mermaid, which GitHub and GitLab draw inside Markdown. */
import type { ImportsReport } from '#model/imports-report'
import { display } from '../display.ts'
import { pictureOf } from './picture.ts'
import type { PictureEdge, PictureNode } from './picture.ts'

const ARROWS: Readonly<Record<PictureEdge['kind'], string>> = {
  plain: '-->',
  types: '-.->',
  round: '==>',
  circle: '==>',
}

const SHAPES: Readonly<Record<PictureNode['kind'], readonly [open: string, close: string]>> = {
  folder: ['["', '"]'],
  package: ['(["', '"])'],
  more: ['(["', '"])'],
  builtin: ['{{"', '"}}'],
}

const STYLES = [
  'classDef package fill:#e3eef8,stroke:#1c4f80,color:#1d1c1a',
  'classDef builtin fill:#f1efe9,stroke:#5b5852,color:#1d1c1a',
  'classDef knot fill:#fbe9e7,stroke:#a3211f,stroke-width:2px,color:#1d1c1a',
]

/** The flowchart with a line break at its end. */
export function mermaidGraph(report: ImportsReport): string {
  const { nodes, edges } = pictureOf(report)
  const lines = ['flowchart LR', ...nodes.map((node) => `  ${nodeText(node)}`)]
  for (const { from, to, imports, kind } of edges) lines.push(`  ${from} ${ARROWS[kind]}|${imports}| ${to}`)
  const links = (kind: PictureEdge['kind'], style: string): void => {
    const numbers = edges.flatMap((edge, at) => (edge.kind === kind ? [at] : []))
    if (numbers.length > 0) lines.push(`  linkStyle ${numbers.join(',')} ${style}`)
  }
  links('circle', 'stroke:#a3211f,stroke-width:3px')
  links('round', 'stroke:#b07400,stroke-width:2px')
  lines.push(...STYLES.map((style) => `  ${style}`))
  return `${lines.join('\n')}\n`
}

function nodeText({ id, label, kind, files, inCircles }: PictureNode): string {
  const [open, close] = SHAPES[kind]
  const words = kind === 'folder' ? `${label} (${files})` : label
  const style = inCircles
    ? ':::knot'
    : kind === 'folder'
      ? ''
      : kind === 'builtin'
        ? ':::builtin'
        : ':::package'
  return `${id}${open}${mermaidText(words)}${close}${style}`
}

/** Every character that could mean anything to Mermaid, or to the HTML that it makes, by its number. */
export function mermaidText(text: string): string {
  return display(text, 120).replaceAll(/[^\p{L}\p{N} @/.,()_-]/gu, (mark) => `#${mark.codePointAt(0) ?? 0};`)
}

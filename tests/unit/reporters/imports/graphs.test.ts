import dotParse from 'dotparser'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldGraph } from '#import-graph/fold-graph'
import { dotGraph, dotText } from '#reporters/imports/dot'
import { mermaidGraph, mermaidText } from '#reporters/imports/mermaid'
import { pictureOf } from '#reporters/imports/picture'
import { ATTACKS } from '../../../support/attacks.ts'
import { importGraph } from '../../../support/import-sketch.ts'
import { attackedImports, importsReport } from '../../../support/imports-report.ts'

/** One statement a line: a node, an edge with its label, the style of edges, a class. By Mermaid's syntax of flowcharts. */
const TEXT = String.raw`"[^"\n\r]*"`
const MERMAID_LINE = new RegExp(
  String.raw`^  (?:n\d+(?:\[${TEXT}\]|\(\[${TEXT}\]\)|\{\{${TEXT}\}\})(?::::[a-z]+)?` +
    String.raw`|n\d+ (?:-->|-\.->|==>)\|\d+\| n\d+` +
    String.raw`|linkStyle \d+(?:,\d+)* [a-z#\d:,-]+` +
    String.raw`|classDef [a-z]+ [a-z#\d:,-]+)$`,
)

const mermaidProblems = (text: string): string[] => {
  const [first, ...lines] = text.trimEnd().split('\n')
  return [
    ...(first === 'flowchart LR' ? [] : [first ?? '']),
    ...lines.filter((line) => !MERMAID_LINE.test(line)),
  ]
}

/** Labels of the nodes and ends of the edges, as another program reads them. */
const readDot = (text: string) => {
  const [graph] = dotParse(text)
  const children = graph?.children ?? []
  const nodes = children.flatMap((child) =>
    child.type === 'node_stmt'
      ? [{ id: String(child.node_id.id), label: child.attr_list.find(({ id }) => id === 'label')?.eq }]
      : [],
  )
  const edges = children.flatMap((child) =>
    child.type === 'edge_stmt' ? [child.edge_list.map((end) => ('id' in end ? String(end.id) : ''))] : [],
  )
  return { nodes, edges }
}

describe('the drawing', () => {
  test('takes parts of Node together, and packages beyond the most frequent', () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `src/f${at}.ts`,
        [...Array.from({ length: at }, (__, n) => `package-${n}`), 'node:fs', 'node:path'],
      ]),
    )
    const { nodes, edges } = pictureOf(foldGraph(importGraph(files)))
    expect(nodes.map(({ label }) => label)).toEqual([
      'src',
      ...Array.from({ length: 24 }, (_, at) => `package-${at}`),
      '35 more packages',
      'Node',
    ])
    expect(edges.find(({ to }) => to === 'n26')?.imports).toBe(120)
  })
})

describe('Mermaid', () => {
  test('of a small project', () => {
    expect(
      mermaidGraph(
        foldGraph(
          importGraph({ 'a/x.ts': ['b/y.ts', 'zod', 'node:fs'], 'b/y.ts': [{ to: 'zod', typeOnly: true }] }),
        ),
      ),
    ).toBe(`flowchart LR
  n0["b (1)"]
  n1["a (1)"]
  n2(["zod"]):::package
  n3{{"Node"}}:::builtin
  n1 -->|1| n0
  n1 -->|1| n3
  n1 -->|1| n2
  n0 -.->|1| n2
  classDef package fill:#e3eef8,stroke:#1c4f80,color:#1d1c1a
  classDef builtin fill:#f1efe9,stroke:#5b5852,color:#1d1c1a
  classDef knot fill:#fbe9e7,stroke:#a3211f,stroke-width:2px,color:#1d1c1a
`)
  })

  test('marks circles', () => {
    const text = mermaidGraph(foldGraph(importGraph({ 'a/x.ts': ['b/y.ts'], 'b/y.ts': ['a/x.ts'] })))
    expect(text).toContain('linkStyle 0,1 stroke:#a3211f,stroke-width:3px')
    expect(text).toContain('n0["a (1)"]:::knot')
    expect(mermaidProblems(text)).toEqual([])
  })

  test('keeps to its grammar, whatever names are', () => {
    expect(mermaidProblems(mermaidGraph(importsReport()))).toEqual([])
    expect(mermaidProblems(mermaidGraph(attackedImports(ATTACKS)))).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        /^[\p{L}\p{N} @/.,()_#;-]*$/u.test(mermaidText(text)),
      ),
    )
    expect(mermaidText('a"]; click n0 "javascript:x" `<b>#quot;')).toBe(
      'a#34;#93;#59; click n0 #34;javascript#58;x#34; #96;#60;b#62;#35;quot#59;',
    )
  })
})

describe('DOT', () => {
  test('is read by another program as what it was written from', () => {
    const report = importsReport()
    const { nodes, edges } = pictureOf(report)
    const read = readDot(dotGraph(report))
    expect(read.nodes.map(({ id }) => id)).toEqual(nodes.map(({ id }) => id))
    expect(read.nodes.map(({ label }) => label)).toEqual(
      nodes.map(({ label, kind, files }) => (kind === 'folder' ? `${label} (${files})` : label)),
    )
    expect(read.edges).toEqual(edges.map(({ from, to }) => [from, to]))
  })

  test('marks circles', () => {
    expect(dotGraph(importsReport())).toContain('fillcolor="#fbe9e7", color="#a3211f", penwidth=2]')
  })

  test('stays what it is, whatever names are', () => {
    const read = readDot(dotGraph(attackedImports(ATTACKS)))
    expect(read.nodes.every(({ id }) => /^n\d+$/.test(id))).toBe(true)
    expect(read.nodes).toHaveLength(pictureOf(attackedImports(ATTACKS)).nodes.length)
    expect(dotText('a"b\\N&lt;')).toBe(String.raw`a\"b\\N&amp;lt;`)
  })
})

/** What a report says of imports, with something of everything. */
import { foldGraph } from '#import-graph/fold-graph'
import type { ImportsReport } from '#model/imports-report'
import { importGraph } from './import-sketch.ts'

/** A small project: a circle of files, one of folders, types, an unread file, an expression, lost imports, packages. */
export function importsReport(): ImportsReport {
  return foldGraph(
    importGraph({
      'src/main.ts': ['src/run/run.ts', 'commander', 'node:process', '?'],
      'src/run/run.ts': ['src/model/a.ts', 'src/model/b.ts', 'src/run/step.ts', '-'],
      'src/run/step.ts': ['src/run/run.ts', { to: 'src/model/b.ts', typeOnly: true }],
      'src/model/a.ts': ['src/model/b.ts', { to: '@acme/types', typeOnly: true }],
      'src/model/b.ts': ['src/text/words.ts'],
      'src/text/words.ts': ['node:fs'],
      'src/text/all.ts': ['src/model/a.ts'],
      'src/text/broken.ts': { problem: { code: 'syntax', message: 'A bracket is missing.', line: 3 } },
    }),
  )
}

/** Attacks in place of every name. */
export function attackedImports(texts: readonly string[]): ImportsReport {
  return {
    files: texts.length,
    folders: texts.map((path) => ({ path, files: 1, unread: 1, unknown: 1, lost: 1, inCircles: 1 })),
    packages: texts.map((name) => ({ name, kind: 'package' as const, files: 1, typeOnly: false })),
    ties: texts.flatMap((from, at) => [
      {
        from,
        to: texts[(at + 1) % texts.length] ?? '',
        kind: 'folder' as const,
        imports: 2,
        typeOnly: 0,
        inCircles: at % 2,
        round: true,
      },
      { from, to: from, kind: 'package' as const, imports: 1, typeOnly: 1, inCircles: 0, round: false },
    ]),
    cycles: texts.map((file) => ({ size: 1, circle: [{ file, line: 1 }] })),
    allCycles: texts.length + 1,
  }
}

/** Files of which nobody knows what they import, and where that matters. */
import type { ImportGraph, SourceFile } from '#model/imports'
import { fileSteps } from './edges.ts'

/** A file whose imports are not known. */
export type UnreadFile = SourceFile & Required<Pick<SourceFile, 'problem'>>

/** Those of some files whose imports are not known. */
export function unreadFiles(files: readonly SourceFile[]): UnreadFile[] {
  return files.filter((file): file is UnreadFile => file.problem !== undefined)
}

/** Those that may import more than is known: unread ones, and those that import by an expression. */
export function unsureFiles(files: readonly SourceFile[]): SourceFile[] {
  return files.filter(
    ({ problem, imports }) =>
      problem !== undefined || imports.some(({ target }) => target.kind === 'unknown'),
  )
}

/** Those to which any of these files leads, over however many others; those among them included. */
export function unreadBehind(graph: Pick<ImportGraph, 'files'>, from: readonly SourceFile[]): UnreadFile[] {
  return unreadFiles(filesBehind(graph, from, unreadFiles(graph.files)))
}

/** The same of those that may import more than is known. */
export function unsureBehind(graph: Pick<ImportGraph, 'files'>, from: readonly SourceFile[]): SourceFile[] {
  return filesBehind(graph, from, unsureFiles(graph.files))
}

function filesBehind(
  graph: Pick<ImportGraph, 'files'>,
  from: readonly SourceFile[],
  wanted: readonly SourceFile[],
): SourceFile[] {
  if (wanted.length === 0) return []
  const steps = fileSteps(graph)
  const reached = new Set(from.map(({ path }) => path))
  for (const path of reached) {
    for (const { to } of steps.get(path) ?? []) reached.add(to)
  }
  return wanted.filter(({ path }) => reached.has(path))
}

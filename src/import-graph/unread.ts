/** Files of which nobody knows what they import, and where that matters. */
import type { ImportGraph, SourceFile } from '#model/imports'
import { fileSteps } from './edges.ts'

/** A file whose imports are not known. */
export type UnreadFile = SourceFile & Required<Pick<SourceFile, 'problem'>>

/** Those of some files whose imports are not known. */
export function unreadFiles(files: readonly SourceFile[]): UnreadFile[] {
  return files.filter((file): file is UnreadFile => file.problem !== undefined)
}

/** Those to which any of these files leads, over however many others; those among them included. */
export function unreadBehind(graph: Pick<ImportGraph, 'files'>, from: readonly SourceFile[]): UnreadFile[] {
  const unread = unreadFiles(graph.files)
  if (unread.length === 0) return []
  const steps = fileSteps(graph)
  const reached = new Set(from.map(({ path }) => path))
  for (const path of reached) {
    for (const { to } of steps.get(path) ?? []) reached.add(to)
  }
  return unread.filter(({ path }) => reached.has(path))
}

/** What an import leads to, as far as it is a file. */
import type { ImportTarget } from './imports.ts'

/** The file of the project that an import leads to; undefined where it leads to none, or nobody knows to which. */
export function targetPath(target: ImportTarget): string | undefined {
  return target.kind === 'file' || target.kind === 'workspace' ? target.path : undefined
}

/** The graph of imports as steps from file to file. */
import { targetPath } from '#model/import-target'
import type { ImportGraph, ResolvedImport } from '#model/imports'

/** One import of a scanned file that leads to a scanned file. */
export interface FileStep {
  from: string
  to: string
  site: ResolvedImport
}

/** For each scanned file its steps to scanned files that pass `wanted`, in the order in which they stand. */
export function fileSteps(
  { files }: Pick<ImportGraph, 'files'>,
  wanted: (site: ResolvedImport) => boolean = () => true,
): Map<string, FileStep[]> {
  const known = new Set(files.map(({ path }) => path))
  return new Map(
    files.map(({ path, imports }) => [
      path,
      imports.flatMap((site): FileStep[] => {
        const to = targetPath(site.target)
        return to !== undefined && known.has(to) && wanted(site) ? [{ from: path, to, site }] : []
      }),
    ]),
  )
}

/** Whether an import is followed at once, when the program starts: only such imports can close a circle. */
export function isFollowedAtOnce({ form, typeOnly, erased }: ResolvedImport): boolean {
  return !typeOnly && erased !== true && (form === 'import' || form === 're-export' || form === 'require')
}

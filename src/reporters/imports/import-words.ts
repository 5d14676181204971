/** An import in words. */
import { targetPath } from '#model/import-target'
import type { ResolvedImport } from '#model/imports'

/** As the object of a sentence: `"#model/x", which is src/model/x.ts`. */
export function importWords({ specifier, target }: ResolvedImport): string {
  if (specifier === null) return 'by an expression'
  const quoted = JSON.stringify(specifier)
  const path = targetPath(target)
  if (path !== undefined) return path === specifier ? quoted : `${quoted} (${path})`
  switch (target.kind) {
    case 'package':
    case 'workspace':
      return target.name === specifier ? quoted : `${quoted} (the package ${target.name})`
    case 'missing':
      return `${quoted}, at which there is nothing`
    case 'outside':
      return `${quoted}, which leads out of the project`
    case 'file':
    case 'builtin':
    case 'address':
    case 'unknown':
      return quoted
  }
}

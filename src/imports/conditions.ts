/** Which conditions of `exports` and `imports` hold for an import. */
import type { Project } from './project.ts'
import type { Asked } from './asked.ts'

/** Those of Node and of TypeScript; what only a bundler sets is not known. */
export function conditionsOf(
  project: Project,
  { form, typeOnly, folder }: Pick<Asked, 'form' | 'typeOnly' | 'folder'>,
): ReadonlySet<string> {
  const isRequire = form === 'require' || form === 'require-resolve'
  const conditions = new Set(['node', 'module-sync', isRequire ? 'require' : 'import'])
  if (typeOnly) conditions.add('types')
  for (const { customConditions } of project.configsFor(folder))
    for (const condition of customConditions) conditions.add(condition)
  return conditions
}

/** Rule: a required dependency is not installed. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { deny } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** A required dependency is not installed. */
export function missingDependency(problem: TreeProblem): Finding {
  return deny('dependency-missing', 'incomplete', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Install the project with npm ci.',
  })
}

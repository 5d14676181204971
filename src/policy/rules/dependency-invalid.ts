/** Rule: the installed version is not in the range its dependent asks for. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { warn } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** The installed version is not in the range its dependent asks for. */
export function invalidDependency(problem: TreeProblem): Finding {
  return warn('dependency-invalid', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Install the project anew with npm ci.',
  })
}

/** Rule: there is no lockfile, so the integrity of packages is not checked. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { warn } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** There is no lockfile, so the integrity of packages is not checked. */
export function noLockfile(problem: TreeProblem): Finding {
  return warn('no-lockfile', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Make a lockfile with npm install --package-lock-only.',
  })
}

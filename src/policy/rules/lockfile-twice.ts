/** Rule: two lockfiles lie side by side, and npm reads only one of them. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { warn } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** npm-shrinkwrap.json counts, package-lock.json beside it does not. */
export function twoLockfiles(problem: TreeProblem): Finding {
  return warn('lockfile-twice', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Remove package-lock.json.',
  })
}

/** Rule: npm did not confirm the tree in time. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { deny } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** npm did not confirm the tree in time. */
export function notConfirmed(problem: TreeProblem): Finding {
  return deny('tree-not-confirmed', 'incomplete', {
    ...treeMatter(problem),
    fix: 'Run once with --deadline 5m; after that, runs are warm.',
  })
}

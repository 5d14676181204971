/** Rule: a peer dependency is not installed. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { warn } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** A peer dependency is not installed. */
export function missingPeer(problem: TreeProblem): Finding {
  return warn('peer-missing', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Add the peer dependency to package.json.',
  })
}

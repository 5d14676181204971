/** Rule: a package on disk, or in the lockfile, that nothing asks for; judged as production. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { warn } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** A package on disk, or in the lockfile, that nothing asks for; judged as production. */
export function extraneousPackage(problem: TreeProblem): Finding {
  return warn('package-extraneous', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Remove it with npm prune.',
  })
}

/** Rule: package.json and lockfile do not agree on what is asked for. */
import type { Finding } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import { deny } from '../make-finding.ts'
import { treeMatter } from '../tree-matter.ts'

/** The lockfile lacks what package.json asks for, or has another version: npm would not install this tree. */
export function outOfStep(problem: TreeProblem): Finding {
  return deny('lockfile-out-of-step', 'incomplete', {
    ...treeMatter(problem),
    fix: problem.fix ?? 'Bring the lockfile up to date with npm install.',
  })
}

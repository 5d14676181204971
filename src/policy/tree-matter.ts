/** What findings about a problem of the tree have in common. */
import type { TreeProblem } from '#model/inventory'
import type { Matter } from './make-finding.ts'

/** Package, message and path of a problem. */
export function treeMatter({ package: named, message, path }: TreeProblem): Matter {
  // Two dependents can miss the same package.
  return { package: named, subject: path?.at(-1) ?? '', message, path }
}

/** Judges what the project's own source files import: a pure function of the graph, the tree and the policy. */
import type { Finding } from '#model/finding'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { importCase } from './imports/import-case.ts'
import type { ImportCase } from './imports/import-case.ts'
import { misplacedDependencies } from './rules/dependency-misplaced.ts'
import { unusedDependencies } from './rules/dependency-unused.ts'
import { devInProduction } from './rules/dev-in-production.ts'
import { bannedImports } from './rules/import-banned.ts'
import { importCycles } from './rules/import-cycle.ts'
import { undeclaredImports } from './rules/import-undeclared.ts'
import { unreadableFiles } from './rules/import-unreadable.ts'
import { unresolvedImports } from './rules/import-unresolved.ts'
import { unmatchedGlobs } from './rules/imports-unmatched.ts'
import { breachedLayers } from './rules/layer-breached.ts'
import { couldBeDev } from './rules/production-could-be-dev.ts'
import { typeOnlyInProduction } from './rules/type-only-in-production.ts'

export { unreadableProject } from './rules/import-unreadable.ts'

/** Where the rules come from. */
export interface ImportPolicy {
  /** Path of the policy file. */
  file: string
  imports: ImportRules
}

/** The rules that are about the project's own source files. */
export const importRules: readonly ((about: ImportCase) => Finding[])[] = [
  undeclaredImports,
  unresolvedImports,
  unreadableFiles,
  devInProduction,
  couldBeDev,
  typeOnlyInProduction,
  misplacedDependencies,
  unusedDependencies,
  importCycles,
  breachedLayers,
  bannedImports,
  unmatchedGlobs,
]

/** All findings about imports. */
export function judgeImports(
  graph: ImportGraph,
  { imports, file }: ImportPolicy,
  inventory: Pick<Inventory, 'instances' | 'edges'>,
): Finding[] {
  const about = importCase(graph, imports, inventory, file)
  return importRules.flatMap((rule) => rule(about))
}

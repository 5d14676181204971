/** Judges what the project's own source files import: pure functions of the graph, the tree and the policy. */
import type { Finding } from '#model/finding'
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
import { breachedLayers, unknownInLayers } from './rules/layer-breached.ts'
import { couldBeDev } from './rules/production-could-be-dev.ts'
import { typeOnlyInProduction } from './rules/type-only-in-production.ts'

export { importCase } from './imports/import-case.ts'
export { packageUse, unknownUse, useReport, useText } from './imports/package-use.ts'
export { unreadableProject } from './rules/import-unreadable.ts'

/** The rules that are about the project's own source files. */
const IMPORT_RULES: readonly ((about: ImportCase) => Finding[])[] = [
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
  unknownInLayers,
  bannedImports,
  unmatchedGlobs,
]

/** All findings about imports. */
export function judgeImports(about: ImportCase): Finding[] {
  return IMPORT_RULES.flatMap((rule) => rule(about))
}

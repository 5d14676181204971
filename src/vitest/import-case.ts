/** What the rules about imports are asked with, made once for each scan. */
import { NO_IMPORT_RULES } from '#model/import-rules'
import type { ImportRules } from '#model/import-rules'
import { importCase } from '#policy/imports/import-case'
import type { ImportCase } from '#policy/imports/import-case'
import type { ScannedProject } from './import-selection.ts'

/** Of a project without a policy about imports. */
const NO_RULES: ImportRules = { ...NO_IMPORT_RULES, location: { file: '' } }

const cases = new WeakMap<ScannedProject, ImportCase>()

/** The case of a scan, by the policy's rules. */
export function caseOf(scanned: ScannedProject): ImportCase {
  const known = cases.get(scanned)
  if (known !== undefined) return known
  const { graph, rules = NO_RULES, inventory } = scanned
  const made = importCase(graph, rules, inventory)
  cases.set(scanned, made)
  return made
}

/** The same with some rules other than the policy's: what a test asks for is asked, whatever the policy says. */
export function caseWith(scanned: ScannedProject, rules: Partial<ImportRules>): ImportCase {
  const about = caseOf(scanned)
  return { ...about, rules: { ...about.rules, ...rules } }
}

/** Reads the pages of the rules, which lie beside the rules in the package's own `src`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuleId } from '#model/finding'
import { TOOL_FOLDER } from '../tool-version.ts'

/** The Markdown page of a rule. */
export function readRulePage(id: RuleId): string {
  return readFileSync(join(TOOL_FOLDER, 'src/policy/rules', `${id}.md`), 'utf8')
}

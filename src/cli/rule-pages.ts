/** Reads the pages of the rules, which lie beside the rules in the package's own `src`. */
import { readFileSync } from 'node:fs'
import type { RuleId } from '#model/finding'

/** The Markdown page of a rule. The path is the same from `src/cli` and from `dist/cli`. */
export function readRulePage(id: RuleId): string {
  return readFileSync(new URL(`../../src/policy/rules/${id}.md`, import.meta.url), 'utf8')
}

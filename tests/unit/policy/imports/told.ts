/** Small projects judged by the rules about imports. */
import type { Finding, RuleId } from '#model/finding'
import type { ImportRules } from '#model/import-rules'
import { importCase, judgeImports } from '#policy/judge-imports'
import type { ImportCase } from '#policy/imports/import-case'
import { importGraph, importRules, STRICT, tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'

/** What differs from a strict policy and a tree without packages. */
export interface Judging {
  rules?: Partial<ImportRules>
  inventory?: ReturnType<typeof tree>
}

/** What the rules are asked with. */
export function caseOf({ files, packages }: Sketch, { rules = STRICT, inventory }: Judging = {}): ImportCase {
  return importCase(importGraph(files, packages), importRules(rules), inventory ?? tree({ '': [] }))
}

/** All findings of a project. */
export function judged(project: Sketch, judging: Judging = {}): Finding[] {
  return judgeImports(caseOf(project, judging))
}

/** The findings of one rule. */
export function found(rule: RuleId, project: Sketch, judging: Judging = {}): Finding[] {
  return judged(project, judging).filter((finding) => finding.rule === rule)
}

/** All findings in one line each: rule, place, message. */
export function told(project: Sketch, judging: Judging = {}): string[] {
  return judged(project, judging).map(
    ({ rule, message, location }) => `${rule} ${location?.file}:${location?.line} ${message}`,
  )
}

/** Those of one rule, without its name. */
export function toldBy(rule: RuleId, project: Sketch, judging: Judging = {}): string[] {
  return told(project, judging).flatMap((line) =>
    line.startsWith(`${rule} `) ? line.slice(rule.length + 1) : [],
  )
}

/** The findings that a baseline knows, as one block: they are there, but nobody has to act on them today. */
import type { Finding } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import { count } from './coverage.ts'
import { display } from './display.ts'
import { hanging, wrap } from './text-layout.ts'
import type { Paint } from './text-layout.ts'

/** Packages of one rule that are shown by name. */
const SHOWN = 6
const INDENT = 8

/** The findings apart: those that are known, and all others. */
export function partKnown(findings: readonly Finding[]): { known: Finding[]; others: Finding[] } {
  return {
    known: findings.filter((finding) => finding.known !== undefined),
    others: findings.filter((finding) => finding.known === undefined),
  }
}

/** Lines for known findings, by rule; none if there are none. */
export function knownLines(
  known: readonly Finding[],
  { paint, width }: { paint: Paint; width: number },
): string[] {
  if (known.length === 0) return []
  const byRule = new Map<Finding['rule'], Finding[]>()
  for (const finding of known) addTo(byRule, finding.rule, finding)
  const lines = [
    `${paint('dim', 'known')}  ${paint('bold', count(known.length, 'finding'))} of the baseline, accepted for now`,
  ]
  for (const [rule, findings] of byRule) {
    const packages = [...new Set(findings.map((finding) => display(finding.package ?? '')))]
    const more = packages.length - SHOWN
    const names = packages.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
    lines.push(...hanging('', wrap(`${rule}: ${names}`, Math.max(30, width - INDENT)), 2, INDENT - 2))
  }
  const end = firstEnd(known)
  if (end !== undefined) lines.push(...hanging('', [`the first of them holds until ${end}`], 2, INDENT - 2))
  return lines
}

function firstEnd(known: readonly Finding[]): string | undefined {
  const ends = known.flatMap((finding) => finding.known?.expires ?? [])
  return ends.toSorted()[0]
}

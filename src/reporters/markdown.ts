/** The report as a comment of a pull request, and as the summary of a job: Markdown, as short as it can be. */
import type { PolicyChange } from '#model/change'
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { auditBlocks } from './audit-markdown.ts'
import { changeTable } from './change-table.ts'
import { coverageLine, count } from './coverage.ts'
import { groupFindings } from './finding-text.ts'
import { findingBlock, knownBlock, shortBlock } from './finding-markdown.ts'
import { partKnown } from './known-text.ts'
import { code, prose } from './markdown-text.ts'
import { worstFirst } from './places.ts'
import { verdictLine } from './terminal.ts'

/** GitHub takes 65,536 characters for a comment. */
const MAX_COMMENT = 60_000
/** GitHub takes 1 MiB for the summary of a step; a character is three bytes at most, a pair of surrogates four. */
const MAX_SUMMARY = 300_000
/** Kept for what says that something is missing. */
const RESERVE = 600
/** Changes of the policy that are shown. */
const MAX_OWNERS = 20
/** Findings with their path, their place and the fix; the others are a sentence each, so that more of them are seen. */
const DETAILED = 25
/** Largest part of the whole that the table of changes may take. */
const TABLE_SHARE = 0.4

const SIGNS: Record<RunReport['verdict'], string> = {
  pass: '✅',
  violation: '❌',
  unknown: '❓',
  incomplete: '⚠️',
}

/** The comment. */
export function markdownReport(report: RunReport): string {
  return markdownWithin(report, MAX_COMMENT)
}

/** The same with as much room as the summary of a job has. */
export function summaryReport(report: RunReport): string {
  return markdownWithin(report, MAX_SUMMARY)
}

/** The report in no more than `most` characters; what did not fit is counted at its end. */
export function markdownWithin(report: RunReport, most: number): string {
  const blocks = [
    `## ${SIGNS[report.verdict]} depgate, ${prose(verdictLine(report))}`,
    `**Coverage:** ${prose(coverageLine(report))}.`,
  ]
  const missing: string[] = []
  let left = most - RESERVE - blocks.join('').length
  const add = (block: string): boolean => {
    if (block.length + 2 > left) return false
    left -= block.length + 2
    blocks.push(block)
    return true
  }
  const { change } = report
  if (change !== undefined) {
    addOwners(change.needsPolicyOwner, report.findings)
    const table = changeTable(change, Math.floor(left * TABLE_SHARE))
    add(table.text)
    if (table.left > 0) missing.push(count(table.left, 'changed package'))
  }
  for (const block of auditBlocks(report)) if (!add(block)) missing.push('a part of the audit')
  const { known, others } = partKnown(report.findings)
  addFindings(change === undefined ? others : others.filter((finding) => !isForOwner(finding)))
  if (known.length > 0) add(knownBlock(known))
  const notes = report.warnings.slice(0, 10).map(({ message }) => `- ${prose(message)}`)
  if (notes.length > 0) add(['### Notes', '', ...notes].join('\n'))
  if (missing.length > 0) {
    blocks.push(`Not shown here, for want of room: ${missing.join(', ')}. The JSON report has everything.`)
  }
  return `${blocks.join('\n\n')}\n`

  /** Their findings say what to do; a report without them lists the changes all the same. */
  function addOwners(owners: PolicyChange[], findings: readonly Finding[]): void {
    if (owners.length === 0) return
    const blocks = findings.filter((finding) => isForOwner(finding)).map((finding) => findingBlock([finding]))
    const items = owners.map(({ file, message }) => `- ${code(file)}: ${prose(message)}`)
    const all = blocks.length > 0 ? blocks : items
    const shown = all.slice(0, MAX_OWNERS)
    if (all.length > shown.length)
      missing.push(count(all.length - shown.length, 'change of the policy', 'changes of the policy'))
    if (!add(['### Needs a policy owner', ...shown].join('\n\n'))) {
      missing.push(count(shown.length, 'change of the policy', 'changes of the policy'))
    }
  }

  function addFindings(findings: Finding[]): void {
    if (findings.length === 0) return
    add(`### ${headingOf(findings)}`)
    let lost = 0
    for (const [at, group] of groupFindings(worstFirst(findings)).entries()) {
      const block = at < DETAILED ? findingBlock(group) : shortBlock(group)
      if (lost > 0 || !add(block)) lost += group.length
    }
    if (lost > 0) missing.push(count(lost, 'finding'))
  }
}

/** Stands under a heading of its own. */
function isForOwner({ rule }: Finding): boolean {
  return rule === 'policy-changed'
}

function headingOf(findings: Finding[]): string {
  const denied = findings.filter(({ severity }) => severity === 'deny').length
  const warned = findings.length - denied
  if (denied === 0) return count(warned, 'warning')
  return warned === 0 ? count(denied, 'finding') : `${count(denied, 'finding')}, ${count(warned, 'warning')}`
}

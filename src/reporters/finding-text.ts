/** One finding, or a group of findings of one kind, as lines of text. */
import { RULES } from '#model/finding'
import type { Finding, Verdict } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import { RULE_TRAITS } from '#model/rule-traits'
import type { PackageReport } from '#model/run-report'
import { claimWords, sayerOf } from './claim-text.ts'
import { count } from './coverage.ts'
import { display, displayLines } from './display.ts'
import { hanging, wrap } from './text-layout.ts'
import type { Paint, TextStyle } from './text-layout.ts'

/** Packages of a group that are shown by name. */
const SHOWN = 5
/** Blocks of warnings of one rule; more of them become a single one, or nobody would see the rest of the report. */
const MAX_BLOCKS = 8
/** Difference lines of an untrusted tree that are shown. */
const SHOWN_DETAILS = 20
const LABEL_WIDTH = 6

const HEADINGS: Record<Verdict, { word: string; style: TextStyle }> = {
  violation: { word: 'violation', style: 'red' },
  unknown: { word: 'unknown', style: 'red' },
  incomplete: { word: 'could not check', style: 'yellow' },
  pass: { word: 'warning', style: 'yellow' },
}

/** What a finding is shown with. */
export interface FindingContext {
  paint: Paint
  width: number
  packageOf: (finding: Finding) => PackageReport | undefined
}

/** Groups findings that say the same of many packages, so that an outage is one block and not a thousand. */
export function groupFindings(findings: Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = isGrouped(finding)
      ? `${finding.rule}\n${finding.verdict}\n${cause(finding)}`
      : finding.fingerprint
    addTo(groups, key, finding)
  }
  return foldWarnings([...groups.values()])
}

/** Makes one group of all warnings of a rule that would fill more than a few blocks. */
function foldWarnings(groups: Finding[][]): Finding[][] {
  const byRule = new Map<Finding['rule'], Finding[][]>()
  for (const group of groups) {
    const [first] = group
    if (first?.verdict === 'pass') addTo(byRule, first.rule, group)
  }
  return groups.flatMap((group) => {
    const [first] = group
    const same = first?.verdict === 'pass' ? byRule.get(first.rule) : undefined
    if (same === undefined || same.length <= MAX_BLOCKS) return [group]
    return same[0] === group ? [same.flat()] : []
  })
}

/** Lines for one group. */
export function findingLines(group: Finding[], context: FindingContext): string[] {
  const [first] = group
  if (first === undefined) return []
  const heading = HEADINGS[first.verdict]
  const alike = group.every((finding) => cause(finding) === cause(first))
  const subject =
    group.length > 1 ? count(group.length, alike ? 'package' : 'finding') : display(first.package ?? '')
  const title = [context.paint(heading.style, heading.word), first.rule, context.paint('bold', subject)]
  const lines = [title.filter((part) => part !== '').join('  ')]
  const width = Math.max(30, context.width - 2 - LABEL_WIDTH)
  const row = (label: string, text: string[]): void => {
    lines.push(...hanging(label, text, 2, LABEL_WIDTH))
  }
  row('', wrap(alike ? display(group.length > 1 ? cause(first) : first.message) : RULES[first.rule], width))
  if (group.length > 1) row('', groupMembers(group, alike, width))
  else {
    if (first.details !== undefined) row('', details(first.details))
    if (first.path.length > 1) row('path', wrap(first.path.map((id) => display(id)).join(' > '), width))
    const says = isAboutWords(first) ? witnesses(context.packageOf(first), width) : []
    if (says.length > 0) row('says', says)
    if (first.location !== undefined) row('at', [place(first.location)])
  }
  const owners = ownersOf(group).map((owner) => display(owner, 100))
  if (owners.length > 0) row('owner', wrap(owners.join(', '), width))
  const sameFix = group.every(({ fix }) => fix === first.fix)
  if (first.fix !== undefined && (alike || sameFix)) row('fix', fixLines(first.fix, width))
  return lines
}

/** Who answers for the findings of a group, each once, as far as anybody does; the first few of them. */
export function ownersOf(group: readonly Finding[]): string[] {
  return [...new Set(group.flatMap(({ owners = [] }) => owners))].slice(0, SHOWN)
}

/** What the witnesses say of the licence has nothing to do with where a package comes from or how old it is. */
function isAboutWords({ rule }: Finding): boolean {
  const { group } = RULE_TRAITS[rule]
  return group !== 'packages' && group !== 'sources'
}

/** Findings about a witness that could not be heard differ only in the package they name. */
function isGrouped(finding: Finding): boolean {
  return finding.package !== undefined && GROUPED_RULES.has(finding.rule)
}

const GROUPED_RULES = new Set<Finding['rule']>([
  'metadata-unavailable',
  'peer-missing',
  'package-extraneous',
  'source-not-registry',
  'dependency-invalid',
  'license-text-missing',
  'integrity-missing',
  'source-registry',
  'package-too-young',
])

/** The message without the package's own name, which is what a group has in common. */
function cause(finding: Finding): string {
  const id = finding.package ?? ''
  const at = id.lastIndexOf('@')
  const name = at > 0 ? id.slice(0, at) : id
  return finding.message
    .replaceAll(id, 'the package')
    .replaceAll(`${name} `, 'the package ')
    .replace(/^the package: /, '')
}

/** The packages where all findings say the same, else what each finding says. */
function groupMembers(group: Finding[], alike: boolean, width: number): string[] {
  const members = group.slice(0, SHOWN).flatMap((finding) => {
    const lines = wrap(display(alike ? (finding.package ?? '') : finding.message), width - 2)
    return lines.map((line, at) => `${at === 0 ? '- ' : '  '}${line}`)
  })
  if (group.length > SHOWN) members.push(`- and ${group.length - SHOWN} more`)
  return members
}

/** One line a witness; what does not fit hangs below it. */
function witnesses(entry: PackageReport | undefined, width: number): string[] {
  const claims = (entry?.claims ?? []).filter(({ witness }) => witness !== 'lockfile')
  return claims.flatMap((claim) => {
    const lines = wrap(`${sayerOf(claim)}: ${claimWords(claim)}`, width - 2)
    return lines.map((line, at) => (at === 0 ? line : `  ${line}`))
  })
}

function place({ file, line }: NonNullable<Finding['location']>): string {
  return line === undefined ? display(file) : `${display(file)}:${line}`
}

function details(all: string[]): string[] {
  const shown = all.slice(0, SHOWN_DETAILS).map((line) => `- ${display(line)}`)
  if (all.length > SHOWN_DETAILS) shown.push(`- and ${all.length - SHOWN_DETAILS} more`)
  return shown
}

/** A fix as lines: prose is wrapped, an indented or bracketed line is something to paste and stays as it is. */
export function fixLines(fix: string, width: number): string[] {
  return displayLines(fix).flatMap((line) => (/^\s|^[{["}\]]/.test(line) ? [line] : wrap(line, width)))
}

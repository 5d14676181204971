/** One finding, or a group of findings of one kind, as an item of a list in Markdown, the fix folded. */
import { RULES } from '#model/finding'
import type { Finding } from '#model/finding'
import { count } from './coverage.ts'
import { ownersOf } from './finding-text.ts'
import { displayLines } from './display.ts'
import { code, fenced, prose } from './markdown-text.ts'

/** Packages of a group that are shown by name. */
const SHOWN = 10
/** Differences that are shown of one finding. */
const SHOWN_DETAILS = 10
/** Lines of a fix. */
const MAX_FIX_LINES = 60

/** The same without path, place and fix. */
export function shortBlock(group: readonly Finding[]): string {
  const [first] = group
  if (first === undefined) return ''
  const head = `- ${signOf(first)} **${first.rule}**`
  return group.length === 1
    ? `${head}: ${prose(first.message)}`
    : `${head} ${count(group.length, 'finding')}: ${prose(RULES[first.rule])}`
}

/** The block of a group. */
export function findingBlock(group: readonly Finding[]): string {
  const [first] = group
  if (first === undefined) return ''
  const sign = signOf(first)
  const fix = group.every((finding) => finding.fix === first.fix) ? first.fix : undefined
  const lines =
    group.length === 1
      ? oneFinding(first, `- ${sign} **${first.rule}**`)
      : severalFindings(group, `- ${sign} **${first.rule}** ${count(group.length, 'finding')}`)
  // As code, so that nobody is called by a comment that is written anew with every push.
  const owners = ownersOf(group).map((owner) => code(owner))
  if (owners.length > 0) lines.push(`  - owner: ${owners.join(', ')}`)
  return [...lines, ...(fix === undefined ? [] : ['', ...foldedFix(fix)])].join('\n')
}

function signOf({ severity }: Finding): string {
  return severity === 'deny' ? '❌' : '⚠️'
}

/** What a baseline knows, folded: nobody has to act on it today. */
export function knownBlock(known: readonly Finding[]): string {
  const items = known.slice(0, SHOWN * 2).map(({ rule, package: id, message }) => {
    return `- **${rule}** ${id === undefined ? prose(message) : code(id)}`
  })
  if (known.length > items.length) items.push(`- and ${known.length - items.length} more`)
  const summary = `<details><summary>${count(known.length, 'finding')} of the baseline, accepted for now</summary>`
  return [summary, '', ...items, '', '</details>'].join('\n')
}

function oneFinding({ message, path, location, details = [] }: Finding, head: string): string[] {
  const lines = [`${head}: ${prose(message)}`]
  if (path.length > 1) lines.push(`  - path: ${pathText(path)}`)
  if (location !== undefined) {
    const { file, line } = location
    lines.push(`  - at: ${code(line === undefined ? file : `${file}:${line}`)}`)
  }
  lines.push(...details.slice(0, SHOWN_DETAILS).map((text) => `  - ${prose(text)}`))
  if (details.length > SHOWN_DETAILS) lines.push(`  - and ${details.length - SHOWN_DETAILS} more`)
  return lines
}

function severalFindings(group: readonly Finding[], head: string): string[] {
  const [first] = group
  const lines = [`${head}: ${prose(first === undefined ? '' : RULES[first.rule])}`]
  for (const { message } of group.slice(0, SHOWN)) lines.push(`  - ${prose(message)}`)
  if (group.length > SHOWN) lines.push(`  - and ${group.length - SHOWN} more`)
  return lines
}

/** A long path keeps both of its ends. */
function pathText(path: readonly string[]): string {
  const shown = path.length > 8 ? [...path.slice(0, 4), undefined, ...path.slice(-3)] : path
  return shown.map((id) => (id === undefined ? '…' : code(id))).join(' > ')
}

/** Sentences stay prose; what is to be pasted stands in a fence. */
function foldedFix(fix: string): string[] {
  const all = displayLines(fix)
  const from = all.findIndex((line) => /^\s|^[{["}\]/]/.test(line))
  const sentences = from < 0 ? all : all.slice(0, from)
  const snippet = from < 0 ? [] : all.slice(from, from + MAX_FIX_LINES)
  const left = all.length - sentences.length - snippet.length
  if (left > 0) snippet.push(`and ${left} more lines`)
  return [
    '  <details><summary>How to fix</summary>',
    '',
    ...sentences.slice(0, MAX_FIX_LINES).flatMap((line) => (line === '' ? [] : [`  ${prose(line)}`, ''])),
    ...(snippet.length === 0
      ? []
      : fenced(snippet)
          .split('\n')
          .map((line) => `  ${line}`.trimEnd())
          .concat('')),
    '  </details>',
  ]
}

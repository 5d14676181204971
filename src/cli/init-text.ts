/** What `depgate init` says: the files, what somebody has to decide, what could not be carried over, and what comes next. */
import type { Imported } from '#adopt/import/imported'
import type { Proposal } from '#adopt/proposal'
import type { Finding } from '#model/finding'
import { display, displayLines } from '#reporters/display'
import { hanging, wrap } from '#reporters/text-layout'
import type { FileStep } from './new-files.ts'

/** Lines of a list that are shown. */
const SHOWN = 15
const LABEL = 8

const LABELS: Record<FileStep['state'], string> = {
  new: 'new',
  there: 'kept',
  failed: 'failed',
  would: 'would',
}

/** One line a file. */
export function stepLines(steps: readonly FileStep[], width: number): string[] {
  return steps.flatMap(({ path, state, note }) =>
    hanging(LABELS[state], wrap(`${path}: ${display(note)}`, width - LABEL), 0, LABEL),
  )
}

/** The files of a dry run as they would be. */
export function contentLines(steps: readonly FileStep[]): string[] {
  return steps.flatMap(({ path, state, text }) =>
    state === 'would' && text !== undefined ? ['', `--- ${path}`, ...displayLines(text.trimEnd())] : [],
  )
}

/** Licences and packages that only a person can decide about, one by one. */
export function doubtLines({ candidates, unclear }: Proposal, width: number): string[] {
  const lines: string[] = []
  if (candidates.length > 0) {
    lines.push('', 'Not in any list of the policy, for you to decide:')
    for (const { license, packages, devOnly } of candidates.slice(0, SHOWN)) {
      const who = `${packages.slice(0, 3).join(', ')}${packages.length > 3 ? ` and ${packages.length - 3} more` : ''}`
      const text = `${display(license, 120)}${devOnly ? ' (development only)' : ''}: ${display(who)}`
      lines.push(...hanging('', wrap(text, width - 2), 2, 0))
    }
    if (candidates.length > SHOWN) lines.push(`  and ${candidates.length - SHOWN} more`)
  }
  if (unclear.length > 0) {
    lines.push('', 'The licence or its text is not clear; depgate explain <package> shows why:')
    lines.push(...unclear.slice(0, SHOWN).map((id) => `  ${display(id)}`))
    if (unclear.length > SHOWN) lines.push(`  and ${unclear.length - SHOWN} more`)
  }
  return lines
}

/** What another tool's configuration said and this policy does not. */
export function lostLines({ sources, lost }: Imported, width: number): string[] {
  const lines = ['', `Read: ${sources.map((source) => display(source)).join(', ')}.`]
  if (lost.length === 0) return [...lines, 'Everything in it was carried over.']
  lines.push('Not carried over:')
  for (const { what, why } of lost) {
    lines.push(...hanging('-', wrap(`${display(what, 200)}: ${display(why)}`, width - 2), 0, 2))
  }
  return lines
}

/** Denials that stay, because no baseline may know them. */
export function refusedLines(findings: readonly Finding[], width: number): string[] {
  if (findings.length === 0) return []
  const lines = ['', 'These fail until they are dealt with; depgate says how:']
  for (const { rule, message } of findings.slice(0, SHOWN)) {
    lines.push(...hanging('-', wrap(`${rule}: ${display(message, 300)}`, width - 2), 0, 2))
  }
  if (findings.length > SHOWN) lines.push(`  and ${findings.length - SHOWN} more`)
  return lines
}

/** What to do next, as commands where there is one. */
export function nextLines(steps: readonly string[]): string[] {
  return ['', 'Next:', ...steps.flatMap((step) => step.split('\n').map((line) => `  ${line}`))]
}

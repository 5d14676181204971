/** Writes entries into the policy of a project, or shows what would be written; both commands that do so go through here. */
import { basename, resolve } from 'node:path'
import { entryProblems } from '#config/check-entry'
import type { KeyPath, Problem } from '#config/config-error'
import { editPolicy } from '#config/edit-policy'
import type { Entry, EntryList } from '#config/edit-policy'
import { loadPolicy } from '#config/load'
import { readForEdit, replacePolicy } from '#config/write-policy'
import type { PolicyText } from '#config/write-policy'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Policy } from '#model/policy'
import { display, displayLines, safeJson } from '#reporters/display'
import { lineDiff } from '#reporters/text-diff'
import { wrap } from '#reporters/text-layout'
import { print, printError, terminalWidth, wantsColor } from './terminal.ts'

/** What stands in an entry where only a person can say what belongs there. */
export const TO_FILL_IN = '…'

/** A policy that entries are written into: it was valid when it was read. */
export interface PolicyTarget {
  policy: Policy
  /** As people know it. */
  file: string
  content: PolicyText
  base: KeyPath
}

/** Reads the policy that is to be changed; tells on stderr why that cannot be, and gives nothing. */
export async function openPolicy(flags: {
  project: string
  config?: string
}): Promise<PolicyTarget | undefined> {
  const { project, config } = flags
  const loaded = loadPolicy({
    project: resolve(project),
    ...(config !== undefined && { configPath: config }),
  })
  if (!loaded.ok) {
    await printError(`depgate: ${loaded.message}\n`)
    return undefined
  }
  const { policy } = loaded
  const path = config === undefined ? resolve(project, policy.file) : resolve(config)
  const read = readForEdit(path)
  if (!read.ok) {
    await tell(policy.file, read.problem)
    return undefined
  }
  const base = basename(path) === 'package.json' ? ['depgate'] : []
  return { policy, file: policy.file, content: read.policy, base }
}

/** Tells what is wrong with values that were given as flags; false if nothing is. */
export async function tellWrongFlags(
  list: EntryList,
  entry: Entry,
  flagOf: Readonly<Record<string, string>>,
): Promise<boolean> {
  const problems = entryProblems(list, entry)
  for (const { key, message, fix } of problems) {
    const flag = flagOf[key.replace(/[.[].*$/, '')] ?? 'the entry'
    await printError(`depgate: ${flag}: ${message}\n${fix === undefined ? '' : `  fix: ${fix}\n`}`)
  }
  return problems.length > 0
}

/** Whether a place is to be filled in by a person yet. */
export function isUnfilled(entry: Entry): boolean {
  return Object.values(entry).includes(TO_FILL_IN)
}

/** Prints entries that are not written. */
export async function printEntries(
  target: PolicyTarget,
  list: EntryList,
  entries: readonly Entry[],
): Promise<void> {
  const what = entries.length === 1 ? 'The entry' : `The ${entries.length} entries`
  const state = entries.some(isUnfilled) ? `; "${TO_FILL_IN}" is for you to fill in` : ''
  const heading = wrap(`${what} for licenses.${list} of ${display(target.file)}${state}:`, terminalWidth())
  await print(`\n${heading.join('\n')}\n${entries.map((entry) => `${safeJson(entry, 2)}\n`).join('')}`)
}

/** Says which words of a person are missing. */
export async function tellMissing(what: string, flags: readonly string[]): Promise<void> {
  await printError(`depgate: nothing is written: ${what}\n  ${flags.join(' ')}\n`)
}

/** Writes the entries, all or none, and shows the lines that change; with `dryRun` only shows them. */
export async function writeEntries(
  target: PolicyTarget,
  list: EntryList,
  entries: readonly Entry[],
  { wanted, ...flags }: { wanted: string; dryRun?: true; color: boolean },
): Promise<ExitCode> {
  const inherited = inheritedFrom(target, list)
  if (inherited !== undefined) {
    await tell(target.file, {
      message: `has no licenses.${list} of its own, and one would replace the entries of ${inherited}`,
      fix: `Write it into that file with --config, or copy its licenses.${list} into ${target.file} first.`,
    })
    return EXIT_CODE.usage
  }
  let { text } = target.content
  const lines: number[] = []
  for (const entry of entries) {
    const edited = editPolicy(text, target.base, list, entry)
    if (!edited.ok) {
      await tell(edited.line === undefined ? target.file : `${target.file}:${edited.line}`, edited.problem)
      return EXIT_CODE.usage
    }
    text = edited.text
    lines.push(edited.line)
  }
  const place = `${display(target.file)}:${lines[0] ?? 1}`
  if (text === target.content.text) {
    await print(`\n${place} says so already; nothing is written.\n`)
    return EXIT_CODE.pass
  }
  if (flags.dryRun !== true) {
    const problem = replacePolicy(target.content, text)
    if (problem !== undefined) {
      await tell(target.file, problem)
      return EXIT_CODE.usage
    }
  }
  const diff = lineDiff(target.content.text, text, { width: terminalWidth(), color: wantsColor(flags) })
  const heading =
    flags.dryRun === true ? `Nothing is written (--dry-run). ${place} would change:` : `Written to ${place}:`
  const next =
    flags.dryRun === true
      ? 'Run it without --dry-run to write this.'
      : `Next: depgate explain ${display(wanted)} shows how it is judged now.\nThis changes what the policy lets through: have it reviewed.`
  await print(`\n${heading}\n${diff.join('\n')}\n\n${next}\n`)
  return EXIT_CODE.pass
}

/** The file that entries of this list come from although the policy itself has no such list. */
function inheritedFrom({ policy, file }: PolicyTarget, list: EntryList): string | undefined {
  return policy.licenses[list].map(({ location }) => location.file).find((from) => from !== file)
}

async function tell(place: string, { message, fix }: Problem): Promise<void> {
  const lines = displayLines(`${place} ${message}${fix === undefined ? '' : `\n  fix: ${fix}`}`)
  await printError(`depgate: ${lines.join('\n')}\n`)
}

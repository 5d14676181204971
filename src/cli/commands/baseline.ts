/** `depgate baseline`: accepts today's findings for now, removes entries that know nothing, adds one with a reason. */
import { basename, dirname, join, resolve } from 'node:path'
import { BASELINE_FILE, entryProblems, printBaseline } from '#config/baseline-file'
import { loadPolicy } from '#config/load'
import { createFile, readForEdit, replacePolicy } from '#config/write-policy'
import { identityKey } from '#model/baseline'
import type { BaselineEntry } from '#model/baseline'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Policy } from '#model/policy'
import type { RunReport } from '#model/run-report'
import { applyBaseline } from '#policy/baseline'
import { isLapsed } from '#policy/grounds'
import { entriesFor, isMeant, sortDenials, withEntries } from '#policy/grow-baseline'
import { count } from '#reporters/coverage'
import { display } from '#reporters/display'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { print, printError } from '../terminal.ts'
import { howToAdd, listed, notKnowable, writtenText } from '../baseline-text.ts'

/** Parsed flags of the command. */
export interface BaselineFlags extends Omit<RunFlags, 'format' | 'omit' | 'workspace' | 'output' | 'quiet'> {
  update?: true
  add?: string[]
  reason?: string
  expires?: string
  dryRun?: true
}

/** The reason of entries that were there before anybody could say no. */
const ADOPTED = 'already there when the baseline was made'

/** A baseline and the run that it is held against. */
interface Standing {
  policy: Policy
  path: string
  report: RunReport
  now: number
  flags: BaselineFlags
}

/** Writes, shortens or extends the baseline; exit code 2 for words that are missing, 3 for a run that is not whole. */
export async function baseline(flags: BaselineFlags): Promise<ExitCode> {
  const now = Date.now()
  const { project, config } = flags
  const loaded = loadPolicy({
    project: resolve(project),
    ...(config !== undefined && { configPath: config }),
  })
  if (!loaded.ok) return refuse(loaded.message)
  const { policy } = loaded
  const wrong = wrongFlags(flags, policy, now)
  if (wrong !== undefined) return refuse(wrong)
  const outcome = await runForTerminal(runOptions(flags, 'baseline'), flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report } = outcome
  const open = report.findings.find(({ verdict }) => verdict === 'incomplete')
  if (open !== undefined || report.coverage.incomplete > 0) {
    const why = open === undefined ? 'not every package could be judged' : display(open.message, 1000)
    await printError(
      `depgate: ${why}\nNothing is written: a baseline takes what is known of the whole tree, and doubt is never known.\n`,
    )
    return EXIT_CODE.incomplete
  }
  const standing = { policy, path: placeOf(policy, flags), report, now, flags }
  if (flags.add !== undefined) return add(standing, flags.add)
  if (flags.update === true) return update(standing)
  return policy.baseline.exists ? show(standing) : adopt(standing)
}

async function adopt(standing: Standing): Promise<ExitCode> {
  const { policy, report, flags, now } = standing
  const { knowable, others } = sortDenials(report.findings)
  if (knowable.length === 0) {
    await print(`There is nothing to accept, so there is no ${policy.baseline.file}.\n${notKnowable(others)}`)
    return others.length === 0 ? EXIT_CODE.pass : EXIT_CODE.violation
  }
  const entries = entriesFor(
    knowable.map(({ identity }) => identity),
    acceptance(flags, now),
  )
  const exitCode = await put(
    standing,
    entries,
    writtenText(policy.baseline.file, entries, flags.dryRun === true),
  )
  if (exitCode !== EXIT_CODE.pass || others.length === 0) return exitCode
  await print(notKnowable(others))
  return EXIT_CODE.violation
}

async function update(standing: Standing): Promise<ExitCode> {
  const { policy, report, now, flags } = standing
  const { file, entries, exists } = policy.baseline
  if (!exists) return refuse(`there is no ${file} to update; depgate baseline makes one`)
  const { matched } = applyBaseline(report.findings, entries, now)
  const stale = entries.filter((_entry, index) => !matched.has(index))
  if (stale.length === 0) {
    await print(
      `Each of ${count(entries.length, 'entry', 'entries')} of ${file} still knows a finding; nothing is written.\n`,
    )
    return EXIT_CODE.pass
  }
  const kept = entries.filter((_entry, index) => matched.has(index))
  const heading = `${flags.dryRun === true ? 'Would be removed' : 'Removed'} from ${file}, because there is no such finding any more:`
  return put(standing, kept, `${heading}\n${listed(stale)}`)
}

async function add(standing: Standing, wanted: readonly string[]): Promise<ExitCode> {
  const { policy, report, now, flags } = standing
  const { knowable, others } = sortDenials(report.findings)
  const meant = wanted.map((text) => ({ text, found: knowable.filter((entry) => isMeant(text, entry)) }))
  const missing = meant.find(({ found }) => found.length === 0)
  if (missing !== undefined) {
    const { text } = missing
    const never = others.find(
      (finding) =>
        finding.fingerprint.startsWith(text) || text === `${finding.rule}:${nameIn(finding.package)}`,
    )
    if (never !== undefined)
      return refuse(`${never.rule} can never be known to a baseline: ${display(never.message)}`)
    return refuse(`--add ${display(text, 200)} means no finding of this run\n${howToAdd(knowable)}`)
  }
  const identities = meant.flatMap(({ found }) => found.map(({ identity }) => identity))
  const distinct = [...new Map(identities.map((identity) => [identityKey(identity), identity])).values()]
  const added = entriesFor(distinct, acceptance(flags, now))
  return put(
    standing,
    withEntries(policy.baseline.entries, added),
    writtenText(policy.baseline.file, added, flags.dryRun === true),
  )
}

/** What there is, without writing anything. */
async function show({ policy, report, now }: Standing): Promise<ExitCode> {
  const { file, entries } = policy.baseline
  const { matched } = applyBaseline(report.findings, entries, now)
  const stale = entries.filter((_entry, index) => !matched.has(index))
  const lapsed = entries.filter(({ expires }) => expires !== undefined && isLapsed({ expires }, now))
  const { knowable, others } = sortDenials(report.findings)
  const parts = [`${file} knows ${count(entries.length, 'finding')}, and is only ever made shorter.\n`]
  if (stale.length > 0) parts.push(`Gone; depgate baseline --update removes them:\n${listed(stale)}`)
  if (lapsed.length > 0) parts.push(`Past their date, so they hold no longer:\n${listed(lapsed)}`)
  if (knowable.length > 0) parts.push(howToAdd(knowable))
  parts.push(notKnowable(others))
  await print(parts.filter((part) => part !== '').join('\n'))
  return knowable.length + others.length > 0 ? EXIT_CODE.violation : EXIT_CODE.pass
}

/** Writes the entries and says so; with `--dry-run` only says so. */
async function put(
  { policy, path, flags }: Standing,
  entries: readonly BaselineEntry[],
  text: string,
): Promise<ExitCode> {
  const { file, exists } = policy.baseline
  if (flags.dryRun !== true) {
    const problem = write(path, printBaseline(entries), exists)
    if (problem !== undefined) return refuse(`${file} ${problem}`)
  }
  await print(text)
  return EXIT_CODE.pass
}

function write(path: string, content: string, exists: boolean): string | undefined {
  if (!exists) return createFile(path, content)?.message
  const read = readForEdit(path)
  return read.ok ? replacePolicy(read.policy, content)?.message : read.problem.message
}

/** Beside the policy, wherever that is. */
function placeOf({ file }: Policy, { project, config }: BaselineFlags): string {
  const policy = config === undefined ? resolve(project, basename(file)) : resolve(config)
  return join(dirname(policy), BASELINE_FILE)
}

function acceptance({ reason, expires }: BaselineFlags, now: number) {
  return { since: today(now), reason: reason ?? ADOPTED, ...(expires !== undefined && { expires }) }
}

/** What is wrong with the flags, before anything is run. */
function wrongFlags(flags: BaselineFlags, { baseline: known }: Policy, now: number): string | undefined {
  const { update: shrinks, add: adds, reason, expires } = flags
  if (shrinks === true && adds !== undefined)
    return '--update only removes entries, and --add adds one: run one after the other'
  if (shrinks === true && (reason ?? expires) !== undefined)
    return '--reason and --expires are for new entries; --update removes old ones'
  if (adds !== undefined && (reason === undefined || expires === undefined)) {
    return 'an entry is only added with --reason "<why it is accepted>" and --expires <YYYY-MM-DD>'
  }
  if (adds === undefined && shrinks !== true && known.exists && (reason ?? expires) !== undefined) {
    return `there is a ${known.file} already, and it only gets shorter; --add <rule:package> adds a single finding`
  }
  const probe = {
    rule: 'license-unknown',
    package: 'x',
    license: 'x',
    since: today(now),
    reason: reason ?? ADOPTED,
  } as const
  const [problem] = entryProblems({ ...probe, ...(expires !== undefined && { expires }) })
  if (problem !== undefined)
    return `--${problem.key}: ${problem.message}${problem.fix === undefined ? '' : `\n  fix: ${problem.fix}`}`
  return expires !== undefined && isLapsed({ expires }, now)
    ? `--expires: ${display(expires)} is past; write the last day on which it holds`
    : undefined
}

function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

function nameIn(id = ''): string {
  const at = id.lastIndexOf('@')
  return at > 0 ? id.slice(0, at) : id
}

async function refuse(message: string): Promise<ExitCode> {
  await printError(`depgate: ${message}\n`)
  return EXIT_CODE.usage
}

/** `depgate history list|show|prune|export`: look at stored runs and look after them; judges nothing. */
import { join, resolve } from 'node:path'
import { emptyPolicy, loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { listRuns, readRun, runNames } from '#history/history-folder'
import type { HistoryFolder, StoredEntry } from '#history/history-folder'
import { namesToDrop } from '#history/retention'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { HistoryPolicy } from '#model/policy'
import type { RunReport } from '#model/run-report'
import { count } from '#reporters/coverage'
import { display, safeJson } from '#reporters/display'
import { historyTable } from '#reporters/history-table'
import { painter } from '#reporters/text-layout'
import { HISTORY_FOLDER, leftOutWarnings, openHistory, pruneHistory } from '../../run/audit-history.ts'
import { deliverReport, refuseFormats } from '../deliver-report.ts'
import type { HistoryAction, HistoryFlags } from '../history-flags.ts'
import { deliver, print, printProblem, wantsColor, writeWhole } from '../terminal.ts'

/** Does it; exit code 0 (that of the verdict for a shown run), or 2 if it cannot be done. */
export async function history(
  action: HistoryAction,
  what: string | undefined,
  flags: HistoryFlags,
): Promise<ExitCode> {
  const project = resolve(flags.project)
  const opened = await openHistory({
    directory: resolve(project, flags.history ?? HISTORY_FOLDER),
    project,
    env: process.env,
  })
  if ('refused' in opened) return refuse(`the history ${opened.refused}`)
  const { folder } = opened
  switch (action) {
    case 'list':
      return list(folder, flags)
    case 'show':
      return show(folder, what, flags)
    case 'prune':
      return prune(folder, flags)
    case 'export':
      return exportRuns(folder, what)
  }
}

async function list(folder: HistoryFolder, flags: HistoryFlags): Promise<ExitCode> {
  const [request, ...more] = flags.format
  const format = request?.format ?? 'human'
  if (more.length > 0 || request?.file !== undefined || (format !== 'human' && format !== 'json'))
    return refuse('the list of runs is shown as human or json', 'Use --output to write it to a file.')
  const { entries, leftOut } = await listRuns(folder)
  const points = entries.map(({ head }) => head.point)
  if (format === 'json') {
    const names = leftOut.map(({ name, problem }) => ({ name, problem: problem.kind }))
    return deliver(
      `${safeJson({ schemaVersion: 1, runs: points, leftOut: names }, 2)}\n`,
      flags,
      EXIT_CODE.pass,
    )
  }
  await warn(leftOut)
  const paint = painter(wantsColor(flags))
  if (points.length === 0)
    return deliver('there is no stored run; depgate audit stores one\n', flags, EXIT_CODE.pass)
  return deliver(
    historyTable(points, (text) => paint('bold', text)),
    flags,
    EXIT_CODE.pass,
  )
}

async function show(folder: HistoryFolder, id: string | undefined, flags: HistoryFlags): Promise<ExitCode> {
  const refused = await refuseFormats(flags)
  if (refused !== undefined) return refused
  const { entries, leftOut } = await listRuns(folder)
  const found =
    id === undefined ? entries.slice(-1) : entries.filter(({ head }) => head.point.id.startsWith(id))
  const [entry, second] = found
  if (entry === undefined) {
    const bad = leftOutWarnings(leftOut.filter(({ name }) => id === undefined || name.includes(id)))
    return refuse(
      bad[0]?.message ?? 'there is no such stored run',
      '`depgate history` lists those there are.',
    )
  }
  if (second !== undefined)
    return refuse(`${found.length} runs begin with ${display(id ?? '')}`, 'Write more of the id.')
  const report = await wholeReport(folder, entries, entry)
  if (typeof report === 'string') return refuse(report)
  return deliverReport(report, flags, exitCodeOf(report.verdict))
}

async function prune(folder: HistoryFolder, flags: HistoryFlags): Promise<ExitCode> {
  const retention = retentionOf(flags)
  if (typeof retention === 'string') return refuse(retention)
  const now = Date.now()
  const gone =
    flags.dryRun === true
      ? namesToDrop(await runNames(folder.directory), retention, now)
      : await pruneHistory(folder.directory, retention, now)
  const left = (await runNames(folder.directory)).length - (flags.dryRun === true ? gone.length : 0)
  const verb = flags.dryRun === true ? 'would go' : 'gone'
  await print(
    `${gone
      .toSorted()
      .map((name) => `${name}\n`)
      .join('')}${count(gone.length, 'run')} ${verb}, ${left} kept\n`,
  )
  return EXIT_CODE.pass
}

async function exportRuns(folder: HistoryFolder, target: string | undefined): Promise<ExitCode> {
  if (target === undefined) return refuse('export needs a folder', 'Name it: `depgate history export runs`.')
  const { entries, leftOut } = await listRuns(folder)
  await warn(leftOut)
  for (const [index, entry] of entries.entries()) {
    const report = await wholeReport(folder, entries.slice(0, index + 1), entry)
    if (typeof report === 'string') {
      await printProblem(report, {})
      continue
    }
    const file = join(target, entry.name.replace(/\.run$/, '.json'))
    const problem = await writeWhole(file, `${safeJson(report)}\n`, 'history export <folder>')
    if (problem !== undefined) return refuse(problem)
  }
  await print(`${count(entries.length, 'run')} in ${display(target)}\n`)
  return EXIT_CODE.pass
}

/** The report of an entry with the runs before it, or why there is none. */
async function wholeReport(
  folder: HistoryFolder,
  entries: readonly StoredEntry[],
  { name, head }: StoredEntry,
): Promise<RunReport | string> {
  const stored = await readRun(folder, name)
  if ('kind' in stored) return leftOutWarnings([{ name, problem: stored }])[0]?.message ?? ''
  const { report } = stored
  if (report.audit === undefined) return report
  const points = entries.filter((entry) => entry.head.project === head.project && entry.name <= name)
  return { ...report, audit: { ...report.audit, trend: points.map((entry) => entry.head.point) } }
}

/** The policy's, else the default: nobody needs a policy to tidy up. */
function retentionOf({ project, config }: HistoryFlags): HistoryPolicy | string {
  const folder = resolve(project)
  const loaded = loadPolicy({
    project: folder,
    disk: openDisk(folder),
    ...(config !== undefined && { configPath: config }),
  })
  if (loaded.ok) return loaded.policy.history
  return loaded.absent ? emptyPolicy().history : loaded.message
}

async function warn(leftOut: Parameters<typeof leftOutWarnings>[0]): Promise<void> {
  for (const { message } of leftOutWarnings(leftOut)) await printProblem(message, {})
}

async function refuse(message: string, fix?: string): Promise<ExitCode> {
  await printProblem(fix === undefined ? message : `${message}\n  fix: ${fix}`, {})
  return EXIT_CODE.usage
}

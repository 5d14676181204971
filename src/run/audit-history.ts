/** What an audit has to do with those before it: finds the one to compare with, and stores what came of this one. */
import { loadCacheSecret } from '#cache/secret'
import type { AuditReport, TrendPoint } from '#model/audit'
import type { Finding } from '#model/finding'
import type { HistoryPolicy } from '#model/policy'
import type { RunReport, Warning } from '#model/run-report'
import { encodeEntry, projectOf } from '#history/entry'
import { inspectHistory, listRuns, readRun, removeRuns, runNames, storeRun } from '#history/history-folder'
import type { HistoryFolder, HistoryList, LeftOut, StoredEntry } from '#history/history-folder'
import { machineKind } from '#history/machine'
import { namesToDrop } from '#history/retention'
import { isRunId, runName } from '#history/run-name'
import { integrityMarks } from '#history/stored-run'
import type { StoredRun } from '#history/stored-run'
import { trendPoint } from '#history/trend'
import { homeOf } from '../home.ts'
import { paceWarnings } from './audit-pace.ts'
import { compareRuns } from './compare-runs.ts'

/** Where stored runs lie unless something else is said, below the project: not where `cache clear` removes anything. */
export const HISTORY_FOLDER = '.cache/depgate-history'
/** Most runs of a curve. */
const MOST_POINTS = 1000
/** Share of the packages that an earlier run may have left open and still be compared with. */
const OPEN_SHARE = 0.01

/** Rules of the parts of an audit. */
const FORECAST_RULES: ReadonlySet<string> = new Set([
  'license-changing',
  'license-lost',
  'package-silent',
  'repository-missing',
])
const ADVISORY_RULES: ReadonlySet<string> = new Set(['package-vulnerable', 'advisory-ignore-unused'])

/** Whose history it is, and who may read it. */
export interface HistoryPlace {
  /** Absolute path of the history's folder. */
  directory: string
  /** Absolute path of the project. */
  project: string
  env: Readonly<Record<string, string | undefined>>
}

/** A folder that can be used, or why there is none, as the end of a sentence that begins with "The history". */
export type OpenedHistory = { folder: HistoryFolder } | { refused: string }

/** Opens the folder; nothing is created. */
export async function openHistory({ directory, project, env }: HistoryPlace): Promise<OpenedHistory> {
  const found = await inspectHistory({ directory, project })
  if (typeof found === 'object') return { refused: `is off because its folder ${found.refused}` }
  const secret = await loadCacheSecret({ env, home: homeOf(env), project, cacheDirectory: directory })
  if (!('key' in secret)) return { refused: `is off: ${secret.reason}` }
  return { folder: { directory, project, secret: secret.key } }
}

/** What the runs before have to say of this one. */
export type BeforeReport = Pick<AuditReport, 'comparison' | 'trend'> & { warnings: Warning[] }

/** Compares a run with the last one that can be used, and lays it beside all of them. Never rejects for what is stored. */
export async function lookBack(report: RunReport, folder: HistoryFolder): Promise<BeforeReport> {
  const list = await listRuns(folder)
  const own = list.entries.filter(({ head }) => head.project === projectOf(report))
  const warnings = [...leftOutWarnings(list.leftOut), ...strangeWarnings(list, own)]
  const heads = own.map(({ head }) => head)
  warnings.push(...paceWarnings(report, machineKind(), heads))
  const points: TrendPoint[] = [...heads.map(({ point }) => point), trendPoint(report)]
  const trend = points.slice(-MOST_POINTS)
  // A tree that could not be read is not one without packages.
  if (report.inputs.tree === undefined) return { trend, warnings }
  for (const { name } of candidates(own, report).toReversed()) {
    const stored = await readRun(folder, name)
    if ('kind' in stored) {
      warnings.push(...leftOutWarnings([{ name, problem: stored }]))
      continue
    }
    const now: StoredRun = { report, marks: report.packages.map(integrityMarks) }
    return { comparison: compareRuns(stored, now, isUnasked(report.audit)), trend, warnings }
  }
  return { trend, warnings }
}

/** Findings of parts that were not looked into, or not wholly, are not gone because nobody has made them. */
function isUnasked(audit: RunReport['audit']): (finding: Finding) => boolean {
  const silent = new Set<string>()
  if (audit?.forecast === undefined) for (const rule of FORECAST_RULES) silent.add(rule)
  if (audit?.advisories?.status !== 'complete') for (const rule of ADVISORY_RULES) silent.add(rule)
  const unanswered = new Set(audit?.forecast?.unanswered)
  return ({ rule, package: id = '' }) =>
    silent.has(rule) || (FORECAST_RULES.has(rule) && unanswered.has(id.slice(0, id.lastIndexOf('@'))))
}

/** Stores a run, and drops those that need not be kept any more. Gives what went wrong. */
export async function rememberRun(
  report: RunReport,
  folder: HistoryFolder,
  retention: HistoryPolicy,
  now: number,
): Promise<Warning[]> {
  const { id, startedAt } = report.run
  if (!isRunId(id)) return [notStored('its id cannot be the name of a file')]
  const name = runName(startedAt, id)
  const problem = await storeRun(folder, name, encodeEntry(report, name, folder.secret, now))
  if (problem !== undefined) return [notStored(`its folder cannot be written (${problem})`)]
  await pruneHistory(folder.directory, retention, now)
  return []
}

/** Drops what need not be kept; gives the names of what is gone. */
export async function pruneHistory(
  directory: string,
  retention: HistoryPolicy,
  now: number,
): Promise<string[]> {
  return removeRuns(directory, namesToDrop(await runNames(directory), retention, now), now)
}

/** One sentence for each kind of entry that was left out. */
export function leftOutWarnings(leftOut: readonly LeftOut[]): Warning[] {
  return leftOut
    .filter(({ problem }) => problem.kind !== 'foreign')
    .map(({ name, problem }): Warning =>
      problem.kind === 'newer'
        ? {
            code: 'history-newer',
            message: `The stored run ${name} was written by depgate ${problem.version} and needs that version or a later one; it was left out.`,
          }
        : {
            code: 'history-damaged',
            message: `The stored run ${name} is damaged and was left out.`,
          },
    )
    .concat(foreignWarning(leftOut.filter(({ problem }) => problem.kind === 'foreign').length))
}

function foreignWarning(number: number): Warning[] {
  if (number === 0) return []
  const runs = number === 1 ? '1 stored run was' : `${number} stored runs were`
  const message = `${runs} not sealed with this key, or changed since, and left out: anybody can have put them there. Where several machines share a history, they share DEPGATE_CACHE_KEY.`
  return [{ code: 'history-foreign', message }]
}

function strangeWarnings({ entries }: HistoryList, own: readonly StoredEntry[]): Warning[] {
  if (entries.length === own.length) return []
  const names = [...new Set(entries.filter((entry) => !own.includes(entry)).map(({ head }) => head.project))]
  const message = `The history also holds runs of ${names.slice(0, 3).join(', ')}, which were left out; give each project a folder of its own with --history.`
  return [{ code: 'history-shared', message }]
}

/**
 * Those that can be compared with, the best one last: begun before this one, with a tree, and not much more open than it
 * is. Where none is as good, the last one with a tree.
 */
function candidates(entries: readonly StoredEntry[], { run, coverage }: RunReport): StoredEntry[] {
  const earlier = entries.filter(
    ({ head: { point } }) => point.packages > 0 && point.id !== run.id && point.startedAt <= run.startedAt,
  )
  const open = Math.max(coverage.incomplete, coverage.total * OPEN_SHARE)
  const isWhole = ({ head }: StoredEntry): boolean => head.point.incomplete <= open
  return [...earlier.filter((entry) => !isWhole(entry)), ...earlier.filter(isWhole)]
}

function notStored(why: string): Warning {
  return { code: 'history-not-stored', message: `This run was not stored: ${why}.` }
}

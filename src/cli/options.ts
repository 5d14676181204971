/** The flags that several commands share, and what they mean as options of a run. */
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import type { TreeSource } from '#model/run-request'
import { LIST_FORMATS } from '#reporters/reporter'
import type { RunOptions } from '../run.ts'
import { addReportFormats } from './report-formats.ts'
import type { FormatRequest } from './report-formats.ts'

/** Parsed flags of a command that runs. */
export interface RunFlags {
  project: string
  config?: string
  format: (typeof LIST_FORMATS)[number]
  output?: string
  offline?: true
  refresh?: true
  verifySnapshot?: true
  allowStale?: true
  deadline?: string
  from?: TreeSource
  /** `false` for `--no-texts`; `true` where neither flag is given. */
  texts?: 'all' | boolean
  omit?: 'dev'
  workspace?: string[]
  trustNpmrc?: string[]
  cacheDir?: string
  cache: boolean
  quiet?: true
  performanceMetrics?: true
  profile?: string
  logFormat?: 'text' | 'json'
  /** Id of the run; present where the log is JSON. */
  runId?: string
  color: boolean
}

/** Parsed flags of a command that runs and reports in any number of formats. */
export type ReportFlags = Omit<RunFlags, 'format'> & { format: FormatRequest[] }

/** Adds all flags of a run to a command that answers in one of `formats`, the first of them by default. */
export function addRunFlags(command: Command, formats: readonly string[] = LIST_FORMATS): Command {
  return addTreeFlags(addSharedFlags(command, formats))
}

/** The same for a command that reports in any number of formats. */
export function addReportFlags(command: Command): Command {
  return addTreeFlags(addNarrowing(addReportFormats(addPlaceFlags(command))))
}

/** Where the tree is read from. */
export function treeOption(): Option {
  return new Option(
    '--from <tree>',
    'judge node_modules, or what the lockfile would install (default: node_modules if it is there)',
  ).choices(['installed', 'lockfile'])
}

/** Which tree, and how much of it. */
function addTreeFlags(command: Command): Command {
  return command
    .addOption(new Option('--omit <kind>', 'leave out a kind of dependency').choices(['dev']))
    .addOption(treeOption())
    .addOption(
      new Option(
        '--texts <which>',
        'with --from lockfile: read the tarballs of packages for some systems only, too',
      ).choices(['all']),
    )
    .option('--no-texts', 'with --from lockfile: read no tarball; such a package never passes')
}

/** Adds what a command needs to tell whether it became slower. */
export function addOwnSpeedFlags(command: Command): Command {
  return command
    .option('--save-baseline <file>', 'store how fast this run was')
    .option('--against <file>', 'compare with a stored run: much slower is exit code 1')
}

/** The same for a command that chooses the kinds of dependency itself. */
export function addSharedFlags(command: Command, formats: readonly string[]): Command {
  return addNarrowing(
    addPlaceFlags(command).addOption(
      new Option('-f, --format <format>', 'output format').choices(formats).default(formats[0]),
    ),
  )
}

function addNarrowing(command: Command): Command {
  return addAskingFlags(command.option('-o, --output <file>', 'write the report to a file instead of stdout'))
    .option('-w, --workspace <name>', 'only what this workspace reaches (repeatable)', collectText)
    .option('-q, --quiet', 'only the verdict and the line of coverage')
}

/** Adds what tells how long everything took to a command whose every word on stderr may become a line of the log. */
export function addMeasuringFlags(command: Command): Command {
  return command
    .option('--performance-metrics', 'measure the run: a table, `metrics` in JSON (or DEPGATE_METRICS=1)')
    .option('--profile <file>', 'write a CPU profile, such as depgate.cpuprofile')
    .addOption(new Option('--log-format <format>', 'what is told on stderr').choices(['text', 'json']))
}

/** Where the project and its policy are. */
export function addPlaceFlags(command: Command): Command {
  return command
    .option('-p, --project <folder>', 'folder with the package.json to check', '.')
    .option('-c, --config <file>', 'policy file (default: depgate.config.json or package.json#depgate)')
}

/** How to ask the registry and what to remember. */
export function addAskingFlags(command: Command): Command {
  return command
    .option('--offline', 'open no socket: what is not cached is incomplete')
    .option(...REFRESH)
    .option('--verify-snapshot', 'answer by a whole run, and fail if the snapshot of an earlier one differs')
    .option(
      '--allow-stale',
      'where the registry does not answer, use expired cache entries, marked with their age',
    )
    .option(...DEADLINE)
    .option(...TRUST_NPMRC, collectText)
    .addOption(cacheDirectoryOption())
    .option('--no-cache', 'neither read nor write the disk cache')
    .option('--no-color', 'no colours')
}

/** Flags and descriptions that stand in more than one list of flags. */
export const REFRESH = ['--refresh', 'ask the registry anew instead of the cache'] as const
/** See {@link REFRESH}. */
export const DEADLINE = [
  '--deadline <duration>',
  "time for the whole run, such as 10s or 5m (default: the policy's, else 10s)",
] as const
/** See {@link REFRESH}. */
export const TRUST_NPMRC = [
  '--trust-npmrc <key>',
  "trust this key of the project's own .npmrc (repeatable)",
] as const

/** Where the disk cache lies, by flag or environment; never by a policy, which a stranger may have written. */
export function cacheDirectoryOption(): Option {
  return new Option('--cache-dir <folder>', 'disk cache (default: .cache/depgate in the project)').env(
    'DEPGATE_CACHE_DIR',
  )
}

/** The options of a run that the flags ask for. */
export function runOptions(flags: Omit<RunFlags, 'format'>, command: string): RunOptions {
  return {
    command,
    project: flags.project,
    ...(flags.config !== undefined && { config: flags.config }),
    ...(flags.deadline !== undefined && { deadline: flags.deadline }),
    ...(flags.cacheDir !== undefined && { cacheDirectory: flags.cacheDir }),
    ...(!flags.cache && { cacheDirectory: false }),
    offline: flags.offline === true,
    refresh: flags.refresh === true,
    snapshot: flags.verifySnapshot === true ? 'verify' : 'use',
    allowStale: flags.allowStale === true,
    ...(flags.from !== undefined && { from: flags.from }),
    ...(flags.texts === 'all' && { texts: 'all' as const }),
    ...(flags.texts === false && { texts: 'none' as const }),
    omitDev: flags.omit === 'dev',
    workspaces: flags.workspace ?? [],
    trustNpmrc: flags.trustNpmrc ?? [],
    ...(flags.performanceMetrics === true && { metrics: true }),
    ...(flags.profile !== undefined && { profile: flags.profile }),
    ...(flags.runId !== undefined && { runId: flags.runId }),
  }
}

/** Collects the values of an option that may be repeated. */
export function collectText(value: string, previous: string[] = []): string[] {
  if (value === '') throw new InvalidArgumentError('it must not be empty.')
  return [...previous, value]
}

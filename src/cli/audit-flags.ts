/** The flags of `depgate audit`: where to look, how to ask and what to tell; nothing that would narrow it. */
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import type { TreeSource } from '#model/run-request'
import { FAIL_ON } from '../run/fail-on.ts'
import type { FailOn } from '../run/fail-on.ts'
import {
  addMeasuringFlags,
  addPlaceFlags,
  cacheDirectoryOption,
  collectText,
  REFRESH,
  treeOption,
  TRUST_NPMRC,
} from './options.ts'
import type { ReportFlags } from './options.ts'
import { addReportFormats } from './report-formats.ts'

/** Parsed flags of the command. */
export interface AuditFlags extends Pick<
  ReportFlags,
  | 'project'
  | 'config'
  | 'format'
  | 'output'
  | 'refresh'
  | 'allowStale'
  | 'deadline'
  | 'trustNpmrc'
  | 'cacheDir'
  | 'cache'
  | 'quiet'
  | 'performanceMetrics'
  | 'profile'
  | 'runId'
  | 'color'
> {
  from?: TreeSource
  forecast: boolean
  advisories: boolean
  osv?: string
  notify?: 'changes' | 'always'
  failOn: FailOn
  /** `false` for `--no-history`. */
  history?: string | false
  requestsPerSecond?: number
  offline?: true
}

/** What stands below the flags in the help of the command. */
export const AUDIT_HELP = `
It judges the whole tree, all workspaces and all kinds, and asks anew for whatever a registry can change; what was asked
within the last hour is not asked again, so that an audit that was cut off can be gone on with.

The run is compared with the last stored one, then stored itself. Machines that share a history share
DEPGATE_CACHE_KEY too: a run that was not sealed with it is not believed. See \`depgate history\`.
`

/** Most requests a second that can be asked for: what a policy may allow. */
const MOST_PER_SECOND = 3000

/** Adds them. */
export function addAuditFlags(command: Command): Command {
  return (
    addMeasuringFlags(addReportFormats(addPlaceFlags(command)))
      .option('-o, --output <file>', 'write the report to a file instead of stdout')
      .addOption(treeOption())
      .addOption(
        new Option(
          '--fail-on <what>',
          'exit code 1 for any denial, for new ones only, or for none; other exit codes stay',
        )
          .choices(FAIL_ON)
          .default('any'),
      )
      .addOption(historyOption())
      .option('--no-history', 'compare with no earlier run, and store none')
      .option('--no-forecast', 'do not look at later releases')
      .option('--no-advisories', 'do not ask for known vulnerabilities')
      .addOption(
        new Option(
          '--osv <path>',
          "a dump of OSV's database to ask besides the registry: a file, a folder, or the zip file for npm",
        ).conflicts('advisories'),
      )
      .addOption(
        new Option('--notify [when]', "tell the policy's targets what changed, or always what was found")
          .choices(['changes', 'always'])
          .preset('changes'),
      )
      .option(...REFRESH)
      .option(
        '--allow-stale',
        'where the registry does not answer, use expired cache entries, marked with their age',
      )
      .option('--deadline <duration>', 'time for the whole run, such as 10m (default: 5m)')
      .addOption(
        new Option(
          '--requests-per-second <number>',
          'most requests a second (default: 50), within what the policy allows',
        ).argParser(perSecond),
      )
      .option(...TRUST_NPMRC, collectText)
      .addOption(cacheDirectoryOption())
      .option('--no-cache', 'neither read nor write the disk cache')
      // Known, so that it can be refused with a reason.
      .addOption(new Option('--offline').hideHelp())
      .option('-q, --quiet', 'only the verdict and the line of coverage')
      .option('--no-color', 'no colours')
      .addHelpText('after', AUDIT_HELP)
  )
}

/** Where stored runs lie, by flag or environment; never by a policy, which a stranger may have written. */
export function historyOption(): Option {
  return new Option('--history <folder>', 'stored runs (default: .cache/depgate-history in the project)').env(
    'DEPGATE_HISTORY',
  )
}

function perSecond(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1 || number > MOST_PER_SECOND)
    throw new InvalidArgumentError(`it must be a whole number from 1 to ${MOST_PER_SECOND}.`)
  return number
}

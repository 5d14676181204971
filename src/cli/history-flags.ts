/** The flags of `depgate history`. */
import { Argument, Option } from 'commander'
import type { Command } from 'commander'
import { historyOption } from './audit-flags.ts'
import { addPlaceFlags } from './options.ts'
import { addReportFormats } from './report-formats.ts'
import type { FormatRequest } from './report-formats.ts'

/** What can be done with stored runs. */
export const HISTORY_ACTIONS = ['list', 'show', 'prune', 'export'] as const

/** One of {@link HISTORY_ACTIONS}. */
export type HistoryAction = (typeof HISTORY_ACTIONS)[number]

/** Parsed flags of the command. */
export interface HistoryFlags {
  project: string
  config?: string
  history?: string
  format: FormatRequest[]
  output?: string
  dryRun?: true
  quiet?: true
  color: boolean
}

/** What stands below the flags in the help of the command. */
export const HISTORY_HELP = `
depgate history                   the runs that are kept, the newest last; --format json for a program
depgate history show              the newest run again, in any format: --format markdown
depgate history show 3f0c6b1e     the run whose id begins so
depgate history prune             drop the runs that the policy's "history" need not keep; every audit does so
depgate history export <folder>   every run as <name>.json, which \`depgate report\` reads without any key

A run is only believed if it was sealed with this machine's key, or DEPGATE_CACHE_KEY where machines share a history.
`

/** Adds arguments and flags. */
export function addHistoryFlags(command: Command): Command {
  return addReportFormats(addPlaceFlags(command))
    .addArgument(new Argument('[action]', 'what to do').choices(HISTORY_ACTIONS).default('list'))
    .argument('[what]', 'the run to show, or the folder to export to')
    .option('-o, --output <file>', 'write the report to a file instead of stdout')
    .addOption(historyOption())
    .addOption(new Option('--dry-run', 'with prune: remove nothing, only name what would go'))
    .option('-q, --quiet', 'only the verdict and the line of coverage')
    .option('--no-color', 'no colours')
    .addHelpText('after', HISTORY_HELP)
}

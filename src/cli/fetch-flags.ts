/** The flags of `depgate fetch`: where to look and how to ask, and nothing about judging. */
import { Option } from 'commander'
import type { Command } from 'commander'
import { historyOption } from './audit-flags.ts'
import {
  addPlaceFlags,
  cacheDirectoryOption,
  collectText,
  DEADLINE,
  REFRESH,
  TRUST_NPMRC,
} from './options.ts'

/** Parsed flags of the command. */
export interface FetchFlags {
  project: string
  config?: string
  ahead?: true
  texts?: true | 'all'
  history?: string
  format: 'human' | 'json'
  output?: string
  refresh?: true
  offline?: true
  deadline?: string
  trustNpmrc?: string[]
  cacheDir?: string
  quiet?: true
  color: boolean
}

/** What stands below the flags in the help of the command. */
export const FETCH_HELP = `
It needs a lockfile and no node_modules. Exit code 0 says that a check of the same lockfile finds all it would ask for
in the cache; 3 that something could not be had, or that the time was over: the next run goes on from there.

A check of an installed tree reads the copies on disk. Where nothing is installed tarballs are read in their stead: --texts
fetches those as well, each once and for good, and with --ahead those of the upgrades. diff asks for what is for some
systems only, too, if a change brings it in: that is --texts all.

--ahead looks up the direct dependencies of the root and the workspaces, at no more than 50 requests a second: the
newest version in each declared range, and the one tagged latest. Packages that nobody declares and that had another
version in two or more of the stored audits (--history) are looked up too, and what changed most often goes first. A
nightly job with --ahead --deadline 5m keeps the gate of the next upgrade warm.
`

/** Adds them. */
export function addFetchFlags(command: Command): Command {
  return (
    addPlaceFlags(command)
      .option('--ahead', 'also fetch the versions that the next upgrades would bring')
      .addOption(
        new Option(
          '--texts [which]',
          'also fetch the tarballs that diff and check --from lockfile read; all: for some systems only, too',
        ).choices(['all']),
      )
      .addOption(historyOption())
      .addOption(
        new Option('-f, --format <format>', 'output format').choices(['human', 'json']).default('human'),
      )
      .option('-o, --output <file>', 'write the report to a file instead of stdout')
      .option(...REFRESH)
      // Known, so that it can be refused with a reason.
      .addOption(new Option('--offline').hideHelp())
      .option(...DEADLINE)
      .option(...TRUST_NPMRC, collectText)
      .addOption(cacheDirectoryOption())
      .option('-q, --quiet', 'only the outcome')
      .option('--no-color', 'no colours')
      .addHelpText('after', FETCH_HELP)
  )
}

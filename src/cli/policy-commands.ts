/** The commands that tend the policy and its baseline, with their flags. */
import { Option } from 'commander'
import type { Command } from 'commander'
import type { BaselineFlags } from './commands/baseline.ts'
import { WORKFLOWS } from '#adopt/templates'
import type { InitFlags } from './commands/init.ts'
import type { ConfigFlags } from './commands/config.ts'
import { addAskingFlags, addPlaceFlags, collectText } from './options.ts'
import { BASELINE_HELP, CONFIG_HELP, INIT_HELP } from './policy-help.ts'

/** Adds them to the program; `finish` ends the process. */
export function addPolicyCommands(program: Command, finish: (exitCode: number) => never): void {
  addAskingFlags(
    program
      .command('init')
      .description('set up: a policy that is true today, an architecture test, and its script')
      .option('-p, --project <folder>', 'folder with the package.json', '.')
      .option('--import [file]', 'take over the configuration of another tool: found, or this file')
      .addOption(new Option('--workflow <type>', 'write a workflow for changes too').choices(WORKFLOWS))
      .option('--dry-run', 'write nothing, only show what would be written'),
  )
    .addHelpText('after', INIT_HELP)
    .action(async (flags: InitFlags) => finish(await (await import('./commands/init.ts')).init(flags)))
  addPlaceFlags(
    program
      .command('config')
      .description('the policy with all that it extends, and where each value comes from'),
  )
    .option('--check', 'only say whether it is valid')
    .addOption(
      new Option('-f, --format <format>', 'output format').choices(['human', 'json']).default('human'),
    )
    .option('--no-color', 'no colours')
    .addHelpText('after', CONFIG_HELP)
    .action(async (flags: ConfigFlags) => finish(await (await import('./commands/config.ts')).config(flags)))
  addAskingFlags(
    addPlaceFlags(
      program
        .command('baseline')
        .description("accept today's findings for now, so that only new ones fail; or make the list shorter"),
    )
      .option('--update', 'remove the entries that know no finding any more')
      .option(
        '--add <finding>',
        'accept one more: rule:package, or its fingerprint (repeatable)',
        collectText,
      )
      .option('--reason <text>', 'why it is accepted, for whoever reads the report')
      .option('--expires <date>', 'last day on which it is, YYYY-MM-DD')
      .option('--dry-run', 'write nothing, only show what would change'),
  )
    .addHelpText('after', BASELINE_HELP)
    .action(async (flags: BaselineFlags) =>
      finish(await (await import('./commands/baseline.ts')).baseline(flags)),
    )
}

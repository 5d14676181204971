#!/usr/bin/env node
/** The command line: reads the arguments, calls one command, ends the process with its exit code. */
import { randomUUID } from 'node:crypto'
import { Argument, Command, CommanderError, Option } from 'commander'
import { EXIT_CODE } from '#model/exit-code'
import { NOTICE_FORMATS } from '#reporters/reporter'
import { TOOL_VERSION } from '../tool-version.ts'
import { addAuditFlags } from './audit-flags.ts'
import type { AuditFlags } from './audit-flags.ts'
import type { ClarifyFlags } from './commands/clarify.ts'
import { addDiffFlags } from './diff-flags.ts'
import type { DiffFlags } from './diff-flags.ts'
import type { ExceptFlags } from './commands/except.ts'
import { addHistoryFlags } from './history-flags.ts'
import type { HistoryAction, HistoryFlags } from './history-flags.ts'
import { addFetchFlags } from './fetch-flags.ts'
import { addImportsFlags } from './imports-flags.ts'
import type { ImportsFlags } from './imports-flags.ts'
import type { FetchFlags } from './fetch-flags.ts'
import { CLARIFY_HELP, EXCEPT_HELP } from './entry-help.ts'
import { optimiseLate } from './optimise-late.ts'
import {
  addAskingFlags,
  addMeasuringFlags,
  addOwnSpeedFlags,
  addPlaceFlags,
  addReportFlags,
  addRunFlags,
  addSharedFlags,
  cacheDirectoryOption,
  collectText,
} from './options.ts'
import { addPolicyCommands } from './policy-commands.ts'
import type { DeliveryFlags } from './deliver-report.ts'
import type { NoticeFlags } from './commands/notice.ts'
import { NOTICE_HELP } from './notice-help.ts'
import type { ReportFlags, RunFlags } from './options.ts'
import type { OwnSpeedFlags } from './own-speed.ts'
import { addReportFormats } from './report-formats.ts'
import { printProblem } from './terminal.ts'

process.on('uncaughtException', (error) => void internalError(error))
process.on('unhandledRejection', (reason) => void internalError(reason))

// A reader that went away changes no verdict.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

const finish = (exitCode: number): never => process.exit(exitCode)

/** Kept with the program, so that an internal error finds it as well. */
const RUN_ID = 'runId'

const program = new Command('depgate')
  .description('May everything this npm project depends on be used?')
  .version(TOOL_VERSION)
  .exitOverride()
  .hook('preAction', (whole, command) => {
    if (command.getOptionValue('logFormat') !== 'json') return
    const runId = randomUUID()
    whole.setOptionValue(RUN_ID, runId)
    command.setOptionValue(RUN_ID, runId)
  })
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'depgate: ')) })

addOwnSpeedFlags(
  addMeasuringFlags(addReportFlags(program.command('check').description('judge the whole tree (default)'))),
).action(async (flags: ReportFlags & OwnSpeedFlags) =>
  finish(await (await import('./commands/check.ts')).check(flags)),
)
addDiffFlags(
  program.command('diff').description('judge what a change brings in, by the policy of its base'),
).action(async (base: string | undefined, flags: DiffFlags) =>
  finish(await (await import('./commands/diff.ts')).diff(base, flags)),
)
addAuditFlags(
  program.command('audit').description('ask everything anew, and compare with the last time; for a schedule'),
).action(async (flags: AuditFlags) => finish(await (await import('./commands/audit.ts')).audit(flags)))
addMeasuringFlags(addRunFlags(program.command('list').description('every package with its licence'))).action(
  async (flags: RunFlags) => finish(await (await import('./commands/list.ts')).list(flags)),
)
addRunFlags(
  program
    .command('explain')
    .description('everything about one package: claims, decision, paths, fix')
    .argument('<package>', 'name or name@version'),
  ['human', 'json'],
).action(async (wanted: string, flags: RunFlags) =>
  finish(await (await import('./commands/explain.ts')).explain(wanted, flags)),
)
addSharedFlags(
  program
    .command('notice')
    .description('the attribution file of what ships: every licence text with the packages under it'),
  NOTICE_FORMATS,
)
  .addOption(
    new Option('--include <kind>', 'list dependencies of development too, which do not ship').choices([
      'dev',
    ]),
  )
  .addHelpText('after', NOTICE_HELP)
  .action(async (flags: NoticeFlags) => finish(await (await import('./commands/notice.ts')).notice(flags)))
addAskingFlags(
  addPlaceFlags(
    program
      .command('clarify')
      .description('show the licence files of a package, and record in the policy what you read in them')
      .argument('<package>', 'name or name@version'),
  )
    .option('--license <expression>', 'what you read, as an SPDX expression')
    .option('--reason <text>', 'why you read it so, for whoever reads the report')
    .option('--file <path>', 'the file you read, inside the package (repeatable)', collectText)
    .option('--range <range>', 'versions it holds for (default: just the installed one)')
    .option('--dry-run', 'write nothing, only show what would change'),
)
  .addHelpText('after', CLARIFY_HELP)
  .action(async (wanted: string, flags: ClarifyFlags) =>
    finish(await (await import('./commands/clarify.ts')).clarify(wanted, flags)),
  )
addAskingFlags(
  addPlaceFlags(
    program
      .command('except')
      .description('write the exception that a refused package needs into the policy')
      .argument('<package>', 'name or name@version'),
  )
    .option('--reason <text>', 'why it is right, for whoever reads the report')
    .option('--owner <who>', 'who answers for it')
    .option('--expires <date>', 'last day on which it holds, YYYY-MM-DD (default: in 90 days)')
    .option('--allow <license>', 'allow this instead of what is missing (repeatable)', collectText)
    .option('--dry-run', 'write nothing, only show what would change'),
)
  .addHelpText('after', EXCEPT_HELP)
  .action(async (wanted: string, flags: ExceptFlags) =>
    finish(await (await import('./commands/except.ts')).except(wanted, flags)),
  )
addPolicyCommands(program, finish)
addReportFormats(
  program
    .command('report')
    .description('show a stored run (--format json=<file>) again, in any format')
    .argument('<file>', 'what --format json wrote')
    .option('-p, --project <folder>', 'folder of the project, for the places in annotations', '.'),
)
  .option('-o, --output <file>', 'write the report to a file instead of stdout')
  .option('-q, --quiet', 'only the verdict and the line of coverage')
  .option('--no-color', 'no colours')
  .action(async (file: string, flags: DeliveryFlags) =>
    finish(await (await import('./commands/report.ts')).report(file, flags)),
  )
program
  .command('rules')
  .description('what depgate objects to, or the page of one rule')
  .argument('[id]', 'a rule, such as license-not-allowed')
  .option('--no-color', 'no colours')
  .action(async (id: string | undefined, flags: { color: boolean }) =>
    finish(await (await import('./commands/rules.ts')).rules(id, flags)),
  )
addFetchFlags(
  program.command('fetch').description('warm the cache from the lockfile, before anything is installed'),
).action(async (flags: FetchFlags) => finish(await (await import('./commands/fetch.ts')).fetch(flags)))
addImportsFlags(
  program.command('imports').description('what the source files import: folders, packages, circles, a graph'),
).action(async (flags: ImportsFlags) => finish(await (await import('./commands/imports.ts')).imports(flags)))
addHistoryFlags(
  program.command('history').description('the runs that depgate audit has stored: list, show, prune, export'),
).action(async (action: HistoryAction, what: string | undefined, flags: HistoryFlags) =>
  finish(await (await import('./commands/history.ts')).history(action, what, flags)),
)
program
  .command('cache')
  .description('look after the disk cache')
  .addArgument(new Argument('<action>', 'what to do').choices(['info', 'verify', 'clear']))
  .option('-p, --project <folder>', 'folder with the package.json', '.')
  .addOption(cacheDirectoryOption())
  .action(async (action: 'info' | 'verify' | 'clear', flags: { project: string; cacheDir?: string }) =>
    finish(await (await import('./commands/cache.ts')).cache(action, flags)),
  )

optimiseLate()

try {
  await program.parseAsync(withDefaultCommand(process.argv.slice(2)), { from: 'user' })
} catch (error) {
  if (error instanceof CommanderError) finish(error.exitCode === 0 ? EXIT_CODE.pass : EXIT_CODE.usage)
  await internalError(error)
}

/** Without a command it is `check`; done here, so that a misspelt command is named and not taken for an argument. */
function withDefaultCommand(args: string[]): string[] {
  const [first] = args
  const isOfProgram = first !== undefined && ['-h', '--help', '-V', '--version'].includes(first)
  return first === undefined || (first.startsWith('-') && !isOfProgram) ? ['check', ...args] : args
}

async function internalError(error: unknown): Promise<never> {
  const reason = error instanceof Error ? error.message : String(error)
  const trace = process.env['DEPGATE_DEBUG'] === '1' && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  const runId: unknown = program.getOptionValue(RUN_ID)
  await printProblem(
    `internal error: ${reason}${trace}\n` +
      'This is a bug of depgate, not a verdict. Please report it with the version ' +
      `(${TOOL_VERSION}) and the output of the same command with DEPGATE_DEBUG=1.`,
    typeof runId === 'string' ? { runId } : {},
  )
  return finish(EXIT_CODE.internal)
}

/** `depgate check`: judge the whole tree and report. */
import { EXIT_CODE } from '#model/exit-code'
import { loadReporter } from '#reporters/reporter'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { print, printError, terminalWidth, wantsColor, writeReport } from '../terminal.ts'
import { runForTerminal } from '../run-for-terminal.ts'

/** Runs the check; resolves to the exit code. */
export async function check(flags: RunFlags): Promise<number> {
  const outcome = await runForTerminal(runOptions(flags, 'check'), flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const reporter = await loadReporter(flags.format)
  const toFile = flags.output !== undefined
  const text = reporter(outcome.report, {
    width: terminalWidth(),
    color: !toFile && wantsColor(flags.color),
    quiet: flags.quiet === true,
  })
  if (flags.output === undefined) {
    await print(text)
    return outcome.exitCode
  }
  const error = writeReport(flags.output, text)
  if (error === undefined) return outcome.exitCode
  await printError(`depgate: ${error}\n`)
  // A verdict nobody can read is no pass; a violation stays one.
  return outcome.exitCode === EXIT_CODE.pass ? EXIT_CODE.usage : outcome.exitCode
}

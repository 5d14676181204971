/** `depgate check`: judge the whole tree and report. */
import type { ExitCode } from '#model/exit-code'
import { loadReporter, reportText } from '#reporters/reporter'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { deliver, terminalWidth, wantsColor } from '../terminal.ts'
import type { OwnSpeedFlags } from '../own-speed.ts'
import { runForTerminal } from '../run-for-terminal.ts'

/** Runs the check; resolves to the exit code. */
export async function check(flags: RunFlags & OwnSpeedFlags): Promise<ExitCode> {
  const outcome = await runForTerminal(runOptions(flags, 'check'), flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const { format } = flags
  const reporter = await loadReporter(format)
  const text = await reportText(
    outcome.report,
    { format, reporter },
    {
      width: terminalWidth(),
      color: wantsColor(flags),
      quiet: flags.quiet === true,
    },
  )
  const exitCode = await deliver(text, flags, outcome.exitCode)
  if (flags.saveBaseline === undefined && flags.against === undefined) return exitCode
  const { judgeOwnSpeed } = await import('../own-speed.ts')
  return judgeOwnSpeed(outcome.report, flags, exitCode)
}

/** `depgate check`: judge the whole tree and report. */
import type { ExitCode } from '#model/exit-code'
import { deliverReport, refuseFormats } from '../deliver-report.ts'
import { runOptions } from '../options.ts'
import type { ReportFlags } from '../options.ts'
import type { OwnSpeedFlags } from '../own-speed.ts'
import { runForTerminal } from '../run-for-terminal.ts'

/** Runs the check; resolves to the exit code. */
export async function check(flags: ReportFlags & OwnSpeedFlags): Promise<ExitCode> {
  const refused = await refuseFormats(flags)
  if (refused !== undefined) return refused
  const outcome = await runForTerminal(runOptions(flags, 'check'), flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const exitCode = await deliverReport(outcome.report, flags, outcome.exitCode)
  if (flags.saveBaseline === undefined && flags.against === undefined) return exitCode
  const { judgeOwnSpeed } = await import('../own-speed.ts')
  return judgeOwnSpeed(outcome.report, flags, exitCode)
}

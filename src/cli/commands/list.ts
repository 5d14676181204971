/** `depgate list`: every package with its licence; works without a policy. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { packageList } from '#reporters/list'
import { loadReporter, reportText } from '#reporters/reporter'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { deliver, terminalWidth, wantsColor } from '../terminal.ts'

/** Prints the list; exit code 3 if a part of the tree could not be read or heard, else 0. */
export async function list(flags: RunFlags): Promise<ExitCode> {
  const outcome = await runForTerminal({ ...runOptions(flags, 'list'), policyOptional: true }, flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report } = outcome
  const style = { width: terminalWidth(), color: wantsColor(flags), quiet: flags.quiet === true }
  const { format } = flags
  const reporter = format === 'human' ? packageList : await loadReporter(format)
  const text = await reportText(report, { format, reporter }, style)
  const complete = report.findings.every((finding) => finding.verdict !== 'incomplete')
  return deliver(text, flags, complete ? EXIT_CODE.pass : EXIT_CODE.incomplete)
}

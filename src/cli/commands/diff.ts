/** `depgate diff`: judge what a change brings in, by the policy of the base it goes to. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { RunOutcome } from '../../run.ts'
import { runDiff } from '../../run/diff-run.ts'
import { deliverReport, refuseFormats } from '../deliver-report.ts'
import type { DiffFlags } from '../diff-flags.ts'
import { runOptions } from '../options.ts'
import { onTerminal } from '../run-for-terminal.ts'
import { printError } from '../terminal.ts'

/** Compares with `base` and judges; resolves to the exit code. */
export async function diff(base: string | undefined, flags: DiffFlags): Promise<ExitCode> {
  if ((base === undefined) !== (flags.sinceRelease === true)) {
    await printError(
      'depgate: diff compares with one base\n' +
        '  fix: Name it, such as `depgate diff origin/main`, or say --since-release.\n',
    )
    return EXIT_CODE.usage
  }
  const refused = await refuseFormats(flags)
  if (refused !== undefined) return refused
  const outcome = await onTerminal<Extract<RunOutcome, { kind: 'report' }>>(flags, (terminal) =>
    runDiff({
      ...runOptions(flags, 'diff'),
      ...terminal,
      base: base ?? { release: true },
      mergeBase: flags.mergeBase,
      allowPolicyChange: flags.allowPolicyChange === true,
    }),
  )
  if (outcome.kind === 'told') return outcome.exitCode
  return deliverReport(outcome.report, flags, outcome.exitCode)
}

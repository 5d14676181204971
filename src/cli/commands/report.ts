/** `depgate report <file>`: show a stored run again, in any format; asks nobody and judges nothing. */
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { displayLines } from '#reporters/display'
import { deliverReport, refuseFormats } from '../deliver-report.ts'
import type { DeliveryFlags } from '../deliver-report.ts'
import { readStoredReport } from '../stored-report.ts'
import { printError } from '../terminal.ts'

/** Delivers the report; the exit code is that of its verdict, 2 for a file that holds none. */
export async function report(file: string, flags: DeliveryFlags): Promise<ExitCode> {
  const refused = await refuseFormats(flags)
  if (refused !== undefined) return refused
  const stored = readStoredReport(file)
  if ('problem' in stored) {
    await printError(`depgate: ${displayLines(stored.problem).join('\n')}\n`)
    return EXIT_CODE.usage
  }
  return deliverReport(stored.report, flags, exitCodeOf(stored.report.verdict))
}

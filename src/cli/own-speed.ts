/** `--save-baseline` and `--against` of `check`: stores how fast a run was, or compares it with what was stored. */
import { resolve } from 'node:path'
import { readLinkedFile } from '#disk/safe-read'
import { compareSpeed, parseSpeed, speedOf } from '#metrics/regression'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { RunReport } from '#model/run-report'
import { referenceWork } from './reference-work.ts'
import { deliver, printError } from './terminal.ts'

/** The flags. */
export interface OwnSpeedFlags {
  saveBaseline?: string
  against?: string
}

/**
 * Does what the flags ask for after the report is out. A gate that got slower is told on stderr and turns a pass into
 * exit code 1; a baseline that cannot be read or written turns it into 2. Any other exit code is left alone.
 */
export async function judgeOwnSpeed(
  report: RunReport,
  { saveBaseline, against }: OwnSpeedFlags,
  exitCode: ExitCode,
): Promise<ExitCode> {
  const now = speedOf(report, referenceWork())
  if (now === undefined) {
    await printError('depgate: the run was cut short, so its speed is neither stored nor compared\n')
    return exitCode
  }
  const judged = against === undefined ? exitCode : await compare(against)
  if (saveBaseline === undefined) return judged
  return deliver(`${JSON.stringify(now, undefined, 2)}\n`, { output: saveBaseline }, judged)

  async function compare(file: string): Promise<ExitCode> {
    const read = readLinkedFile(resolve(file))
    const before = read.ok ? parseSpeed(read.bytes.toString('utf8')) : undefined
    if (before === undefined || now === undefined) {
      await printError(`depgate: ${file} holds no stored run; make one with --save-baseline ${file}\n`)
      return exitCode === EXIT_CODE.pass ? EXIT_CODE.usage : exitCode
    }
    const { verdict, message } = compareSpeed(before, now)
    await printError(`depgate: ${message}\n`)
    return verdict === 'slower' && exitCode === EXIT_CODE.pass ? EXIT_CODE.violation : exitCode
  }
}

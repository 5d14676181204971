/** Puts a report where it was asked for: each format to its file or to stdout, and the summary of the job. */
import { isAbsolute, normalize } from 'node:path'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { RunReport } from '#model/run-report'
import { loadReporter, reportText } from '#reporters/reporter'
import type { ReportStyle } from '#reporters/reporter'
import { resolveFormats } from './report-formats.ts'
import type { FormatRequest } from './report-formats.ts'
import { appendSummary, deliver, printProblem, terminalWidth, wantsColor } from './terminal.ts'

/** The flags of a command that delivers a report. */
export interface DeliveryFlags {
  /** Folder of the project as it was typed: places in annotations are shown from the current folder. */
  project: string
  format: FormatRequest[]
  output?: string
  quiet?: true
  color: boolean
  runId?: string
}

/** Checks what was asked for before anything is run; gives the exit code of a request that makes no sense, told already. */
export async function refuseFormats(flags: DeliveryFlags): Promise<ExitCode | undefined> {
  const resolved = resolveFormats(flags.format, flags.output)
  if (!('problem' in resolved)) return undefined
  await printProblem(resolved.problem, flags)
  return EXIT_CODE.usage
}

/** Writes the report in every format; the exit code is the one given unless something could not be written. */
export async function deliverReport(
  report: RunReport,
  flags: DeliveryFlags,
  exitCode: ExitCode,
): Promise<ExitCode> {
  const resolved = resolveFormats(flags.format, flags.output)
  if ('problem' in resolved) return EXIT_CODE.usage
  let code = exitCode
  for (const { format, file } of resolved.requests) {
    const target = {
      ...(file !== undefined && { output: file }),
      ...(file !== flags.output && { flag: `--format ${format}=<file>` }),
      ...(flags.runId !== undefined && { runId: flags.runId }),
    }
    const style = await styleOf(format, flags, file)
    const text = await reportText(report, { format, reporter: await loadReporter(format) }, style)
    code = await deliver(text, target, code)
    if (format === 'github') code = await writeSummary(report, flags, code)
  }
  return code
}

/** Formats that tell families of licences apart. */
const FAMILY_FORMATS = new Set<FormatRequest['format']>(['html', 'prometheus'])

async function styleOf(
  format: FormatRequest['format'],
  flags: DeliveryFlags,
  file: string | undefined,
): Promise<ReportStyle> {
  const folder = folderOf(flags.project)
  const pages = format === 'sarif' ? await import('./rule-pages.ts') : undefined
  const families = FAMILY_FORMATS.has(format) ? await import('#config/license-families') : undefined
  return {
    width: terminalWidth(),
    color: wantsColor(file === undefined ? flags : { color: flags.color, output: file }),
    quiet: flags.quiet === true,
    ...(folder !== undefined && { folder }),
    ...(pages !== undefined && { rulePage: pages.readRulePage }),
    ...(families !== undefined && { licenseFamily: families.licenseFamilies() }),
  }
}

/** The project's folder below the current one, with `/`; absent if it is that or lies elsewhere. */
function folderOf(project: string): string | undefined {
  const folder = normalize(project).replaceAll('\\', '/').replace(/\/+$/, '')
  return isAbsolute(project) || folder === '.' || folder === '..' || folder.startsWith('../')
    ? undefined
    : folder
}

/** The annotations hold ten findings of a level at most; the summary of the job has room for all. */
async function writeSummary(report: RunReport, flags: DeliveryFlags, exitCode: ExitCode): Promise<ExitCode> {
  const { summaryReport } = await import('#reporters/markdown')
  const problem = appendSummary(() => summaryReport(report))
  if (problem === undefined) return exitCode
  await printProblem(problem, flags)
  return exitCode === EXIT_CODE.pass ? EXIT_CODE.usage : exitCode
}

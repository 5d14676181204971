/** What a reporter is: a pure function from a report to text, found by the name of its format. */
import type { RunReport } from '#model/run-report'

/** How to show a report. */
export interface ReportStyle {
  /** Columns to wrap prose at. */
  width: number
  /** Whether ANSI colours may be used; every meaning is in the words too. */
  color: boolean
  /** Only the verdict and the line of coverage. */
  quiet: boolean
}

/** Turns a report into the whole text of one format, with a line break at its end. */
export type Reporter = (report: RunReport, style: ReportStyle) => string

/** The formats there are. */
export const FORMATS = ['human', 'json', 'cyclonedx', 'spdx'] as const

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number]

/** The formats of an attribution file. */
export const NOTICE_FORMATS = ['text', 'markdown', 'json'] as const

/** One of {@link NOTICE_FORMATS}. */
export type NoticeFormat = (typeof NOTICE_FORMATS)[number]

/** The report in its format and, for people, what a run that measured itself cost. */
export async function reportText(
  report: RunReport,
  { format, reporter }: { format: Format; reporter: Reporter },
  style: ReportStyle,
): Promise<string> {
  const text = reporter(report, style)
  if (format !== 'human' || report.metrics === undefined || style.quiet) return text
  return text + (await import('./metrics-table.ts')).metricsTable(report.metrics, style)
}

/** Loads the reporter of a format when it is needed. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'human':
      return (await import('./terminal.ts')).terminalReport
    case 'json':
      return (await import('./json.ts')).jsonReport
    case 'cyclonedx':
      return (await import('./cyclonedx.ts')).cyclonedxReport
    case 'spdx':
      return (await import('./spdx.ts')).spdxReport
  }
}

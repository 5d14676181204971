/** What a reporter is: a pure function from a report to text, found by the name of its format. */
import type { RuleId } from '#model/finding'
import type { LicenseFamily } from '#model/license-family'
import type { RunReport } from '#model/run-report'

/** How to show a report. */
export interface ReportStyle {
  /** Columns to wrap prose at. */
  width: number
  /** Whether ANSI colours may be used; every meaning is in the words too. */
  color: boolean
  /** Only the verdict and the line of coverage. */
  quiet: boolean
  /** The project's folder below the one that readers of the report see as the root; absent if they are the same. */
  folder?: string
  /** Gives the Markdown page of a rule; absent where pages are out of reach. */
  rulePage?: (id: RuleId) => string
  /** Gives the family of an SPDX expression; absent where families are out of reach. */
  licenseFamily?: (license: string) => LicenseFamily
}

/** Turns a report into the whole text of one format, with a line break at its end. */
export type Reporter = (report: RunReport, style: ReportStyle) => string

/** The formats there are. */
export const FORMATS = [
  'human',
  'json',
  'sarif',
  'junit',
  'github',
  'markdown',
  'codeclimate',
  'cyclonedx',
  'spdx',
  'html',
  'prometheus',
] as const

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number]

/** The formats of a list of packages. */
export const LIST_FORMATS = ['human', 'json', 'cyclonedx', 'spdx'] as const satisfies readonly Format[]

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
    case 'sarif':
      return (await import('./sarif.ts')).sarifReport
    case 'junit':
      return (await import('./junit.ts')).junitReport
    case 'github':
      return (await import('./github.ts')).githubReport
    case 'markdown':
      return (await import('./markdown.ts')).markdownReport
    case 'codeclimate':
      return (await import('./codeclimate.ts')).codeclimateReport
    case 'cyclonedx':
      return (await import('./cyclonedx.ts')).cyclonedxReport
    case 'spdx':
      return (await import('./spdx.ts')).spdxReport
    case 'html':
      return (await import('./html/page.ts')).htmlReport
    case 'prometheus':
      return (await import('./prometheus.ts')).prometheusReport
  }
}

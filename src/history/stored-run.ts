/** What is kept of a run: its report, but for what is larger than it is worth. */
import { createHash } from 'node:crypto'
import { isRunReport } from '#model/report-shape'
import type { PackageReport, RunReport } from '#model/run-report'

/** A stored run, read again. */
export interface StoredRun {
  /** Without the integrities of packages, and without the runs before it. */
  report: RunReport
  /** What the integrities were, as {@link integrityMarks} has them: one list for each package. */
  marks: string[][]
}

/**
 * Short digests of a package's integrities, to tell whether they have changed: the integrities themselves cannot be
 * compressed, stand in the lockfile, and would take more room than all the rest of a run.
 */
export function integrityMarks({ integrity }: Pick<PackageReport, 'integrity'>): string[] {
  return integrity.map((hash) => createHash('sha256').update(hash).digest('base64url').slice(0, 16))
}

/** The run as JSON text. */
export function printRun(report: RunReport): string {
  const stored: StoredRun = {
    report: {
      ...report,
      packages: report.packages.map((entry) => ({ ...entry, integrity: [] })),
      ...(report.audit && { audit: { ...report.audit, trend: [] } }),
    },
    marks: report.packages.map(integrityMarks),
  }
  return JSON.stringify(stored)
}

/** The run in such a text; undefined for anything else, however it came to be there. */
export function parseRun(text: string): StoredRun | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { report, marks }: { report?: unknown; marks?: unknown } = value
  if (!isRunReport(report) || !isMarks(marks) || marks.length !== report.packages.length) return undefined
  return { report, marks }
}

function isMarks(value: unknown): value is string[][] {
  return (
    Array.isArray(value) &&
    value.every((entry) => Array.isArray(entry) && entry.every((mark: unknown) => typeof mark === 'string'))
  )
}

/** Reads a stored run: the file that `--format json` wrote, believed only as far as its shape. */
import { isRunReport, reportProblem, schemaVersionOf } from '#model/report-shape'
import { REPORT_SCHEMA_VERSION } from '#model/run-report'
import type { RunReport } from '#model/run-report'
import { readLinkedFile } from '#disk/safe-read'

/** Far more than the report of the largest tree. */
const MAX_BYTES = 256 * 1024 * 1024

const UNREAD = {
  absent: 'does not exist',
  link: 'cannot be read',
  'not-a-file': 'is no file',
  'too-large': 'is larger than any report',
  denied: 'cannot be read',
} as const

const HOW = '`depgate --format json=run.json` writes such a file.'

/** The report, or the sentence that says why the file holds none. */
export function readStoredReport(file: string): { report: RunReport } | { problem: string } {
  const read = readLinkedFile(file, MAX_BYTES)
  if (!read.ok) return refuse(file, UNREAD[read.reason], HOW)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes))
  } catch {
    const end = read.bytes.subarray(-200).toString('latin1').trimEnd()
    const cut = read.bytes.length > 0 && !end.endsWith('}')
    return refuse(file, cut ? 'is no whole JSON: its end is missing' : 'is no JSON', HOW)
  }
  const version = schemaVersionOf(value)
  if (version !== undefined && version > REPORT_SCHEMA_VERSION) {
    return refuse(
      file,
      `was written by a newer depgate (schemaVersion ${version}, this one reads ${REPORT_SCHEMA_VERSION})`,
      'Render it with the version of depgate that wrote it, or a later one.',
    )
  }
  if (isRunReport(value)) return { report: value }
  return refuse(file, `is no report of a run: ${reportProblem(value) ?? ''}`, HOW)
}

function refuse(file: string, why: string, fix: string): { problem: string } {
  return { problem: `${file} ${why}\n  fix: ${fix}` }
}

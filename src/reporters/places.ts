/** Where a finding is shown: the place it names, seen from the folder in which reports are read. */
import type { Finding } from '#model/finding'
import type { ReportStyle } from './reporter.ts'

/** A place that every viewer can show. */
export interface Place {
  /** Path with `/`, below the folder that the reader sees as the root. */
  file: string
  /** 1-based. */
  line: number
  /** 1-based, in UTF-16 units. */
  column?: number
}

/** The place of a finding; package.json where it names none, because every finding has to be somewhere. */
export function placeOf({ location }: Finding, style: Pick<ReportStyle, 'folder'>): Place {
  const { file, line = 1, column } = location ?? { file: 'package.json' }
  const place = { file: inFolder(file, style), line: Math.max(1, line) }
  return column === undefined || column < 1 ? place : { ...place, column }
}

/** A path below the project, seen from the folder that the reader sees as the root. */
export function inFolder(file: string, { folder }: Pick<ReportStyle, 'folder'>): string {
  const below = file.replace(/^(?:\.?\/)+/, '')
  const path = below === '' ? 'package.json' : below
  return folder === undefined ? path : `${folder}/${path}`
}

/** Findings with those that fail the run first and those that a baseline knows last, else in their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b))
}

function rankOf({ severity, known }: Finding): number {
  if (severity === 'deny') return 0
  return known === undefined ? 1 : 2
}

/** Names each finding for good: its fingerprint, with a number behind it where several share one. */
export function uniqueFingerprints(findings: readonly Finding[]): Map<Finding, { id: string; nth: number }> {
  const seen = new Map<string, number>()
  return new Map(
    findings.map((finding) => {
      const nth = (seen.get(finding.fingerprint) ?? 0) + 1
      seen.set(finding.fingerprint, nth)
      return [finding, { id: nth === 1 ? finding.fingerprint : `${finding.fingerprint}-${nth}`, nth }]
    }),
  )
}

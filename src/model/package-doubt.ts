/** Tells whether a package ships a licence file that nobody knows, so that its fields alone must not be taken at their word. */
import type { PackageReport } from './run-report.ts'

/** The files that stand against what the fields declare; none if a person has read them, or if the licence is its owner's own. */
export function doubtfulFiles({ conclusion, license, claims }: PackageReport): string[] {
  if (conclusion === 'clarified' || license?.includes('LicenseRef-') === true) return []
  return claims.flatMap(({ reason, text }) =>
    reason === 'unknown-text' && text?.role === 'package' ? [text.file] : [],
  )
}

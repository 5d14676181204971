/** Rule: a version has another integrity than before, although a published version never changes. */
import type { PackageChange } from '#model/change'
import type { Finding, Location } from '#model/finding'
import { deny } from '../make-finding.ts'

/** Hashes on one side only, of an algorithm that both sides have. */
export interface IntegrityChange {
  before: readonly string[]
  after: readonly string[]
}

/** The change gives a version another content. */
export function changedIntegrity(
  id: string,
  { path }: PackageChange,
  { before, after }: IntegrityChange,
  location: Location | undefined,
): Finding {
  return deny('integrity-changed', 'violation', {
    package: id,
    subject: 'integrity',
    message: `${id} has another integrity than before, and its version is the same`,
    fix: 'Take the entry of the base back, and find out who changed it: a published version never changes.',
    path,
    location,
    details: [...before.map((hash) => `before: ${hash}`), ...after.map((hash) => `after: ${hash}`)],
  })
}

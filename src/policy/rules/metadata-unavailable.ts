/** Rule: a witness could not be heard, so nothing can be said yet. */
import type { Finding } from '#model/finding'
import type { Failure, FailureCode } from '#model/outcome'
import { deny } from '../make-finding.ts'

const AGAIN = 'Run again: what was obtained is kept, and the next run goes on from there.'

const FIXES: Partial<Record<FailureCode, string>> = {
  offline: 'Run once without --offline.',
  unauthorized: 'Give the registry a valid token in your own npmrc, for example with npm login.',
  'not-installed': 'Install the project with npm ci.',
  'package-json-unreadable': 'Install the project anew with npm ci.',
  'outside-project': 'Install the project anew with npm ci.',
  'invalid-name': 'Correct the name or version in the lockfile: no registry can be asked for it.',
  'insecure-registry': 'Use a registry with https.',
  'untrusted-registry': 'Set the registry in your own npmrc: that of a project is not trusted.',
}

/** A `metadata-unavailable` finding; `failure.message` is completed with the package's id where it lacks it. */
export function metadataUnavailable(id: string, failure: Failure, path: string[]): Finding {
  return deny('metadata-unavailable', 'incomplete', {
    package: id,
    subject: failure.code,
    message: failure.message.includes(id) ? failure.message : `${id}: ${failure.message}`,
    fix: failure.fix ?? FIXES[failure.code] ?? AGAIN,
    path,
    details: failure.details,
  })
}

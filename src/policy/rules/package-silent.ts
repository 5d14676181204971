/** Rule: a package has had no release for longer than the policy allows. */
import type { Finding } from '#model/finding'
import type { ForecastRules } from '#model/policy'
import { raise } from '../make-finding.ts'
import type { Outlook } from '../outlook.ts'

const YEAR_MS = 365 * 86_400_000

/** A finding for a package without a release. */
export function packageSilent(
  { package: { id, name, paths }, entry: { silentSince }, newest }: Outlook,
  { silent, silentAfterMs }: Pick<ForecastRules, 'silent' | 'silentAfterMs'>,
): Finding[] {
  if (silentSince === undefined) return []
  return raise('package-silent', silent, {
    package: id,
    subject: 'silent',
    message: `${name} has had no release since ${newest} of ${silentSince.slice(0, 10)}, longer than ${duration(silentAfterMs)}`,
    fix: 'See whether anybody still looks after it, and what would take its place.',
    path: paths[0],
  })
}

/** `3 years`, `400 days`. */
function duration(ms: number): string {
  const [count, unit] = ms % YEAR_MS === 0 ? [ms / YEAR_MS, 'year'] : [Math.floor(ms / 86_400_000), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Says where a dump of advisories that somebody named was of no use, although others answered in its place. */
import type { AdvisoryReport } from '#model/audit'
import type { Warning } from '#model/run-report'

/**
 * A warning where a dump was named and could not be used, or not wholly. Where that leaves packages open, a finding says so
 * already.
 */
export function advisoryWarnings(advisories: AdvisoryReport | undefined, wasNamed: boolean): Warning[] {
  const problem = advisories?.sources.find(({ name }) => name === 'osv')?.problem
  if (!wasNamed || advisories?.status !== 'complete' || problem === undefined) return []
  const message = `What --osv names was of no use, or not all of it, and others told of all packages: ${problem}`
  return [{ code: 'advisories-dump', message }]
}

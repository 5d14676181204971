/** Takes out of a report what may differ between two runs over the same facts; everything else must be equal. */
import type { RunReport } from '#model/run-report'

/** Today's date in a ready exception: two runs may have midnight between them. */
const DATE = /"expires": "\d{4}-\d{2}-\d{2}"/g

/** The judgement of a run: times, traffic, warnings and where a claim was kept are left out. */
export function judgementOf({
  verdict,
  inputs,
  coverage,
  packages,
  firstParty,
  findings,
}: RunReport): unknown {
  return {
    verdict,
    inputs,
    coverage,
    firstParty,
    packages: packages.map(({ claims, ...entry }) => ({
      ...entry,
      claims: claims.map(({ at: _at, from: _from, ...claim }) => claim),
    })),
    findings: findings.map(({ fix, ...finding }) => ({
      ...finding,
      fix: fix?.replaceAll(DATE, '"expires": ""'),
    })),
  }
}

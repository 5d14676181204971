/** Compares two reports of the same tree, apart from times and from where the evidence came from. */
import type { RunReport } from '#model/run-report'

/** Where two reports first differ, in words; undefined if they say the same. */
export function firstDifference(a: RunReport, b: RunReport): string | undefined {
  for (const part of ['verdict', 'inputs', 'coverage', 'findings', 'firstParty'] as const) {
    if (JSON.stringify(a[part]) !== JSON.stringify(b[part])) return part
  }
  if (a.packages.length !== b.packages.length) return 'the number of packages'
  const index = a.packages.findIndex((entry, at) => comparable(entry) !== comparable(b.packages[at]))
  return a.packages[index]?.id
}

function comparable(entry: RunReport['packages'][number] | undefined): string {
  const claims = entry?.claims.map(({ at: _at, from: _from, ...claim }) => claim)
  return JSON.stringify({ ...entry, claims })
}

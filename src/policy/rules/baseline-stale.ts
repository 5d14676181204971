/** Rule: an entry of the baseline knows a finding that is gone. */
import type { PlacedEntry } from '#model/baseline'
import type { Finding } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { identityText } from '../baseline.ts'
import { raise } from '../make-finding.ts'
import { entrySubject } from '../policy-entry.ts'

/** An entry that knows nothing of what the run found. */
export function staleEntry(entry: PlacedEntry, severity: RuleSeverity): Finding[] {
  return raise('baseline-stale', severity, {
    subject: entrySubject(entry.package ?? '', [
      entry.rule,
      entry.license ?? '',
      ...(entry.subject === undefined ? [] : [entry.subject]),
    ]),
    message: `the baseline knows ${identityText(entry)}, and there is no such finding any more`,
    fix: 'Run depgate baseline --update, which removes it.',
    location: entry.location,
  })
}

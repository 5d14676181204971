/** The shape of a finding in a report. */
import { RULE_IDS } from './finding.ts'
import type { Finding, KnownFinding, Location } from './finding.ts'
import { count, day, list, oneOf, optional, shape, text } from './shape.ts'

/** One of the four verdicts. */
export const verdict = oneOf(['pass', 'violation', 'unknown', 'incomplete'])

/** A {@link Location}. */
export const location = shape<Location>({ file: text, line: optional(count), column: optional(count) })

/** A {@link Finding}. */
export const findingShape = shape<Finding>({
  rule: oneOf(RULE_IDS),
  severity: oneOf(['deny', 'warn']),
  verdict,
  package: optional(text),
  message: text,
  path: list(text),
  fix: optional(text),
  fingerprint: text,
  location: optional(location),
  license: optional(text),
  subject: optional(text),
  known: optional(shape<KnownFinding>({ since: day, reason: text, expires: optional(day) })),
  details: optional(list(text)),
  owners: optional(list(text)),
})

/** The shape of the part of a policy file that is about known vulnerabilities. */
import * as v from 'valibot'
import { ADVISORY_SEVERITIES } from '#model/audit'
import { choice, closed, duration, list, packageSpec, reason, severity, text } from './schema-parts.ts'
import { ADVISORY_ID, advisoryIdProblem, dateProblem } from './value-checks.ts'

const ignored = closed({
  id: v.pipe(
    text(100, advisoryIdProblem),
    v.metadata({ pattern: ADVISORY_ID.source }),
    v.description('Any id of the advisory, such as "GHSA-35jh-r3h4-6jhm" or "CVE-2021-23337".'),
  ),
  package: v.exactOptional(packageSpec),
  reason,
  expires: v.pipe(
    text(10, dateProblem),
    v.metadata({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` }),
    v.description('Last day on which it holds, YYYY-MM-DD in UTC.'),
  ),
})

/** Rules about known vulnerabilities. */
export const advisories = closed({
  level: v.exactOptional(
    v.pipe(
      choice(ADVISORY_SEVERITIES, 'a severity', 'Write "low", "moderate", "high" or "critical".'),
      v.description('From this severity on an advisory fails the run; what is below is only shown.'),
    ),
    'high',
  ),
  ignore: v.exactOptional(
    v.pipe(list(ignored, 2000), v.description('Advisories that are let pass until a date.')),
    [],
  ),
  maxAge: v.exactOptional(
    v.pipe(
      duration('1h', '3650d'),
      v.description('How old a source may be and still say that there is nothing.'),
    ),
    '7d',
  ),
  unavailable: severity('Nobody could be asked about known vulnerabilities of some packages.', 'warn'),
})

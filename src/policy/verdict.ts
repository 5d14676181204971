/** Verdicts: the worst one wins, and `pass` has to be proven. */
import type { Witness } from '#model/claim'
import type { Finding, Verdict } from '#model/finding'

/** A licence that somebody states, weighed against the policy. */
export interface Weighed {
  /** Who states it; a clarification is nobody's claim. */
  witness: Witness | 'clarification'
  allowed: boolean
}

type Allowed = Weighed & { allowed: true }

/** At least one statement, and every one of them allowed; only {@link evidenceFrom} makes it. */
export type Evidence = readonly [Allowed, ...Allowed[]]

/** The proof that a package may be used, if every witness that is needed made a statement and all are allowed. */
export function evidenceFrom(
  statements: readonly Weighed[],
  needed: Iterable<Weighed['witness']>,
): Evidence | undefined {
  const [first, ...others] = statements
  if (first === undefined || !isAllowed(first) || !others.every(isAllowed)) return undefined
  for (const witness of needed) {
    if (!statements.some((statement) => statement.witness === witness)) return undefined
  }
  return [first, ...others]
}

/** The verdict of a package: what its findings say, and `pass` only without any objection and with evidence. */
export function packageVerdict(findings: readonly Finding[], evidence: Evidence | undefined): Verdict {
  return worstVerdict(findings) ?? (evidence === undefined ? 'incomplete' : 'pass')
}

/** The worst verdict that findings lead to; undefined if none of them objects. */
export function worstVerdict(findings: readonly Finding[]): Exclude<Verdict, 'pass'> | undefined {
  const verdicts = new Set<Verdict>()
  for (const { severity, verdict } of findings) {
    // A denial that says `pass` contradicts itself; it must not get through as one.
    if (severity === 'deny') verdicts.add(verdict === 'pass' ? 'violation' : verdict)
  }
  return worstOf(verdicts)
}

/** violation before unknown before incomplete. */
export function worstOf(verdicts: ReadonlySet<Verdict>): Exclude<Verdict, 'pass'> | undefined {
  for (const verdict of ['violation', 'unknown', 'incomplete'] as const) {
    if (verdicts.has(verdict)) return verdict
  }
  return undefined
}

function isAllowed(statement: Weighed): statement is Allowed {
  return statement.allowed
}

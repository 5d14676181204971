/** The exit codes of depgate, all of them, and how a verdict becomes one. */
import type { Verdict } from './finding.ts'

/** What the process says to its caller. */
export const EXIT_CODE = {
  pass: 0,
  /** A violation, or a licence unknown on complete evidence. */
  violation: 1,
  /** Wrong usage or a wrong configuration. */
  usage: 2,
  /** Could not check: deadline, registry, breaker, an answer that is garbage, no trustworthy tree. */
  incomplete: 3,
  /** A bug of depgate's own. */
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const

/** One of {@link EXIT_CODE}. */
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE]

/** The exit code of a run's verdict. */
export function exitCodeOf(verdict: Verdict): ExitCode {
  switch (verdict) {
    case 'pass':
      return EXIT_CODE.pass
    case 'violation':
    case 'unknown':
      return EXIT_CODE.violation
    case 'incomplete':
      return EXIT_CODE.incomplete
  }
}

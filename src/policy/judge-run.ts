/** Judges what concerns the run as a whole: the tree, the entries of the policy, and the verdict of all together. */
import type { Finding, Verdict } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import type { Failure } from '#model/outcome'
import type { Policy } from '#model/policy'
import { isLapsed } from './grounds.ts'
import { deny, warn } from './make-finding.ts'
import type { Matter } from './make-finding.ts'
import { worstOf, worstVerdict } from './verdict.ts'

export { metadataUnavailable } from './unavailable.ts'

/** Indexes of the policy's entries that mattered to some package. */
export interface UsedEntries {
  exceptions: ReadonlySet<number>
  clarifications: ReadonlySet<number>
}

/** What a run can say about entries that were not used. */
export interface RunExtent {
  /** Epoch milliseconds. */
  now: number
  /** Every package was heard. */
  complete: boolean
  /** Only a part of the tree was asked for. */
  narrowed: boolean
}

/** The findings of a tree's problems. */
export function judgeTree(problems: readonly TreeProblem[]): Finding[] {
  return problems.map((problem) => {
    const matter = {
      package: problem.package,
      // Two dependents can miss the same package.
      subject: problem.path?.at(-1) ?? '',
      message: problem.message,
      path: problem.path,
    }
    return treeFinding(problem, matter)
  })
}

function treeFinding({ type, fix }: TreeProblem, matter: Matter): Finding {
  switch (type) {
    case 'missing':
      return deny('dependency-missing', 'incomplete', {
        ...matter,
        fix: fix ?? 'Install the project with npm ci.',
      })
    case 'missing-peer':
      return warn('peer-missing', { ...matter, fix: fix ?? 'Add the peer dependency to package.json.' })
    case 'invalid':
      return warn('dependency-invalid', { ...matter, fix: fix ?? 'Install the project anew with npm ci.' })
    case 'extraneous':
      return warn('package-extraneous', { ...matter, fix: fix ?? 'Remove it with npm prune.' })
    case 'no-lockfile':
      return warn('no-lockfile', {
        ...matter,
        fix: fix ?? 'Make a lockfile with npm install --package-lock-only.',
      })
    case 'not-confirmed':
      return deny('tree-not-confirmed', 'incomplete', {
        ...matter,
        fix: 'Run once with --deadline 5m; after that, runs are warm.',
      })
  }
}

/** The finding that no tree can be trusted. */
export function untrustedTree(failure: Failure): Finding {
  const { code, message, fix, details } = failure
  return deny('tree-untrusted', 'incomplete', { subject: code, message, fix, details })
}

/** Warnings about entries of the policy: lapsed ones that nothing needed, and unused ones if the run can know. */
export function judgePolicyUse(
  { licenses }: Pick<Policy, 'licenses'>,
  used: UsedEntries,
  { now, complete, narrowed }: RunExtent,
): Finding[] {
  const seesAll = complete && !narrowed
  const exceptions = licenses.exceptions.flatMap((exception, index) => {
    if (used.exceptions.has(index)) return []
    const name = `the exception for "${exception.package.text}"`
    const matter = {
      subject: entrySubject(exception.package.text, exception.allow),
      location: exception.location,
    }
    if (isLapsed(exception, now)) {
      const message = `${name} lapsed on ${exception.expires}`
      return [
        warn('exception-lapsed', { ...matter, message, fix: 'Remove it: nothing needs it in this run.' }),
      ]
    }
    const message = `${name} is not needed by any package`
    return seesAll ? [warn('exception-unused', { ...matter, message, fix: 'Remove it.' })] : []
  })
  const clarifications = licenses.clarify.flatMap((clarification, index) => {
    if (!seesAll || used.clarifications.has(index)) return []
    const { text } = clarification.package
    return warn('clarification-unused', {
      subject: entrySubject(
        text,
        clarification.files.flatMap(({ file, sha256 }) => [file, sha256]),
      ),
      message: `the clarification for "${text}" matches no package`,
      fix: 'Remove it.',
      location: clarification.location,
    })
  })
  return [...exceptions, ...clarifications]
}

/** The verdict of a run: violation before unknown before incomplete before pass. */
export function runVerdict(packages: readonly Verdict[], findings: readonly Finding[]): Verdict {
  const own = worstVerdict(findings)
  return worstOf(new Set(own === undefined ? packages : [...packages, own])) ?? 'pass'
}

function entrySubject(spec: string, rest: string[]): string {
  return [spec, ...rest].join('\n')
}

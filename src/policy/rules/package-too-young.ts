/** Rule: a version that was published less than the minimum age ago. */
import type { Finding } from '#model/finding'
import { fail } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import type { PackageFacts } from '../package-facts.ts'

/** A finding for a version that is too young, or whose age nobody tells. Silent without a minimum age. */
export function tooYoung({ facts, policy, place }: Case): Finding[] {
  const { minimumAgeMs } = policy.packages
  if (minimumAgeMs === 0) return []
  const published = facts.published ?? unasked(facts)
  if (published === undefined) return []
  if (!published.ok) {
    const { code, message, fix } = published.failure
    return [unchecked(facts, code, message, fix ?? 'Run again: what was obtained is kept.')]
  }
  if (published.value === 'none') {
    const fix = 'Use a registry that gives the time of each version, or remove packages.minimumAge.'
    return [unchecked(facts, 'none', 'the registry does not say when it was published', fix)]
  }
  const oldEnoughAt = published.value + minimumAgeMs
  if (oldEnoughAt <= place.now) return []
  return [
    deny('package-too-young', 'violation', {
      ...about(facts, 'young'),
      message: `${facts.id} was published on ${minute(published.value)} and is younger than ${duration(minimumAgeMs)}`,
      fix: `Wait until ${minute(oldEnoughAt)}, or use an older version.`,
    }),
  ]
}

/** A registry that was heard and not asked for the time leaves the age open; one that was not heard is told of already. */
function unasked({ id, claims }: PackageFacts): Outcome<never> | undefined {
  const heard = claims.some(({ witness, failure }) => witness === 'registry' && failure === undefined)
  return heard ? fail('unreachable', `the registry was not asked when ${id} was published`) : undefined
}

function unchecked(facts: PackageFacts, subject: string, why: string, fix: string): Finding {
  const message = `${facts.id} has an age that could not be checked: ${why}`
  return deny('package-too-young', 'incomplete', { ...about(facts, subject), message, fix })
}

/** `2026-11-21 12:00 UTC`; a time that no calendar holds stays a number. */
function minute(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return String(time)
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** In the largest unit that divides it: `3 days`, `36 hours`, `90 seconds`. */
function duration(ms: number): string {
  const [count, unit] =
    ms % 86_400_000 === 0
      ? [ms / 86_400_000, 'day']
      : ms % 3_600_000 === 0
        ? [ms / 3_600_000, 'hour']
        : [ms / 1000, 'second']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

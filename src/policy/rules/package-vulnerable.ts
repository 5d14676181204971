/** Rule: a version with a known vulnerability. */
import type { AdvisoryMatch } from '#model/audit'
import type { Finding } from '#model/finding'
import type { AdvisoryRules, IgnoredAdvisory } from '#model/policy'
import { isAtLeast } from '../advisory-severity.ts'
import { deny, warn } from '../make-finding.ts'

/** Longest part of a source's words in a message. */
const MAX_WORDS = 200

/** What else a finding about a vulnerability is written from. */
export interface VulnerableCase {
  /** Ids from a root down to the package. */
  path: string[]
  /** Name of the package without its version. */
  name: string
  /** An entry of the policy that would ignore it, had it not passed its date. */
  lapsed: IgnoredAdvisory | undefined
  /** Path of the policy file. */
  policyFile: string
  /** Last day that is proposed for an entry that ignores it. */
  until: string
}

/** A denial from the policy's level on, else a warning. */
export function vulnerable(match: AdvisoryMatch, { level }: AdvisoryRules, about: VulnerableCase): Finding {
  const matter = {
    package: match.package,
    subject: match.id,
    path: about.path,
    message: messageOf(match, about.lapsed),
    fix: fixOf(match, about),
    details: [
      `affected: ${match.range}`,
      ...(match.aliases.length > 0 ? [`also known as ${match.aliases.join(', ')}`] : []),
      ...(match.url === undefined ? [] : [match.url]),
    ],
  }
  return isAtLeast(match.severity, level)
    ? deny('package-vulnerable', 'violation', matter)
    : warn('package-vulnerable', matter)
}

function messageOf(match: AdvisoryMatch, lapsed: IgnoredAdvisory | undefined): string {
  const words = match.title.replaceAll(/\s+/g, ' ').trim()
  const title = words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words
  const severity = match.severity ?? 'of unknown severity'
  const note = lapsed === undefined ? '' : `; the entry that ignores it lapsed on ${lapsed.expires}`
  return `${match.package} has a known vulnerability: ${title === '' ? match.id : title} (${match.id}, ${severity})${note}`
}

function fixOf(match: AdvisoryMatch, { name, policyFile, until }: VulnerableCase): string {
  const advice =
    match.fixedIn === undefined
      ? `No later version of ${name} without it is known: replace the package, or wait for one.`
      : `Update ${name} to ${match.fixedIn}, the first version from here on that does not have it.`
  const snippet = { id: match.id, package: match.package, reason: '…', expires: until }
  return [
    `${advice} If what is wrong cannot be reached here, add this to advisories.ignore in ${policyFile}:`,
    JSON.stringify(snippet, null, 2),
  ].join('\n')
}

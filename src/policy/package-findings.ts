/** What can be objected to in one package, each as a finding with its reason and its fix. */
import type { Finding } from '#model/finding'
import type { Failure } from '#model/outcome'
import type { Clarification } from '#model/policy'
import { licensesToAllow, suggestFix } from './exception-snippet.ts'
import type { SnippetPlace } from './exception-snippet.ts'
import type { Grounds, MatchingException, Weighing } from './grounds.ts'
import { UNLICENSED } from './grounds.ts'
import type { Hearing, ReadLicense, Statement } from './hearing.ts'
import { deny, warn } from './make-finding.ts'
import type { Matter } from './make-finding.ts'
import type { PackageFacts } from './package-facts.ts'
import { muteSaying, sayings } from './sayings.ts'
import type { Weighed } from './verdict.ts'

/** A statement (or the reading of a clarification) together with how the policy weighs it. */
export type WeighedLicense = Weighed & ReadLicense & { weighing: Weighing }

/** What every finding about a package is written from. */
export interface Case {
  facts: PackageFacts
  grounds: Grounds
  place: SnippetPlace
}

/** A licence that the policy does not allow, with the leaf that decided and the exception that would help. */
export function notAllowed(
  { facts, grounds, place }: Case,
  refused: WeighedLicense,
  lapsed: MatchingException[],
) {
  const { license, weighing } = refused
  const leaves = weighing.leaves.filter((leaf) => !leaf.allowed).map((leaf) => leaf.leaf)
  const [only] = leaves
  const what = license === only ? 'which' : leaves.join(' and ')
  const verb = license === only || leaves.length === 1 ? 'is' : 'are'
  return deny('license-not-allowed', 'violation', {
    ...about(facts, license),
    message: `${facts.id} is ${license}${license === only ? ', ' : '; '}${what} ${verb} ${grounds.refused}${exceptionNotes(grounds, lapsed, license)}`,
    fix: suggestFix(facts, licensesToAllow([refused.expression], grounds), place),
    details: weighing.leaves.length > 1 ? weighing.leaves.map(({ leaf, why }) => `${leaf}: ${why}`) : [],
  })
}

/** Two licences for one package: shown where each is allowed, refused where one is not. */
export function conflict(
  { facts, grounds, place }: Case,
  said: WeighedLicense[],
  lapsed: MatchingException[],
): Finding {
  const named = said.flatMap(({ witness, license }) =>
    witness === 'clarification' ? [] : [{ witness, text: license }],
  )
  const subject = [...new Set(said.map(({ key }) => key))].toSorted().join('\n')
  const message = `${facts.id} has claims that differ: ${sayings(named)}`
  const refused = said.find(({ allowed }) => !allowed)
  if (refused === undefined) {
    return warn('license-conflict', { ...about(facts, subject), message: `${message}; each is allowed` })
  }
  return deny('license-conflict', 'violation', {
    ...about(facts, subject),
    message: `${message}; ${refused.license} is ${grounds.refused}${exceptionNotes(grounds, lapsed, refused.license)}`,
    fix: suggestFix(
      facts,
      licensesToAllow(
        said.map(({ expression }) => expression),
        grounds,
      ),
      place,
    ),
  })
}

/** Every witness was heard, and no licence follows from what they said. */
export function unknownLicense(
  { facts, grounds, place }: Case,
  { mute, said }: Pick<Hearing, 'mute' | 'said'>,
  lapsed: MatchingException[],
): Finding {
  const parts = [
    ...said.map(({ witness, license }: Statement) => ({ witness, text: license })),
    ...mute.map((claim) => ({ witness: claim.witness, text: muteSaying(claim) })),
  ]
  const proprietary = said.length === 0 && isUnlicensed(mute)
  return deny('license-unknown', 'unknown', {
    ...about(facts, [...new Set(mute.map(({ reason }) => reason ?? ''))].toSorted().join('\n')),
    message: `${facts.id} has no licence that could be established: ${sayings(parts)}${exceptionNotes(grounds, lapsed, proprietary ? UNLICENSED : undefined)}`,
    fix: proprietary ? suggestFix(facts, [UNLICENSED], place) : clarifyFix(facts, place),
  })
}

/** The registry has no such version, so nobody vouches for what is installed. */
export function notInRegistry({ facts, place }: Case, failure: Failure): Finding {
  return deny('license-unknown', 'unknown', {
    ...about(facts, 'not-found'),
    message: `${facts.id} has no licence that could be established: the registry does not know this version`,
    fix: `Check that the package comes from the registry that you use (${failure.message}). ${clarifyFix(facts, place)}`,
  })
}

/** A clarification whose file is not the one that was read. */
export function staleClarification(
  { facts }: Case,
  { clarification, because }: { clarification: Clarification; because: string },
): Finding {
  const { license, location } = clarification
  const files = clarification.files.map(({ file }) => file).join(', ')
  return deny('clarification-stale', 'unknown', {
    ...about(facts, `${files}\n${clarification.package.text}`),
    location,
    message: `${facts.id} is not covered by the clarification for "${clarification.package.text}": ${because}`,
    fix: `Read ${files} again; if it still means ${license}, put the new sha256 into the clarification, else remove it.`,
  })
}

/** An exception that would have helped, had it not passed its date. */
export function lapsedException(
  { facts }: Case,
  { exception }: MatchingException,
  verdict: 'violation' | 'unknown',
): Finding {
  return deny('exception-lapsed', verdict, {
    ...about(facts, exception.package.text),
    location: exception.location,
    message: `${facts.id} needs the exception for "${exception.package.text}", which lapsed on ${exception.expires}`,
    fix: `Ask ${exception.owner} whether it still holds, and give it a new date or remove it.`,
  })
}

/** The registry's integrity contradicts the lockfile's. */
export function integrityMismatch({ facts }: Case, integrity: string): Finding {
  return deny('integrity-mismatch', 'violation', {
    ...about(facts, 'integrity'),
    message: `${facts.id} has another integrity in the registry than in the lockfile`,
    fix: 'Find out who changed it before anything is installed: a published version never changes.',
    details: [`lockfile: ${integrity}`, ...facts.integrity.registry.map((theirs) => `registry: ${theirs}`)],
  })
}

/** The lockfile says where to fetch the package, and nothing that would tie it to the registry's. */
export function integrityMissing({ facts }: Case): Finding {
  return deny('integrity-mismatch', 'incomplete', {
    ...about(facts, 'no integrity'),
    message: `${facts.id} has an address in the lockfile, but no integrity that could be compared with the registry's`,
    fix: 'Remove its entry from the lockfile and run npm install: npm writes both.',
  })
}

/** A package that no registry vouches for. */
export function notFromRegistry({ facts }: Case): Finding {
  return warn('source-not-registry', {
    ...about(facts, facts.source),
    message: `${facts.id} comes from a ${facts.source} dependency: only its installed copy was heard`,
    fix: 'Use a published version, if there is one.',
  })
}

/** Whether at least one claim was made, and each is the very word UNLICENSED. */
export function isUnlicensed(mute: Hearing['mute']): boolean {
  return mute.length > 0 && mute.every(({ raw }) => raw === UNLICENSED)
}

function about(
  { id, paths, location }: PackageFacts,
  subject: string,
): Pick<Matter, 'package' | 'subject' | 'path' | 'location'> {
  return { package: id, subject, path: paths[0], location }
}

/** Why exceptions that mean the package do not help. */
function exceptionNotes({ active }: Grounds, lapsed: MatchingException[], found: string | undefined): string {
  const notes = lapsed.map(
    ({ exception }) => `; the exception for "${exception.package.text}" lapsed on ${exception.expires}`,
  )
  if (found !== undefined) {
    for (const { exception } of active) {
      notes.push(
        `; the exception for "${exception.package.text}" allows ${exception.allow.join(', ')}, found was ${found}`,
      )
    }
  }
  return notes.join('')
}

function clarifyFix({ name, version }: PackageFacts, { file }: SnippetPlace): string {
  const snippet = { package: `${name}@${version}`, license: '…', file: 'LICENSE', sha256: '…', reason: '…' }
  return `Read the licence text inside the package and record what it is in licenses.clarify of ${file}:\n${JSON.stringify(snippet, null, 2)}`
}

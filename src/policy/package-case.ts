/** What findings about one package are written from, and the parts that several rules share. */
import type { Policy } from '#model/policy'
import type { Hearing, ReadLicense } from './hearing.ts'
import type { SnippetPlace } from './exception-snippet.ts'
import type { Grounds, MatchingException, Weighing } from './grounds.ts'
import { UNLICENSED } from './grounds.ts'
import type { Matter } from './make-finding.ts'
import type { PackageFacts } from './package-facts.ts'
import type { Weighed } from './verdict.ts'

/** A statement (or the reading of a clarification) together with how the policy weighs it. */
export type WeighedLicense = Weighed & ReadLicense & { weighing: Weighing; file?: string }

/** What every finding about a package is written from. */
export interface Case {
  facts: PackageFacts
  grounds: Grounds
  place: SnippetPlace
  policy: Policy
}

/** Whether at least one claim was made, and each is the very word UNLICENSED. */
export function isUnlicensed(mute: Hearing['mute']): boolean {
  return mute.length > 0 && mute.every(({ raw }) => raw === UNLICENSED)
}

/** What a finding about a package always says of it; `subject` tells it from others of the same rule. */
export function about(
  { id, paths, location }: PackageFacts,
  subject: string,
): Pick<Matter, 'package' | 'subject' | 'path' | 'location'> {
  return { package: id, subject, path: paths[0], location }
}

/** Why exceptions that mean the package do not help. */
export function exceptionNotes(
  { active }: Grounds,
  lapsed: MatchingException[],
  found: string | undefined,
): string {
  const notes = lapsed.map(
    ({ exception }) => `; the exception for "${exception.package.text}" lapsed on ${exception.expires}`,
  )
  if (found !== undefined) {
    for (const { exception } of active) {
      notes.push(
        `; the exception for "${exception.package.text}" allows ${exception.allow.join(', ')}, but ${found} was found`,
      )
    }
  }
  return notes.join('')
}

/** What to do about a licence that only a person can read: the entry, with the hashes of the files that nobody knows. */
export function clarifyFix(facts: PackageFacts, { file: policy }: SnippetPlace): string {
  const { id, name, version } = facts
  const snippet = { package: `${name}@${version}`, license: '…', ...filesToRead(facts), reason: '…' }
  return [
    `Read the licence text inside the package (depgate clarify ${id} shows it) and record what it is in licenses.clarify of ${policy}:`,
    JSON.stringify(snippet, null, 2),
  ].join('\n')
}

function filesToRead({ claims }: PackageFacts): object {
  const unknown = claims.flatMap(({ reason, text }) =>
    reason === 'unknown-text' && text !== undefined && text.sha256 !== '' ? [text] : [],
  )
  const files = unknown.map(({ file, sha256 }) => ({ file, sha256 }))
  const [only, ...others] = files
  if (only === undefined) return { file: 'LICENSE', sha256: '…' }
  return others.length === 0 ? only : { files }
}

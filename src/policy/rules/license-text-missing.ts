/** Rule: a package that ships no licence text. */
import type { Finding } from '#model/finding'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** A finding if every installed copy was searched and none holds a file that speaks for the package. */
export function textMissing({ facts, policy }: Case): Finding[] {
  if (facts.textsRead !== true || !facts.installed) return []
  // A file that could not be read is there all the same; that nobody heard it is a finding of its own.
  // One that only points to a licence has no text.
  if (facts.claims.some(({ reason, text }) => text?.role === 'package' && reason !== 'pointer')) return []
  return raise('license-text-missing', policy.packages.licenseText, {
    ...about(facts, 'text'),
    message: `${facts.id} ships no licence text`,
    fix: 'Most licences ask that their text goes with every copy: ask the author to add a LICENSE file, or take the text from the source repository into your own notices.',
  })
}

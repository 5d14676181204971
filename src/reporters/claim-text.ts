/** One claim in words: who says it, and what; a licence file with what it was recognised as. */
import type { Claim, TextClaim } from '#model/claim'
import type { PackageReport } from '#model/run-report'
import { familyTitle } from '#model/family-title'
import { likeness } from '#model/likeness'
import { display } from './display.ts'

/** Longest part of a claim that is shown. */
const MAX_WORDS = 120

/** Who makes a claim: `registry`, `installed`, or the file. */
export function sayerOf({ witness, text }: Claim): string {
  return text === undefined ? witness : display(text.file, MAX_WORDS)
}

/** What a claim says, on one line. */
export function claimWords(claim: Claim): string {
  if (claim.failure !== undefined) return display(claim.failure.message, MAX_WORDS)
  if (claim.text !== undefined) return textWords(claim.text, claim.license)
  return display(claim.license ?? rawWords(claim.raw), MAX_WORDS)
}

/** How a text stands to the known ones. */
export function textWords(text: TextClaim, license: string | undefined): string {
  if (text.role === 'bundled') {
    const ids = [...new Set(text.licenses.map((list) => list.join(' or ')))]
    return ids.length === 0
      ? 'speaks of parts of others'
      : `parts of others under ${display(ids.join(', '), MAX_WORDS)}`
  }
  if (text.role === 'hint') return `names ${display(namesOf(text).join(', '), MAX_WORDS)}`
  if (license !== undefined) return `the text of ${display(license, MAX_WORDS)}${servedIds(text)}`
  if (text.mentions !== undefined) {
    const names = namesOf(text)
    return names.length === 0
      ? 'has no licence text'
      : `names ${display(names.join(', '), MAX_WORDS)}, has no licence text`
  }
  if (text.nearest === undefined) return 'not a known licence text'
  return `not a known licence text; nearest is ${display(text.nearest.id, MAX_WORDS)} (${likeness(text.nearest.score)})`
}

/** What a hint or a pointer names: licences, and families of them. */
export function namesOf({
  mentions = [],
  families = [],
}: Pick<TextClaim, 'mentions' | 'families'>): string[] {
  return [...mentions, ...families.map(familyTitle)]
}

/** What a person would send to the author of a package whose claims differ; undefined where they do not. */
export function questionToAuthor({ id, conclusion, claims }: PackageReport): string | undefined {
  if (conclusion !== 'conflict') return undefined
  const said = new Map<string, string[]>()
  for (const claim of claims) {
    const words = wordsToQuestion(claim)
    if (words === undefined || claim.text?.role === 'bundled' || claim.witness === 'lockfile') continue
    const who = claim.text === undefined ? 'package.json' : display(claim.text.file)
    const sayers = said.get(words) ?? []
    if (!sayers.includes(who)) said.set(words, [...sayers, who])
  }
  const parts = [...said].map(
    ([license, sayers]) =>
      `${sayers.join(' and ')} ${sayers.length === 1 ? 'says' : 'say'} ${display(license)}`,
  )
  return `In ${display(id)}, ${parts.join(', ')}. Which licence is meant? Could you correct the rest in the next release?`
}

/** Nothing for a file that neither is a licence nor names one. */
function wordsToQuestion({ license, reason, text }: Claim): string | undefined {
  if (text === undefined || reason !== 'pointer') return license
  return namesOf(text).join(' and ') || undefined
}

function servedIds({ licenses }: TextClaim): string {
  const several = licenses.filter((ids) => ids.length > 1)
  return several.length === 0
    ? ''
    : ` (the same text serves ${display(several.map((ids) => ids.join(', ')).join('; '), MAX_WORDS)})`
}

function rawWords(raw: unknown): string {
  return raw === undefined ? '(no licence field)' : (JSON.stringify(raw) ?? '(no licence field)')
}

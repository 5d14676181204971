/** Draws the conclusion about one package: from a clarification, from what its fields state, or from its licence texts. */
import type { ConclusionType, LeafDecision } from '#model/claim'
import type { Finding } from '#model/finding'
import { allowingUnlicensed, lapsedFor, restingOnOwn, UNLICENSED, weigh } from './grounds.ts'
import type { Grounds, MatchingException } from './grounds.ts'
import type { Hearing, LicenseReader, ReadLicense, Statement } from './hearing.ts'
import * as findings from './package-findings.ts'
import type { Case, WeighedLicense } from './package-findings.ts'
import { neededWitnesses } from './package-facts.ts'
import { metadataUnavailable } from './rules/metadata-unavailable.ts'
import { hearTexts, resolves, strangersTo } from './text-hearing.ts'
import type { TextHearing, TextStatement } from './text-hearing.ts'
import { evidenceFrom } from './verdict.ts'
import type { Evidence, Weighed } from './verdict.ts'

/** What follows from the statements about a package, before the verdict. */
export interface Conclusion {
  license: string | null
  type: ConclusionType
  leaves: LeafDecision[]
  findings: Finding[]
  evidence: Evidence | undefined
  /** Exceptions that made statements pass. */
  needed: MatchingException[]
  /** Exceptions that would have. */
  lapsed: MatchingException[]
}

/** A human's reading, which wins over what all witnesses say. */
export function concludeClarified(about: Case, hearing: Hearing, reading: ReadLicense): Conclusion {
  const weighed = weighAll(about.grounds, [{ witness: 'clarification', ...reading }])
  const lapsed = lapsedForAny(weighed, about.grounds)
  return {
    ...conclusionFrom(weighed, lapsed),
    license: reading.license,
    type: 'clarified',
    findings: [...unheard(about, hearing), ...refusals(about, weighed, lapsed)],
    evidence: evidenceFrom(weighed, ['clarification']),
  }
}

/** What the fields and the files of a package come to. */
export function concludeClaims(about: Case, hearing: Hearing, read: LicenseReader): Conclusion {
  const texts = hearTexts(about.facts, read)
  const { said, mute, notFound } = hearing
  const weighed = weighAll(about.grounds, said)
  const lapsed = lapsedForAny(weighed, about.grounds)
  const open = {
    ...conclusionFrom(weighed, lapsed),
    license: null,
    type: 'unknown' as const,
    evidence: undefined,
  }

  if (notFound !== undefined || hearing.unheard.length > 0) {
    const missing = notFound === undefined ? [] : [findings.notInRegistry(about, notFound)]
    return {
      ...open,
      findings: [...refusals(about, weighed, lapsed), ...missing, ...unheard(about, hearing)],
    }
  }
  if (mute.length > 0) {
    if (said.length === 0) return concludeMute(about, hearing, texts, read)
    // Texts decide nothing here, and are named: a baseline that knows these must not know others as well.
    const unknown = findings.unknownLicense(about, hearing, [], [...texts.known, ...texts.pointers])
    return { ...open, lapsed: [], findings: [unknown, ...unreadableTexts(about, texts)] }
  }
  const excusing =
    texts.unknown.length === 0 ? [] : weighed.map(({ expression }) => restingOnOwn(expression, about.grounds))
  const unreadable = excusing.includes(undefined) ? unreadableTexts(about, texts) : []
  const excuses = excusing.flatMap((exceptions) => exceptions ?? [])
  const evidence = evidenceFrom(weighed, neededWitnesses(about.facts))
  const [first, ...others] = oneOfEach(weighed)
  const strangers = said.flatMap(({ expression }) => strangersTo(expression, texts))
  if (first === undefined || others.length > 0 || strangers.length > 0) {
    const conflict = concludeConflict(about, [...said, ...new Set(strangers)], unreadable)
    return { ...conflict, needed: [...conflict.needed, ...excuses] }
  }
  return {
    ...open,
    license: first.license,
    type: 'declared',
    evidence,
    needed: [...open.needed, ...excuses],
    findings: [...refusals(about, weighed, lapsed), ...unreadable],
  }
}

/** Licences that differ, whoever states them: each has to be allowed. */
function concludeConflict(about: Case, said: readonly Statement[], unreadable: Finding[]): Conclusion {
  const weighed = weighAll(about.grounds, said)
  const lapsed = lapsedForAny(weighed, about.grounds)
  return {
    ...conclusionFrom(weighed, lapsed),
    license: null,
    type: 'conflict',
    evidence: evidenceFrom(weighed, neededWitnesses(about.facts)),
    findings: [findings.conflict(about, weighed, lapsed), ...unreadable],
  }
}

function unreadableTexts(about: Case, { unknown }: TextHearing): Finding[] {
  return unknown.length === 0 ? [] : [findings.unknownText(about, unknown)]
}

/** What follows from the texts where no field states a licence; undefined if they do not say what was meant. */
function textConclusion(
  about: Case,
  { mute }: Hearing,
  texts: TextHearing,
  read: LicenseReader,
): Conclusion | undefined {
  const { known, pointers, unknown } = texts
  if (unknown.length > 0) return undefined
  // One statement that names one licence stands for the field; several say nothing of how they belong together.
  const named = pointers.filter(({ isFamily }) => isFamily !== true)
  const spoken = known.length > 0 ? known : named.length === 1 ? named : []
  if (spoken.length === 0 || !mute.every((claim) => resolves(claim, spoken))) return undefined
  const isChoice = new Set(spoken.map(({ choice }) => choice)).size === 1 && spoken[0]?.choice !== undefined
  // Who leaves the choice in one file and names licences in another is held to those.
  const held = isChoice ? named.filter(({ choice }) => choice === undefined) : []
  const jointly = (parts: readonly string[], more: readonly string[]): string => {
    const text = [...new Set(parts)].join(isChoice ? ' OR ' : ' AND ')
    return more.length === 0 ? text : [`(${text})`, ...[...new Set(more)].toSorted()].join(' AND ')
  }
  const whole = read(jointly(spoken.map(servedBy), held.map(servedBy)))
  if (whole === undefined) return undefined
  // A file that points to another licence contradicts the texts, and nobody is left to say which of them is meant.
  if (strangersTo(whole.expression, { ...texts, known: [] }).length > 0) return undefined
  const weighed = weighAll(about.grounds, [{ ...whole, witness: 'text' }])
  const lapsed = lapsedForAny(weighed, about.grounds)
  return {
    ...conclusionFrom(weighed, lapsed),
    license: jointly(
      spoken.map(({ license }) => license),
      held.map(({ license }) => license),
    ),
    type: known.length > 0 ? 'text' : 'declared',
    evidence: evidenceFrom(weighed, ['text']),
    findings: refusals(about, weighed, lapsed),
  }
}

function servedBy({ ids }: TextStatement): string {
  return `(${ids.join(' AND ')})`
}

/** Nobody states a licence; an exception may still allow the word UNLICENSED. */
function concludeMute(about: Case, hearing: Hearing, texts: TextHearing, read: LicenseReader): Conclusion {
  const { active, lapsed } = about.grounds
  const proprietary = findings.isUnlicensed(hearing.mute)
  const concluded = proprietary ? undefined : textConclusion(about, hearing, texts, read)
  if (concluded !== undefined) return concluded
  const needed = proprietary ? allowingUnlicensed(active) : []
  const late = proprietary && needed.length === 0 ? allowingUnlicensed(lapsed) : []
  const [exception] = needed
  // The exception is for the word alone: a text beside it that names a licence has to be allowed as well.
  const beside = exception ? weighAll(about.grounds, [...texts.known, ...texts.pointers]) : []
  const words: Weighed[] = hearing.mute.map(({ witness }) => ({ witness, allowed: exception !== undefined }))
  return {
    license: null,
    type: 'unknown',
    leaves: exception ? [{ leaf: UNLICENSED, allowed: true, why: exception.allow.label }] : [],
    findings: exception
      ? refusals(about, beside, [])
      : [
          findings.unknownLicense(about, hearing, late, [...texts.known, ...texts.pointers]),
          ...(proprietary ? [] : unreadableTexts(about, texts)),
        ],
    evidence: evidenceFrom(words, neededWitnesses(about.facts)),
    needed: [...needed, ...beside.flatMap(({ weighing }) => weighing.needed)],
    lapsed: late,
  }
}

function weighAll(
  grounds: Grounds,
  said: readonly (ReadLicense & Pick<Weighed, 'witness'>)[],
): WeighedLicense[] {
  return said.map((statement) => {
    const weighing = weigh(statement, grounds)
    return { ...statement, weighing, allowed: weighing.allowed }
  })
}

function conclusionFrom(
  weighed: WeighedLicense[],
  lapsed: MatchingException[],
): Pick<Conclusion, 'leaves' | 'needed' | 'lapsed'> {
  const leaves = new Map(weighed.flatMap(({ weighing }) => weighing.leaves).map((leaf) => [leaf.leaf, leaf]))
  return { leaves: [...leaves.values()], needed: weighed.flatMap(({ weighing }) => weighing.needed), lapsed }
}

/** One refusal for each licence that is not allowed, however many say it. */
function refusals(about: Case, weighed: WeighedLicense[], lapsed: MatchingException[]): Finding[] {
  const refused = oneOfEach(weighed.filter(({ allowed }) => !allowed))
  return refused.map(
    (entry) => findings.allowedUnshipped(about, entry) ?? findings.notAllowed(about, entry, lapsed),
  )
}

/** One statement for each meaning, whoever was heard first: of several spellings the first of the alphabet. */
function oneOfEach(weighed: readonly WeighedLicense[]): WeighedLicense[] {
  const byKey = new Map<string, WeighedLicense>()
  for (const entry of weighed) {
    const before = byKey.get(entry.key)
    if (before === undefined || entry.license < before.license) byKey.set(entry.key, entry)
  }
  return [...byKey.values()]
}

function lapsedForAny(weighed: WeighedLicense[], grounds: Grounds): MatchingException[] {
  const refused = weighed.filter(({ allowed }) => !allowed)
  return [...new Set(refused.flatMap(({ expression }) => lapsedFor(expression, grounds)))]
}

function unheard({ facts }: Case, hearing: Hearing): Finding[] {
  const [path = []] = facts.paths
  const all = hearing.unheard.map(({ failure }) => metadataUnavailable(facts.id, failure, path))
  // Many copies on disk may be unreadable for one reason.
  return [...new Map(all.map((finding) => [finding.fingerprint, finding])).values()]
}

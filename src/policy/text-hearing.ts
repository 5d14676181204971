/** Hears the text witness: which licences the files of a package are, which they only point to, and which are unknown. */
import { covers, leafMeaning } from '#license/leaf-meaning'
import { familyFits } from '#license/named-family'
import { idsOfFamily } from '#license/text/families'
import { narrowest } from '#license/narrowest'
import { normaliseLicense, wordsOf } from '#license/normalise'
import { fileSeen } from '#license/unclear'
import type { Expression, Leaf } from '#license/expression'
import { familyTitle } from '#model/family-title'
import type { Claim, TextClaim, UnknownReason } from '#model/claim'
import { allOf } from './hearing.ts'
import type { LicenseReader, ReadLicense, Statement } from './hearing.ts'
import type { PackageFacts } from './package-facts.ts'

/** A licence that a file of the package is, or names. */
export interface TextStatement extends Statement {
  file: string
  /** The ids it serves; each has to be allowed. */
  ids: readonly string[]
  /** The sha256 of its file, if that leaves the choice between the licences that it has or names. */
  choice?: string
  /** It is named by its family alone, of which `ids` are the members: it contradicts, and states no licence. */
  isFamily?: true
}

/** What the files that speak for the package itself say. */
export interface TextHearing {
  /** One for each text of each file, sorted; a choice of texts is apart from texts that hold in any case. */
  known: TextStatement[]
  /** Licences, and families of them, that files without a text point to. */
  pointers: TextStatement[]
  /** Files whose words are not all accounted for. */
  unknown: Claim[]
  /** Files with several texts, of which one may be chosen. */
  choices: TextClaim[]
  /** Of each hint: all the licences that it names. */
  hints: TextStatement[][]
}

/** All members of a family, by its name: read once, so that they are weighed once. */
const members = new Map<string, ReadLicense>()

/** Sorts the text claims of a package. */
export function hearTexts({ claims }: PackageFacts, read: LicenseReader): TextHearing {
  const hearing: TextHearing = { known: [], pointers: [], unknown: [], choices: [], hints: [] }
  const known = new Map<string, TextStatement>()
  for (const claim of claims) {
    const { witness, reason, text } = claim
    if (witness !== 'text' || text === undefined) continue
    if (text.role === 'hint') hearing.hints.push(namedBy(text, read))
    if (text.role !== 'package') continue
    const choice = text.choice === true ? text.sha256 : undefined
    if (reason === 'pointer') {
      const named = namedBy(text, read)
      // Who names one licence leaves no choice, whatever the words around it are.
      const between = (text.mentions ?? []).length > 1 ? choice : undefined
      hearing.pointers.push(...named.map((stated) => ({ ...stated, ...(between && { choice: between }) })))
      if (named.length < namesIn(text).length) hearing.unknown.push(claim)
    } else if (text.licenses.length === 0) hearing.unknown.push(claim)
    if (choice !== undefined) hearing.choices.push(text)
    for (const ids of text.licenses) {
      const stated = statementOf(ids, text.file, read)
      if (stated === undefined) hearing.unknown.push(claim)
      else
        known.set(JSON.stringify([stated.key, text.file, choice]), { ...stated, ...(choice && { choice }) })
    }
  }
  hearing.known = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement)
  return hearing
}

/**
 * The texts, pointers and hints that speak of another licence than the one that is declared. Scripts also name the
 * licences of what they were made from: a hint that names the declared one among others contradicts nothing.
 */
export function strangersTo(
  declared: Expression,
  { known, pointers, choices, hints }: TextHearing,
): TextStatement[] {
  const leaves = leavesOf(declared)
  const chosen = choices.filter(({ licenses }) => licenses.some((ids) => isOneOf(ids, leaves)))
  return [
    ...known.filter(
      ({ ids, choice }) => !isOneOf(ids, leaves) && !chosen.some(({ sha256 }) => choice === sha256),
    ),
    ...pointers.filter(({ ids }) => !isOneOf(ids, leaves) && !isWider(ids, leaves)),
    ...hints.filter((named) => !named.some(({ ids }) => isOneOf(ids, leaves) || isWider(ids, leaves))).flat(),
  ]
}

/** Whether a text can be what somebody meant whose words are no licence by themselves. */
export function resolves(mute: Claim, statements: readonly TextStatement[]): boolean {
  const { reason, raw } = mute
  if (reason === 'absent') return true
  if (reason === 'see-file') return statements.some(({ file }) => namesFile(raw, file))
  if (reason === 'legacy-array') return resolvesList(raw, statements)
  // Further texts only add conditions, because all of them have to be allowed.
  return isVague(reason) && statements.some(({ ids }) => familyFits(wordsOf(raw), ids))
}

/** Words that may name a family; whatever else is no licence stands for something definite. */
function isVague(reason: UnknownReason | undefined): boolean {
  return reason === 'ambiguous' || reason === 'not-spdx'
}

/** Each entry of the old list must have its text, and each text its entry. */
function resolvesList(raw: unknown, statements: readonly TextStatement[]): boolean {
  if (!Array.isArray(raw)) return false
  const entries = raw.map((entry: unknown) => (statement: TextStatement) => isEntryOf(entry, statement))
  return (
    entries.every((fits) => statements.some(fits)) &&
    statements.every((statement) => entries.some((fits) => fits(statement)))
  )
}

function isEntryOf(entry: unknown, { ids }: TextStatement): boolean {
  const stated = normaliseLicense({ license: entry })
  if ('license' in stated) return ids.includes(stated.license)
  return isVague(stated.reason) && familyFits(wordsOf(entry), ids)
}

function namesFile(raw: unknown, file: string): boolean {
  return fileSeen(wordsOf(raw))?.toLowerCase() === file.toLowerCase()
}

/** What a pointer or a hint names. Of a family each member may be meant, so each has to be allowed. */
function namedBy({ file, mentions = [], families = [] }: TextClaim, read: LicenseReader): TextStatement[] {
  const ids = mentions.flatMap((id) => statementOf([id], file, read) ?? [])
  return [...ids, ...families.flatMap((family) => membersOf(family, file, read) ?? [])]
}

function namesIn({ mentions = [], families = [] }: TextClaim): string[] {
  return [...mentions, ...families]
}

function membersOf(family: string, file: string, read: LicenseReader): TextStatement | undefined {
  const ids = idsOfFamily(family)
  const all = members.get(family) ?? allOf(ids.flatMap((id) => read(id) ?? []))
  if (all === undefined) return undefined
  members.set(family, all)
  return {
    witness: 'text',
    ...all,
    license: familyTitle(family),
    file,
    ids,
    isFamily: true,
  }
}

function statementOf(ids: readonly string[], file: string, read: LicenseReader): TextStatement | undefined {
  const stated = read(ids.join(' AND '))
  if (stated === undefined) return undefined
  return { witness: 'text', ...stated, license: narrowest(ids), file, ids }
}

/** Whether a declared leaf is one of the ids; an exception adds to a licence whose text is the same. */
function isOneOf(ids: readonly string[], leaves: readonly Leaf[]): boolean {
  const keys = new Set(ids.map((id) => leafMeaning({ type: 'leaf', id, plus: false }).key))
  return leaves.some(({ id, plus }) => keys.has(leafMeaning({ type: 'leaf', id, plus }).key))
}

/** A header may leave later versions open where the field names one: that takes nothing away. */
function isWider(ids: readonly string[], leaves: readonly Leaf[]): boolean {
  return ids.every((id) => {
    const meaning = leafMeaning({ type: 'leaf', id, plus: false })
    return leaves.some((leaf) => covers(meaning, leafMeaning(leaf)))
  })
}

function leavesOf(expression: Expression): Leaf[] {
  return expression.type === 'leaf' ? [expression] : expression.parts.flatMap(leavesOf)
}

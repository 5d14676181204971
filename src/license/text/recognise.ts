/** Recognises a licence text: it is a known one only if every word of it is accounted for. */
import { familyTitle } from '#model/family-title'
import { accountFor, shorten } from './accounts.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { readRest } from './harmless.ts'
import type { RestMeaning } from './harmless.ts'
import { nearestText } from './nearest.ts'
import type { Nearest } from './nearest.ts'
import { isOfFamily } from './families.ts'
import { nothingSaid } from './said.ts'
import type { Choice, Said } from './said.ts'
import type { HarmlessContext } from './statements.ts'
import { STRANGERS, subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import type { TextWords } from './text-words.ts'

/** What a text turned out to be. */
export interface Recognition {
  /** The ids that each known text in it serves; empty if a word of it is not accounted for. */
  licenses: string[][]
  /** The file leaves the choice between them; otherwise all of them hold. */
  choice: boolean
  /** Of a text that only points to licences: those it names. */
  mentions?: string[]
  /** Of such a text: the families of licences that it names without saying which of them (`gpl`). */
  families?: string[]
  /** The known text that comes nearest, with the Dice coefficient of word pairs. */
  nearest?: Nearest
  /** What keeps it from being known: at most a few lines. */
  differences: string[]
}

/** Distinct licences that one file may hold. */
const MAX_PARTS = 12
/** Comparisons that one file may cost. */
const MAX_ALIGNMENTS = 160
const MAX_DIFFERENCES = 4
const OF_A_PART = 'it speaks only of a part of the files'
const TOO_MUCH = 'the text holds too much to be compared'

/** Recognises a text. Time grows with its length and is bounded; never throws. */
export function recogniseText(raw: string, index: TextIndex): Recognition {
  const subject = subjectOf(raw, index)
  if (typeof subject === 'string') return unrecognised([subject])
  const { text, numbers } = subject
  const found = recognisePart(subject, 0, text.words.length)
  if ('parts' in found) {
    const ids = new Set([...found.parts.values()].flat())
    const family = found.families.find((name) => !isOfFamily(name, ids))
    const stranger = found.mentions.find((id) => !ids.has(id)) ?? (family && familyTitle(family))
    if (stranger !== undefined)
      return unrecognised([`it speaks of ${stranger} too`], nearestText(numbers, index))
    const licenses = [...found.parts.values()]
    if (found.ofPart && !found.ofOthers && found.texts === 1)
      return unrecognised([OF_A_PART], nearestText(numbers, index))
    return { licenses, choice: !found.assigns && leavesChoice(found.choices, licenses), differences: [] }
  }
  const words = wordsAlone(subject)
  // Every word is harmless, and no licence is among them: it names one at most.
  if (words.telling === undefined) {
    const { choices, mentions } = words
    if (words.ofPart && !words.ofOthers) return unrecognised([OF_A_PART])
    const families = words.families.filter((family) => !isOfFamily(family, mentions))
    const choice = choices.length > 0 && !words.assigns
    if (mentions.length + families.length === 0 && reservesRights(text))
      return unrecognised(['it reserves all rights, and grants none'])
    return { ...unrecognised([]), choice, mentions, ...(families.length > 0 && { families }) }
  }
  return unrecognised(found.differences.slice(0, MAX_DIFFERENCES), nearestText(numbers, index))
}

function reservesRights({ words }: TextWords): boolean {
  return words.some((word, at) => word === 'rights' && words[at + 1] === 'reserved')
}

/** What a text without a licence in it says: it has a title only where it names one. */
function wordsAlone(subject: Subject): RestMeaning {
  const { index, text } = subject
  const rest = { ...subject, from: 0, to: text.words.length }
  const titled = readRest(rest, { index, leads: true })
  return titled.mentions.length + titled.families.length > 0 ? titled : readRest(rest, { index })
}

/** Whether one statement leaves the choice between all texts: of one that speaks of some of them, the others hold as well. */
function leavesChoice(choices: readonly Choice[], licenses: readonly string[][]): boolean {
  return choices.some(({ ids, families, most }) => {
    if (licenses.length > most) return false
    const namesNone = ids.length + families.length === 0
    return (
      namesNone ||
      licenses.every(
        (served) =>
          served.some((id) => ids.includes(id)) || families.some((family) => isOfFamily(family, served)),
      )
    )
  })
}

function unrecognised(differences: string[], nearest?: Nearest): Recognition {
  return { licenses: [], choice: false, ...(nearest && { nearest }), differences }
}

/** Known texts that account for all words of a range, how many, with what the words around them say; or what is left. */
type Found = (Said & { parts: Map<string, string[]>; texts: number }) | { differences: string[] }

/** A known text that lies in a range without an objection. */
interface Fit {
  known: KnownText
  core: Alignment
  /** Place of the text among the candidates. */
  rank: number
}

/** Recognises the words in a range: one known text, and what stands before and behind it in the same way. */
function recognisePart(subject: Subject, from: number, to: number): Found {
  const { text, numbers, index } = subject
  const range = numbers.subarray(from, to)
  const candidates = index.candidates(range).map((candidate) => index.text(candidate))
  const fits: Fit[] = []
  let most = 0
  let closest: string[] | undefined
  const judge = (known: KnownText, rank: number): void => {
    const alignment = align(known, numbers, from, to)
    if (alignment === undefined) return
    const { core, objections } = accountFor(alignment, subject, { index, known })
    if (objections.length === 0) {
      fits.push({ known, core, rank })
      most = Math.max(most, core.shared)
    } else if (closest === undefined || objections.length < closest.length) closest = objections
  }
  const hasWord = wordsOf(range)
  const complete = candidates.filter(({ required }) => required.every((word) => hasWord(word)))
  // Where none can fit, the first one shows what is missing.
  const shorter: [KnownText, number][] = []
  for (const [rank, known] of (complete.length > 0 ? complete : candidates.slice(0, 1)).entries()) {
    if (isSpent(subject)) return { differences: [TOO_MUCH] }
    subject.alignments += 1
    // It has too few words to come before the best one, and is compared only if that one cannot stand here.
    if (known.words.length < most) shorter.push([known, rank])
    else judge(known, rank)
  }
  fits.sort(byWordsShared)
  let around: string[] | undefined
  for (let fit = fits.shift(); fit !== undefined; fit = fits.shift()) {
    const { known, core } = fit
    const found = withSurroundings(subject, [from, core.found[0]], [core.found[1], to], { index, known })
    if ('parts' in found) return found
    around ??= found.differences
    for (const [other, rank] of shorter.splice(0)) judge(other, rank)
    fits.sort(byWordsShared)
  }
  return { differences: around ?? closest ?? [`"${shorten(text.words.slice(from, to))}"`] }
}

function isSpent({ alignments }: Subject): boolean {
  return alignments >= MAX_ALIGNMENTS
}

/** The text that accounts for most words is meant; a shorter one may lie inside it. */
function byWordsShared(a: Fit, b: Fit): number {
  return b.core.shared - a.core.shared || strangeWords(a.core) - strangeWords(b.core) || a.rank - b.rank
}

/** Tells which words a range has. */
function wordsOf(range: Int32Array): (word: number) => boolean {
  const has = new Uint8Array(STRANGERS)
  for (const word of range) if (word < STRANGERS) has[word] = 1
  return (word) => has[word] === 1
}

function strangeWords({ differences }: Alignment): number {
  return differences.reduce((sum, { known, found }) => sum + known[1] - known[0] + found[1] - found[0], 0)
}

/** A known text with what stands around it: harmless words, or further known texts. */
function withSurroundings(
  subject: Subject,
  before: [number, number],
  behind: [number, number],
  context: HarmlessContext & { known: KnownText },
): Found {
  const { ids } = context.known
  const said: Found = {
    parts: new Map([[ids.join(' '), [...ids]]]),
    texts: 1,
    ...nothingSaid(),
  }
  for (const [[from, to], leads] of [
    [before, true],
    [behind, false],
  ] as const) {
    const rest = readRest({ ...subject, from, to }, { ...context, leads })
    const found =
      rest.telling === undefined ? { parts: [], texts: 0, ...rest } : recognisePart(subject, from, to)
    if (!('parts' in found)) {
      const beside = `beside it: "${shorten((rest.telling ?? '').split(' '))}"`
      return { differences: isSpent(subject) ? found.differences : [beside] }
    }
    for (const [key, list] of found.parts) said.parts.set(key, list)
    said.mentions.push(...found.mentions)
    said.families.push(...found.families)
    said.choices.push(...found.choices)
    said.ofPart ||= found.ofPart
    said.ofOthers ||= found.ofOthers
    said.assigns ||= found.assigns
    said.texts += found.texts
  }
  return said.parts.size > MAX_PARTS ? { differences: ['more licences than one package has'] } : said
}

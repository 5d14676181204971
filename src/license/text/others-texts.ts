/** Reads lists of other people's licences, as they stand below a package's own or in files of their own. */
import { accountFor, shorten } from './accounts.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import { wordSet } from './word-set.ts'

/** What stands below a heading about others. */
export interface OthersSection {
  /** The ids that each known text in it serves. */
  texts: string[][]
  /** Words beside them that limit what may be done, as a line for people: nobody knows whether with the parts alone. */
  limit?: string
}

/** The known texts in a list of other people's licences, as the ids that each serves; not every word is accounted for. */
export function textsWithin(raw: string, index: TextIndex): string[][] {
  const subject = subjectOf(raw, index)
  return typeof subject === 'string' ? [] : separate(fitsIn(subject))
}

/** Reads what stands below a heading about others in the file of a package. */
export function readOthers(raw: string, index: TextIndex): OthersSection {
  const subject = subjectOf(raw, index)
  if (typeof subject === 'string') return { texts: [], limit: subject }
  const fits = fitsIn(subject)
  const limit = limitBeside(
    subject,
    fits.map(({ known }) => known),
  )
  return { texts: separate(fits), ...(limit !== undefined && { limit }) }
}

/** A known text, and where it lies. */
interface Fit {
  known: KnownText
  core: Alignment
}

function fitsIn(subject: Subject): Fit[] {
  const { numbers, index } = subject
  return index.candidates(numbers).flatMap((candidate) => {
    const known = index.text(candidate)
    const alignment = align(known, numbers, 0, numbers.length)
    if (alignment === undefined) return []
    const { core, objections } = accountFor(alignment, subject, { index, known })
    return objections.length === 0 ? [{ known, core }] : []
  })
}

/** A text that lies wholly inside a longer one is that one. */
function separate(fits: readonly Fit[]): string[][] {
  const isInside = ({ core }: Fit): boolean =>
    fits.some(
      (other) =>
        other.core.shared > core.shared &&
        other.core.found[0] < core.found[1] &&
        core.found[0] < other.core.found[1],
    )
  return fits.filter((fit) => !isInside(fit)).map(({ known }) => known.ids.slice())
}

/** Words with which a package is kept to some uses or users; licences have them as well, and are left out. */
const LIMITING = wordSet(`
  commercial commercially noncommercial proprietary confidential subscription subscriptions subscriber subscribers
  enterprise evaluation evaluate trial eula prohibited forbidden restricted restriction restrictions paid pay pays
  payment payments price pricing purchase sell selling resale hosted military nonprofit academic competing compete
`)
const MAY = wordSet('may must shall can')

/** Words in a row that are those of a known text: fewer could be anybody's. */
const RUN = 5

/** The line with the first such word that none of these texts has among the same words: a list has some of them many times. */
function limitBeside({ text, numbers }: Subject, known: readonly KnownText[]): string | undefined {
  const { words, segments } = text
  const runs = new Set(known.flatMap(({ words: quoted }) => runsOf(quoted)))
  // What stands before a word decides: `never sell copies of the software` ends as a licence does.
  const isQuoted = new Uint8Array(words.length)
  runsOf(numbers).forEach((run, at) => {
    if (runs.has(run)) isQuoted[at + RUN - 1] = 1
  })
  const at = words.findIndex((word, place) => {
    const isDenial = MAY.has(word) && words[place + 1] === 'not'
    if (isDenial) return isQuoted[place + 1] === 0
    return isQuoted[place] === 0 && (LIMITING.has(word) || word === 'cannot')
  })
  if (at === -1) return undefined
  return `below the heading about others: "${shorten(words.filter((_, place) => segments[place] === segments[at]))}"`
}

function runsOf(numbers: ArrayLike<number>): string[] {
  const all = Array.from(numbers)
  return all.slice(0, Math.max(0, all.length - RUN + 1)).map((_, at) => all.slice(at, at + RUN).join(' '))
}

/** Reads lists of other people's licences, as they stand below a package's own or in files of their own. */
import { accountFor, shorten } from './accounts.ts'
import { align } from './align.ts'
import type { Alignment } from './align.ts'
import { subjectOf } from './subject.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import type { TextWords } from './text-words.ts'
import { wordSet } from './word-set.ts'

/** What a list of other people's licences holds. */
export interface Parts {
  /** The ids that each known text in it serves. */
  texts: string[][]
  /** Words beside them that limit what may be done, as a line for people: nobody knows whether with the parts alone. */
  limit?: string
}

/** Reads a list of other people's licences, where not every word has to be accounted for. */
export function readParts(raw: string, index: TextIndex): Parts {
  const subject = subjectOf(raw, index)
  if (typeof subject === 'string') return { texts: [], limit: subject }
  const { numbers, text } = subject
  const fits: { known: KnownText; core: Alignment }[] = []
  for (const candidate of index.candidates(numbers)) {
    const known = index.text(candidate)
    const alignment = align(known, numbers, 0, numbers.length)
    if (alignment === undefined) continue
    const { core, objections } = accountFor(alignment, subject, { index, known })
    if (objections.length === 0) fits.push({ known, core })
  }
  // A text that lies wholly inside a longer one is that one.
  const separate = fits.filter(
    ({ core }) =>
      !fits.some(
        (other) =>
          other.core.shared > core.shared &&
          other.core.found[0] < core.found[1] &&
          core.found[0] < other.core.found[1],
      ),
  )
  const limit = limitBeside(
    text,
    numbers,
    fits.map(({ known }) => known),
  )
  return { texts: separate.map(({ known }) => known.ids.slice()), ...(limit !== undefined && { limit }) }
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
function limitBeside(
  { words, segments }: TextWords,
  numbers: Int32Array,
  known: readonly KnownText[],
): string | undefined {
  const runs = new Set(known.flatMap((text) => runsOf(text.words)))
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

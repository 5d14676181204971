/** Searches a run of words with regular expressions over the words joined by blanks, and tells which words were found. */

/** A pattern over joined words, with what every match of it has: most texts lack that, and are passed over. */
export interface WordPattern {
  /** Global, with the places of its groups; made when it is first asked for, which most patterns never are. */
  pattern: () => RegExp
  /** A run of words, empty if there is none. */
  literal: string
  /** The whole words of it, the longest first: it is the likeliest to be missing. */
  keys: readonly string[]
}

/** Where a pattern was found. */
export interface WordMatch {
  /** Half-open range of words. */
  words: [from: number, to: number]
  /** Half-open ranges of the words in its named groups. */
  groups: [from: number, to: number][]
}

/** Words joined for searching. */
export interface JoinedWords {
  /** One blank follows each word. */
  text: string
  /** All words, each once, and perhaps others. */
  known: ReadonlySet<string>
  /** Number of the word that begins at an offset, or behind it. */
  wordAt: (offset: number) => number
}

/** Joins words for {@link findWords}; `known` may hold more words than those. */
export function joinWords(
  words: readonly string[],
  known: ReadonlySet<string> = new Set(words),
): JoinedWords {
  let starts: Int32Array | undefined
  return {
    known,
    text: words.length === 0 ? '' : `${words.join(' ')} `,
    wordAt(place) {
      starts ??= startsOf(words)
      let low = 0
      let high = words.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((starts[middle] ?? 0) < place) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}

/** Where each word starts in the joined text. */
function startsOf(words: readonly string[]): Int32Array {
  const starts = new Int32Array(words.length + 1)
  let offset = 0
  words.forEach((word, at) => {
    starts[at] = offset
    offset += word.length + 1
  })
  starts[words.length] = offset
  return starts
}

/** A pattern of whole words, written with one blank between them, that ends with a word. */
export function wordPattern(source: string): WordPattern {
  const { literal, from } = literalOf(source)
  // The first and the last word of a run may be halves of longer ones, but not at the ends of the pattern.
  const keys = literal
    .split(' ')
    .slice(from === 0 ? 0 : 1, from + literal.length === source.length ? undefined : -1)
    .toSorted((a, b) => b.length - a.length)
  let made: RegExp | undefined
  return { pattern: () => (made ??= new RegExp(`(?<![^ ])(?:${source}) `, 'dgu')), literal, keys }
}

/** All places where a pattern is found. */
export function findWords(
  { text, known, wordAt }: JoinedWords,
  { pattern, literal, keys }: WordPattern,
): WordMatch[] {
  for (const key of keys) if (!known.has(key)) return []
  if (!text.includes(literal)) return []
  const found: WordMatch[] = []
  for (const { 0: match, index, indices } of text.matchAll(pattern())) {
    const groups = Object.values(indices?.groups ?? {}).filter((range) => range !== undefined)
    found.push({
      words: [wordAt(index), wordAt(index + match.length)],
      groups: groups.map(([from, to]) => [wordAt(from), wordAt(to)]),
    })
  }
  return found
}

/** Parts of a pattern: an escape, what opens, closes or parts a group, a run of plain words that nothing makes optional. */
const PARTS = /\\.|[(){}|]|[a-z0-9 ]+(?![?*+{\\])/g

/** The longest run of plain words that stands outside of all groups and counts, so that no match can lack it, and its place. */
function literalOf(source: string): { literal: string; from: number } {
  let depth = 0
  let longest = { literal: '', from: 0 }
  for (const { 0: part, index } of source.matchAll(PARTS)) {
    if (part === '(' || part === '{') depth += 1
    else if (part === ')' || part === '}') depth -= 1
    else if (depth > 0 || part.startsWith('\\')) continue
    else if (part === '|') return { literal: '', from: 0 }
    else if (part.length > longest.literal.length) longest = { literal: part, from: index }
  }
  return longest
}

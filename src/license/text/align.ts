/** Lays a known text over a part of another one, and lists where the two differ. */

/** A place where they differ: known words that are missing, and words that stand there instead; either may be empty. */
export interface Difference {
  /** Half-open range in the known text. */
  known: [from: number, to: number]
  /** Half-open range in the text in question. */
  found: [from: number, to: number]
}

/** Where a known text lies in another one. */
export interface Alignment {
  /** Half-open range of words from the first to the last one that they share. */
  found: [from: number, to: number]
  /** In order; those at either end only lack known words. */
  differences: Difference[]
  /** Words they share. */
  shared: number
}

type Words = ArrayLike<number>
type Match = [known: number, found: number]

/** Words in a row that make an anchor. */
const RUN = 4
const REPEATED = -1
/** Edits inside one gap between anchors; more than these make the whole gap one difference. */
const MAX_EDITS = 120
/** How far apart the two may drift, in words. */
const MAX_DRIFT = 400

/** A known text made ready for {@link align}. */
export interface AlignableText {
  words: Words
  /** Of {@link runsOf}. */
  runs: ReadonlyMap<number, number>
}

/** Aligns a known text with the first place in `found[from, to)` that has most of it; undefined if they share nothing. */
export function align(
  { words: known, runs }: AlignableText,
  found: Words,
  from: number,
  to: number,
): Alignment | undefined {
  const anchors = anchorsIn(known, runs, found, from, to)
  const first = anchors[0]
  const last = anchors.at(-1)
  if (first === undefined || last === undefined) return undefined
  const matches: Match[] = []
  // Before the first anchor and behind the last one the text may go on with something else.
  const reach = 24
  const start = Math.max(from, first[1] - first[0] - reach)
  const end = Math.min(to, last[1] + (known.length - last[0]) + reach)
  let [atKnown, atFound] = [0, start]
  for (const [nextKnown, nextFound] of anchors) {
    if (nextKnown > atKnown)
      matches.push(...matchGap(known, found, [atKnown, nextKnown], [atFound, nextFound]))
    matches.push([nextKnown, nextFound])
    ;[atKnown, atFound] = [nextKnown + 1, nextFound + 1]
  }
  matches.push(...matchGap(known, found, [atKnown, known.length], [atFound, end]))
  return fromMatches(known.length, matches)
}

/** Where each run of words that a text has once begins, by the hash of the run; -1 for one that it has more than once. */
export function runsOf(words: Words): ReadonlyMap<number, number> {
  const places = new Map<number, number>()
  for (let at = 0; at + RUN <= words.length; at += 1) {
    const hash = runHash(words, at)
    places.set(hash, places.has(hash) ? REPEATED : at)
  }
  return places
}

/** Pairs of places, rising in both, at which the same run of words begins, all of one copy of the known text. */
function anchorsIn(
  known: Words,
  runs: ReadonlyMap<number, number>,
  found: Words,
  from: number,
  to: number,
): Match[] {
  const pairs: Match[] = []
  for (let at = from; at + RUN <= to; at += 1) {
    const place = runs.get(runHash(found, at)) ?? REPEATED
    if (place !== REPEATED && sameRun(known, place, found, at)) pairs.push([place, at])
  }
  if (pairs.length === 0) return shortAnchors(known, found, from, to)
  return risingChain(pairsOfOneCopy(pairs, known.length))
}

/** A known text too short or too repetitive for anchors: wherever its first word stands. */
function shortAnchors(known: Words, found: Words, from: number, to: number): Match[] {
  if (known.length >= RUN * 4) return []
  for (let at = from; at < to; at += 1) {
    if (found[at] === known[0] && found[at + 1] === known[1]) return [[0, at]]
  }
  return []
}

/** Keeps the pairs of the first copy that is nearly as complete as the most complete one. */
function pairsOfOneCopy(pairs: readonly Match[], length: number): readonly Match[] {
  const drift = Math.min(MAX_DRIFT, Math.max(32, Math.floor(length / 2)))
  const votes = new Map<number, number>()
  const bucketOf = (pair: Match): number => Math.floor((pair[1] - pair[0]) / drift)
  for (const pair of pairs) {
    const bucket = bucketOf(pair)
    votes.set(bucket, (votes.get(bucket) ?? 0) + 1)
  }
  if (votes.size === 1) return pairs
  const most = Math.max(...votes.values())
  const buckets = [...votes].filter(([, count]) => count >= most * 0.6).map(([bucket]) => bucket)
  const best = Math.min(...buckets)
  return pairs.filter((pair) => Math.abs(bucketOf(pair) - best) <= 1)
}

/** The longest chain that rises in both; the pairs come in order of `found`. */
function risingChain(pairs: readonly Match[]): Match[] {
  const tails: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  pairs.forEach((pair, index) => {
    const known = pair[0]
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.[0] ?? 0) < known) low = middle + 1
      else high = middle
    }
    if (low > 0) before[index] = tails[low - 1] ?? -1
    tails[low] = index
  })
  const chain: Match[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair !== undefined) chain.push(pair)
  }
  return chain.toReversed()
}

/** The words two gaps share, by the shortest edit (Myers); nothing if the edit is long. */
function matchGap(known: Words, found: Words, inKnown: [number, number], inFound: [number, number]): Match[] {
  let [fromKnown, toKnown] = inKnown
  let [fromFound, toFound] = inFound
  const head: Match[] = []
  const tail: Match[] = []
  while (fromKnown < toKnown && fromFound < toFound && known[fromKnown] === found[fromFound]) {
    head.push([fromKnown++, fromFound++])
  }
  while (toKnown > fromKnown && toFound > fromFound && known[toKnown - 1] === found[toFound - 1]) {
    tail.push([--toKnown, --toFound])
  }
  const middle = shortestEdit(known, found, [fromKnown, toKnown], [fromFound, toFound])
  return [...head, ...middle, ...tail.toReversed()]
}

function shortestEdit(
  known: Words,
  found: Words,
  inKnown: [number, number],
  inFound: [number, number],
): Match[] {
  const [fromKnown, toKnown] = inKnown
  const [fromFound, toFound] = inFound
  const n = toKnown - fromKnown
  const m = toFound - fromFound
  if (n === 0 || m === 0) return []
  const most = Math.min(n + m, MAX_EDITS)
  const width = 2 * most + 3
  const frontier = new Int32Array(width)
  const history: Int32Array[] = []
  for (let edits = 0; edits <= most; edits += 1) {
    history.push(frontier.slice())
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = diagonal + most + 1
      const down =
        diagonal === -edits || (diagonal !== edits && (frontier[at - 1] ?? 0) < (frontier[at + 1] ?? 0))
      let x = down ? (frontier[at + 1] ?? 0) : (frontier[at - 1] ?? 0) + 1
      let y = x - diagonal
      while (x < n && y < m && known[fromKnown + x] === found[fromFound + y]) {
        x += 1
        y += 1
      }
      frontier[at] = x
      if (x >= n && y >= m)
        return trace(history, edits, most, n, m).map(([a, b]) => [fromKnown + a, fromFound + b])
    }
  }
  return []
}

function trace(history: readonly Int32Array[], edits: number, most: number, n: number, m: number): Match[] {
  const matches: Match[] = []
  let x = n
  let y = m
  for (let edit = edits; edit >= 0; edit -= 1) {
    const frontier = history[edit]
    if (frontier === undefined) break
    const diagonal = x - y
    const at = diagonal + most + 1
    const down =
      diagonal === -edit || (diagonal !== edit && (frontier[at - 1] ?? 0) < (frontier[at + 1] ?? 0))
    const before = down ? diagonal + 1 : diagonal - 1
    const beforeX = frontier[before + most + 1] ?? 0
    const beforeY = beforeX - before
    while (x > beforeX && y > beforeY) matches.push([--x, --y])
    x = beforeX
    y = beforeY
  }
  return matches.toReversed()
}

function fromMatches(length: number, matches: readonly Match[]): Alignment | undefined {
  const first = matches[0]
  if (first === undefined) return undefined
  const differences: Difference[] = []
  let [atKnown, atFound] = [0, first[1]]
  for (const [known, found] of matches) {
    if (known > atKnown || found > atFound)
      differences.push({ known: [atKnown, known], found: [atFound, found] })
    ;[atKnown, atFound] = [known + 1, found + 1]
  }
  if (length > atKnown) differences.push({ known: [atKnown, length], found: [atFound, atFound] })
  return { found: [first[1], atFound], differences, shared: matches.length }
}

function runHash(words: Words, at: number): number {
  let hash = 0
  for (let step = 0; step < RUN; step += 1) hash = Math.imul(hash, 0x01000193) ^ ((words[at + step] ?? 0) + 1)
  return hash
}

function sameRun(known: Words, atKnown: number, found: Words, atFound: number): boolean {
  for (let step = 0; step < RUN; step += 1) if (known[atKnown + step] !== found[atFound + step]) return false
  return true
}

/** Guesses what somebody meant to type; a guess is only ever shown, never acted upon. */

/**
 * The candidate that needs the fewest letters inserted, removed, replaced or swapped to become the text; undefined if
 * even that one is further away than a third of the text's length. Case counts for nothing, the first letter must be
 * right: a policy may hold thousands of words to guess at, and few people mistype the first letter.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(text.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  const first = text.charAt(0).toLowerCase()
  for (const candidate of candidates) {
    if (candidate.charAt(0).toLowerCase() !== first) continue
    if (Math.abs(candidate.length - text.length) >= bestDistance) continue
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Optimal string alignment: edits, with a swap of neighbours as one. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_value, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          replaced,
          at(previous, j) + 1,
          at(row, j - 1) + 1,
          swapped ? at(before, j - 2) + 1 : Infinity,
        ),
      )
    }
    before = previous
    previous = row
  }
  return at(previous, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

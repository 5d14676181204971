/** Which of the licences that share one text stands for all of them: the one that grants least. */

/** `-only` before `-or-later`, otherwise the shortest id: `OFL-1.1` before `OFL-1.1-RFN`. Empty only for an empty list. */
export function narrowest(ids: readonly string[]): string {
  const [first = ''] = ids.toSorted(
    (a, b) =>
      Number(b.endsWith('-only')) - Number(a.endsWith('-only')) || a.length - b.length || (a < b ? -1 : 1),
  )
  return first
}

/** Tells statements that leave the choice between licences from those that only have words of such statements. */

/**
 * Between how many texts a statement leaves the choice; 0 where it leaves none. `Any file` and a lone `Option` leave none,
 * and what is under both licences is under each of them.
 */
export function textsToChooseFrom(words: readonly string[]): number {
  const line = ` ${words.join(' ')} `
  if (/ (?:both|and all|all of) /.test(line)) return 0
  // Each of them has one of these licences, and nobody says which.
  if (/ (?:files|modules|packages|components|parts|fonts|icons) are /.test(line)) return 0
  if (/ (?:dual|dually) licens(?:e|ed|ing) /.test(line)) return 2
  if (/ either /.test(line) && / (?:or|licenses?|of) /.test(line)) return 2
  if (/ tri licens(?:e|ed|ing) /.test(line)) return 3
  const isFree =
    / your? (?:[^ ]+ ){0,2}(?:choose|choice|elect|option|pick) /.test(line) ||
    / (?:choose|pick|any of) (?:[^ ]+ ){0,3}licenses? /.test(line)
  return isFree ? Infinity : 0
}

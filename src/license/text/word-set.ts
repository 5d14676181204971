/** Writes a closed list of words as a block of text. */

/** The words between blanks and line breaks. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/))
}

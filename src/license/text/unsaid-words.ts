/** Words of a licence that say nothing by themselves. */

/** Addresses are single words with dots or slashes; a licence without one says the same. */
export function isAddress(word: string): boolean {
  return /[./@]/.test(word)
}

/** A letter or a small Roman number, as lists have them. */
export function isBullet(word: string): boolean {
  return /^(?:[a-z]|i{2,3}|iv|vi{1,3}|ix|xi{1,3})$/.test(word)
}

/** Tells words for parts of a package: what holds for one of them need not hold for the rest. */
import { wordSet } from './word-set.ts'

/** What a package has a part of: the licence of one need not be that of the rest. */
const PARTS = wordSet(`
  client clients server servers frontend backend core sdk api apis cli app apps plugin plugins component components module
  modules font fonts icon icons image images logo logos art artwork asset assets sound sounds doc docs
  documentation content contents data example examples test tests schema type types website site css script scripts code
  library driver engine
`)
/** Those of them that packages are hardly called. */
const MERE_PARTS = wordSet('client clients server servers sdk api apis cli version')

/** `Client`, `Code`, `Version 1`: a heading or a label that says of which part something holds. */
export function speaksOfPart(words: readonly string[]): boolean {
  return words[0] !== 'this' && (words[0] === 'version' || namesPart(words))
}

/** Whether words before `is licensed` speak of less than the package. */
export function isMerePart(words: readonly string[]): boolean {
  return words[0] !== 'this' && words.some((word) => MERE_PARTS.has(word))
}

/** Whether words have one for a part. */
export function namesPart(words: readonly string[]): boolean {
  return words.some((word) => PARTS.has(word))
}

/** Reads which licences the comment at the top of a script names: a hint about packages that ship no licence text. */
import { licensesNamed } from './prose-names.ts'
import type { ProseNames } from './prose-names.ts'

/** Words by which a sentence shows that the names in it are those of licences. */
const SAYS_LICENSE = /^licen[cs](?:e|es|ed|ing)$/
/** Everything before the first statement; a comment that is cut off is part of it. */
const OPENING = /^\uFEFF?(?:#!.*)?(?:\s|;|'use strict'|"use strict"|\/\/.*|\/\*[^]*?(?:\*\/|$))*/

/**
 * The licences that the opening comments of a script name. The source may be cut off anywhere. Never throws; time grows
 * with the length.
 */
export function licensesInHeader(source: string): ProseNames {
  const [opening = ''] = OPENING.exec(source) ?? []
  return licensesNamed(opening, (words) => words.some((word) => SAYS_LICENSE.test(word)))
}

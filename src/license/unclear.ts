/** Says why words that are no SPDX expression are none: knowing the reason never makes them one. */
import type { UnknownReason } from '#model/claim'

/** Families of licences and marks of a guess; case does not matter here, because nothing is granted. */
const AMBIGUOUS = [
  /^(?:new |modified )?bsd(?:[ -]?(?:style|like|licen[cs]ed?))?\*?$/i,
  /^(?:the )?(?:gnu )?(?:[al]?gpl|gfdl)(?:[ -]?v?\d(?:\.\d)?)?(?: licen[cs]e)?\*?$/i,
  /^(?:the )?gnu (?:(?:affero|lesser|library) )?general public licen[cs]e(?:,? (?:version|v\.?)? ?\d(?:\.\d)?)?$/i,
  /^(?:apache|mozilla|mpl|eclipse|epl|eupl|cddl|artistic|afl|psf|python|ofl|bsl|zpl|cc|cc[- ]by(?:[- ](?:sa|nc|nd))*|creative commons)(?: licen[cs]e)?\*?$/i,
  /^(?:mit|isc|apache(?:[ -]?2(?:\.0)?)?)(?:\*|[ -]?(?:style|like))$/i,
  /^public[ -]?domain\*?$/i,
  /^unlicense$/i,
  /^(?:dual|multiple|various|free|open[ -]?source|freeware|copyleft|permissive)(?: licen[cs]ed?)?$/i,
]
const URL = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)/i
const SEE_FILE = /^see (?:the )?licen[cs]e in\s+(?:\.\/)?(\S.*)$/i
/** No name of a file is longer. */
const MAX_SEEN = 1000

/** Words that say something definite although no expression; asked before anything else. */
export function saysOtherwise(text: string): UnknownReason | undefined {
  if (/^unlicensed$/i.test(text)) return 'unlicensed'
  if (fileSeen(text) !== undefined) return 'see-file'
  if (text === 'NONE' || text === 'NOASSERTION') return 'absent'
  return undefined
}

/** The file that `SEE LICENSE IN f` names; undefined for other words. */
export function fileSeen(text: string): string | undefined {
  return text.length > MAX_SEEN ? undefined : SEE_FILE.exec(text.trim())?.[1]
}

/** A better reason than "no expression", if there is one. */
export function unclearBecause(text: string): UnknownReason | undefined {
  if (URL.test(text)) return 'url'
  return text.length <= 100 && AMBIGUOUS.some((pattern) => pattern.test(text)) ? 'ambiguous' : undefined
}

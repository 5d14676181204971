/** Reads the names of licences in other tools' lists as entries of an allow list. */
import { isGroup } from '#config/built-in'
import { allowEntryProblem } from '#config/license-ids'
import { parseExpression } from '#license/expression'
import { SPELLINGS } from '#license/spellings'
import type { Lost } from './imported.ts'

/** Words that are no licence, and what becomes of them. */
const NO_LICENCES: ReadonlyMap<string, string> = new Map([
  ['UNKNOWN', 'depgate never lets an unknown licence pass: read it and record it with depgate clarify'],
  ['UNLICENSED', 'says that no licence is granted: allow it in an exception for the packages that need it'],
  ['Public Domain', 'is no licence: read what the package says, and record it with depgate clarify'],
])

/** Entries that mean the same, and the names that mean nothing certain. */
export function readLicenseNames(names: readonly string[]): { allow: string[]; lost: Lost[] } {
  const allow: string[] = []
  const lost: Lost[] = []
  for (const name of names.map((text) => text.trim()).filter((text) => text !== '')) {
    const read = readName(name)
    if ('license' in read) allow.push(read.license)
    else lost.push({ what: `licence "${name}"`, why: read.why })
  }
  return { allow: [...new Set(allow)], lost }
}

/** One name; deprecated GNU ids and families name more than one licence. */
function readName(name: string): { license: string } | { why: string } {
  const why = NO_LICENCES.get(name)
  if (why !== undefined) return { why }
  if (name.endsWith('*')) return { why: 'was a guess from a file: depgate reads the texts itself' }
  if (isGroup(name)) return { why: 'is no licence' }
  if (allowEntryProblem(name) === undefined) return { license: name }
  const meant = SPELLINGS.get(name)
  if (meant !== undefined && allowEntryProblem(meant) === undefined) return { license: meant }
  const parsed = parseExpression(name)
  if (parsed.ok && parsed.expression.type !== 'leaf') {
    return {
      why: 'is an expression: depgate understands AND and OR in a package, and needs the single licences',
    }
  }
  const problem = allowEntryProblem(name)
  return { why: `is not one SPDX licence. ${problem?.fix ?? ''}`.trimEnd() }
}

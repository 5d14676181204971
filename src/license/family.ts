/** Sorts a licence expression into a family: by the lists of a policy's groups, and by name where those have no say. */
import type { LicenseFamily } from '#model/license-family'
import { parseExpression } from './expression.ts'
import type { Expression } from './expression.ts'

/** Ids whose family is known from a list. */
export interface FamilyLists {
  permissive: ReadonlySet<string>
  weakCopyleft: ReadonlySet<string>
}

/** What may be left to the receiver in an OR, and what has to be kept in an AND: the further on, the more is asked. */
const ORDER: readonly LicenseFamily[] = ['permissive', 'weak-copyleft', 'copyleft', 'other', 'unknown']

/** With the ids that SPDX has replaced, which no policy may name and old packages still carry. */
const WEAK = /^LGPL-\d/

/** Copyleft of the whole work, over the network too. */
const STRONG =
  /^(?:A?GPL-\d|GFDL-|EUPL-|OSL-|NPOSL-|CECILL-[12]|SSPL-|RPL-|RPSL-|CPAL-|QPL-|Sleepycat$|Parity-|copyleft-next-|CAL-|CC-BY-SA-|ODbL-|CERN-OHL-S-|LiLiQ-Rplus-|Watcom-)/

/** The family of an expression: of an OR the one that asks least, of an AND the one that asks most. */
export function familyOf(license: string, lists: FamilyLists): LicenseFamily {
  const parsed = parseExpression(license)
  return parsed.ok ? familyOfTree(parsed.expression, lists) : 'other'
}

function familyOfTree(expression: Expression, lists: FamilyLists): LicenseFamily {
  if (expression.type === 'leaf') return familyOfId(expression.id, lists)
  const [left, right] = expression.parts.map((part) => ORDER.indexOf(familyOfTree(part, lists)))
  const at = [left ?? 0, right ?? 0]
  return ORDER[expression.type === 'or' ? Math.min(...at) : Math.max(...at)] ?? 'other'
}

function familyOfId(id: string, { permissive, weakCopyleft }: FamilyLists): LicenseFamily {
  if (permissive.has(id)) return 'permissive'
  if (weakCopyleft.has(id) || WEAK.test(id)) return 'weak-copyleft'
  return STRONG.test(id) ? 'copyleft' : 'other'
}

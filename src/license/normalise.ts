/** Turns the licence fields of a manifest, in any of the shapes authors use, into an SPDX expression or why there is none. */
import type { UnknownReason } from '#model/claim'
import type { LicenseField } from '#model/inventory'
import { parseExpression, printExpression } from './expression.ts'
import { SPELLINGS } from './spellings.ts'
import { isOfFamily, licenseAt } from './text/families.ts'
import { saysOtherwise, unclearBecause } from './unclear.ts'

/** The expression in canonical print, or why there is none. */
export type NormalisedLicense = { license: string } | { reason: UnknownReason }

/** More licences than any manifest lists. */
const MAX_ENTRIES = 200
/** `MIT OR SEE LICENSE IN f`: npm's words for a file at the end of an expression that is not in parentheses. */
const OR_FILE = /^([^()]+) OR SEE LICEN[CS]E IN \S+$/
/** Keys that the old object form carries beside its type; any other could name a second licence. */
const OBJECT_KEYS: ReadonlySet<string> = new Set(['type', 'url', 'distribution'])

/**
 * Normalises both fields. `license` counts; `licenses` stands in where it is missing, and where both speak and do not
 * say the same the answer is `contradictory`. Never throws.
 */
export function normaliseLicense(field: LicenseField): NormalisedLicense {
  const license = own(field, 'license')
  const licenses = own(field, 'licenses')
  if (isNothing(license)) return normaliseValue(licenses)
  const first = normaliseValue(license)
  if (isNothing(licenses)) return first
  const second = normaliseValue(licenses)
  const isSame =
    'license' in first
      ? 'license' in second && second.license === first.license
      : 'reason' in second && second.reason === first.reason && hasSameWords(license, licenses)
  return isSame ? first : { reason: 'contradictory' }
}

/** The text of a field, of the old object form, or of a list with one of them; '' for a value that has none. */
export function wordsOf(value: unknown): string {
  const entry: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (typeof entry === 'string') return entry
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return ''
  const type = own(entry, 'type')
  return typeof type === 'string' ? type : ''
}

function hasSameWords(value: unknown, other: unknown): boolean {
  const [words, others] = [[value].flat().map(wordsOf), [other].flat().map(wordsOf)]
  return words.length === others.length && words.every((word, at) => word !== '' && word === others[at])
}

function normaliseValue(value: unknown): NormalisedLicense {
  if (isNothing(value)) return { reason: 'absent' }
  return Array.isArray(value) ? normaliseList(value) : normaliseEntry(value)
}

/** Whether AND or OR is meant by several entries differs from package to package. */
function normaliseList(values: unknown[]): NormalisedLicense {
  if (values.length > MAX_ENTRIES) return { reason: 'too-complex' }
  const entries = values.map(normaliseEntry)
  const [first, ...others] = entries
  if (first !== undefined && others.length === 0) return first
  const same =
    first !== undefined &&
    'license' in first &&
    others.every((entry) => 'license' in entry && entry.license === first.license)
  return same ? first : { reason: 'legacy-array' }
}

function normaliseEntry(value: unknown): NormalisedLicense {
  if (typeof value === 'string') return normaliseText(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { reason: 'malformed' }
  }
  const type = own(value, 'type')
  if (type === undefined && typeof own(value, 'url') === 'string') {
    return { reason: 'url' }
  }
  if (typeof type !== 'string') return { reason: 'malformed' }
  const stray = Object.keys(value).find((key) => !OBJECT_KEYS.has(key))
  if (stray !== undefined) return { reason: 'contradictory' }
  const stated = normaliseText(type)
  return leadsElsewhere(own(value, 'url'), stated) ? { reason: 'contradictory' } : stated
}

/** Whether an address is the page of a licence that the words beside it do not name. */
function leadsElsewhere(url: unknown, stated: NormalisedLicense): boolean {
  const page = typeof url === 'string' ? licenseAt(url) : undefined
  if (page === undefined || !('license' in stated)) return false
  return !isOfFamily(page, stated.license.split(/[ ()]+/))
}

function normaliseText(raw: string): NormalisedLicense {
  const parsed = parseExpression(raw)
  if (parsed.ok) return { license: printExpression(parsed.expression) }
  if (parsed.reason === 'too-complex') return { reason: 'too-complex' }
  const text = raw.replace(/^ +/, '').replace(/ +$/, '')
  const certain = SPELLINGS.get(text)
  if (certain !== undefined) return { license: certain }
  // Whoever may choose may leave the file alone: without it the choice is smaller, never wider.
  const chosen = OR_FILE.exec(text)?.[1]
  if (chosen !== undefined) return normaliseText(chosen)
  return { reason: saysOtherwise(text) ?? unclearBecause(text) ?? parsed.reason }
}

/** Nothing typed: the other field may speak. */
function isNothing(value: unknown): boolean {
  if (typeof value === 'string') return /^\s*$/.test(value)
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

/** Own properties only: what a prototype says is nobody's licence. */
function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}

/** What a source says of one package: which versions have which known vulnerability. */
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { AdvisorySeverity } from '#model/audit'
import { list, oneOf, optional, orNull, shape, text } from '#model/shape'

/** A stretch of versions, by semver precedence: pre-releases in between belong to it. */
export interface Interval {
  /** The first version; absent for any. */
  from?: string
  /** The first version after it that is not affected. */
  below?: string
  /** The last version; with neither there is no end. */
  upTo?: string
}

/** The versions that are affected: in any interval, listed, or in the range. */
export interface Affected {
  intervals: Interval[]
  versions: string[]
  /** An npm range. */
  range?: string
}

/** One known vulnerability of one package, as one source tells it. */
export interface Advisory {
  id: string
  /** Other ids of the same. */
  aliases: string[]
  /** Name of the package. */
  name: string
  title: string
  /** Null where the source does not say. */
  severity: AdvisorySeverity | null
  affected: Affected
  url?: string
  source: 'registry' | 'osv'
}

/** The shape of an {@link Advisory}. */
export const advisoryShape = shape<Advisory>({
  id: text,
  aliases: list(text),
  name: text,
  title: text,
  severity: orNull(oneOf(ADVISORY_SEVERITIES)),
  affected: shape<Affected>({
    intervals: list(shape<Interval>({ from: optional(text), below: optional(text), upTo: optional(text) })),
    versions: list(text),
    range: optional(text),
  }),
  url: optional(text),
  source: oneOf(['registry', 'osv']),
})

/** Longest title that is kept. */
const MAX_TITLE = 500
/** Longest address that is kept. */
const MAX_URL = 2000
/** More other ids than any advisory has. */
const MAX_ALIASES = 100
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/

/** Whether a value can be the id of an advisory. */
export function isAdvisoryId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}

/** The ids in a list, without `own` and each once; what is no id is no name for anything. */
export function idsIn(value: unknown, own: string): string[] {
  const ids = Array.isArray(value) ? value.slice(0, MAX_ALIASES).filter(isAdvisoryId) : []
  return [...new Set(ids)].filter((id) => id !== own)
}

/** A title in one line of bounded length. */
export function titleOf(value: unknown): string {
  if (typeof value !== 'string') return ''
  const line = value
    .slice(0, 4 * MAX_TITLE)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE)}…` : line
}

/** A web address, or undefined for anything else. */
export function addressOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL || !URL.canParse(value)) return undefined
  const { protocol, href } = new URL(value)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/** The severity behind a source's word; null for a word that means none. */
export function severityOf(word: unknown): AdvisorySeverity | null {
  if (typeof word !== 'string') return null
  const known = word.toLowerCase()
  if (known === 'medium') return 'moderate'
  return ADVISORY_SEVERITIES.find((severity) => severity === known) ?? null
}

/** A value of an object's own key. */
export function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined
}

/** What is known of many contents as one piece of bytes, quick to read: names once, and numbers for all else. */
import type { ImportForm, ImportSite, ParsedSource } from '#model/imports'

/** What a content says that could be read; anything else is never kept. */
export type KnownSource = Extract<ParsedSource, { imports: unknown }>

/** Raised when the same content says more, or says it differently. */
export const RECORDS_SCHEMA = 3

/** Numbers of one content: where JSX begins (zeros for nowhere), then four for each import. */
type Row = readonly number[]

/** Contents by key, each decoded when it is asked for. */
export interface Records {
  readonly keys: ReadonlySet<string>
  get(key: string): KnownSource | undefined
}

/** All forms in the order of their numbers: new ones go to the end, and nothing is ever taken away without a new schema. */
export const FORMS: readonly ImportForm[] = [
  'import',
  're-export',
  'dynamic-import',
  'require',
  'require-resolve',
  'import-meta-resolve',
  'import-type',
  'types-reference',
  'path-reference',
  'asset-url',
  'jsx-source',
  'glob-import',
]
const ROW_HEAD = 2
const SITE = 4

/** The bytes of records. */
export function encodeRecords(records: Iterable<readonly [string, KnownSource]>): Uint8Array {
  const numbers = new Map<string, number>()
  const numberOf = (specifier: string | null): number => {
    if (specifier === null) return 0
    const known = numbers.get(specifier) ?? numbers.size + 1
    numbers.set(specifier, known)
    return known
  }
  const keys: string[] = []
  const rows: Row[] = []
  for (const [key, { imports, jsx }] of records) {
    const row = [jsx?.line ?? 0, jsx?.column ?? 0]
    for (const { specifier, form, typeOnly, mayStay, line, column } of imports) {
      const kind = FORMS.indexOf(form) * 4 + Number(mayStay === true) * 2 + Number(typeOnly)
      row.push(numberOf(specifier), kind, line, column)
    }
    keys.push(key)
    rows.push(row)
  }
  return Buffer.from(JSON.stringify({ keys, specifiers: [...numbers.keys()], rows }))
}

/** The records in bytes; undefined for what {@link encodeRecords} did not make. */
export function decodeRecords(bytes: Uint8Array): Records | undefined {
  const { keys, specifiers, rows } = partsOf(bytes) ?? {}
  if (keys === undefined || specifiers === undefined || rows?.length !== keys.length) return undefined
  const rowOf = new Map<string, unknown>(keys.map((key, at) => [key, rows[at]]))
  return {
    keys: new Set(keys),
    get(key) {
      const row = rowOf.get(key)
      return isRow(row) ? sourceOf(row, specifiers) : undefined
    },
  }
}

function sourceOf(row: Row, specifiers: readonly string[]): KnownSource | undefined {
  const [jsxLine = 0, jsxColumn = 0] = row
  const imports: ImportSite[] = []
  for (let at = ROW_HEAD; at + SITE <= row.length; at += SITE) {
    const [number = 0, kind = 0, line = 0, column = 0] = row.slice(at, at + SITE)
    const form = FORMS[kind >> 2]
    const specifier = number === 0 ? null : specifiers[number - 1]
    if (form === undefined || specifier === undefined) return undefined
    const mayStay = (kind & 2) !== 0 && { mayStay: true as const }
    imports.push({ specifier, form, typeOnly: (kind & 1) !== 0, ...mayStay, line, column })
  }
  return jsxLine === 0 ? { imports } : { imports, jsx: { line: jsxLine, column: jsxColumn } }
}

function partsOf(bytes: Uint8Array): { keys: string[]; specifiers: string[]; rows: unknown[] } | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
    )
    if (typeof value !== 'object' || value === null) return undefined
    if (!('keys' in value) || !('specifiers' in value) || !('rows' in value)) return undefined
    const { keys, specifiers, rows } = value
    return areStrings(keys) && areStrings(specifiers) && Array.isArray(rows)
      ? { keys, specifiers, rows }
      : undefined
  } catch {
    return undefined
  }
}

function areStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isRow(value: unknown): value is Row {
  return Array.isArray(value) && value.every((each) => typeof each === 'number')
}

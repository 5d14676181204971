/** Checks raw content against the shape of a file: every fault with its place, and nothing that slips through. */
import * as v from 'valibot'
import { printKeyPath } from './config-error.ts'
import type { ConfigError, KeyPath, Problem } from './config-error.ts'
import type { Place } from './json-source.ts'
import { splitProblem, typeProblem } from './problem-text.ts'

/** Where the raw content came from. */
export interface PolicySource {
  /** Path for people, `<inline>` for a policy that was handed in as an object. */
  file: string
  /** Place of a value or of its key, by its path inside the policy; absent where there is no text. */
  place?: (path: KeyPath, part: 'key' | 'value') => Place | undefined
  /** Where a value stood before policies were merged; absent where nothing was merged. */
  origin?: (path: KeyPath) => { file: string; path: KeyPath; inherited: boolean }
}

/** Content of the right shape with its defaults filled in, or every fault that was found. */
export type CheckedShape<Output> = { ok: true; output: Output } | { ok: false; errors: ConfigError[] }

/** Files of ours are five levels deep; what lies deeper is an error whatever it is. */
const MAX_DEPTH = 8
/** Far more than any file of ours holds; beyond it the checking alone would take seconds. */
const MAX_VALUES = 20_000
/** Nobody reads more errors than these at once. */
const MAX_ERRORS = 100

/** Checks raw content wholly. Never throws, whatever the content is. */
export function checkShape<Schema extends v.GenericSchema>(
  schema: Schema,
  raw: unknown,
  source: PolicySource,
): CheckedShape<v.InferOutput<Schema>> {
  const copy = plainCopy(raw)
  if (copy === undefined) {
    return { ok: false, errors: [whole(source, `holds more than ${MAX_VALUES} values`)] }
  }
  const result = v.safeParse(schema, copy.value, { abortPipeEarly: true })
  const lists = misplacedLists(copy.value, result.output, [])
  const lost = result.success ? lostKeys(copy.value, result.output, []) : []
  if (lost.length > 0) {
    const problem = { message: 'is a key that cannot be used' }
    return { ok: false, errors: lost.map((path) => errorAt(path, problem, source)) }
  }
  if (result.success && lists.length === 0) return { ok: true, output: result.output }
  const issues = (result.issues ?? []).filter((issue) => !lists.some((path) => isBelow(pathOf(issue), path)))
  const errors = [
    ...lists.map((path) => errorAt(path, typeProblem('an object', []), source)),
    ...issues.slice(0, MAX_ERRORS).map((issue) => toError(issue, source)),
  ]
  const more = issues.length - MAX_ERRORS
  return { ok: false, errors: more > 0 ? [...errors, whole(source, `has ${more} more errors`)] : errors }
}

function whole(source: PolicySource, message: string): ConfigError {
  return { file: source.file, key: '', message }
}

type Issue = v.BaseIssue<unknown>

function toError(issue: Issue, source: PolicySource): ConfigError {
  const path = pathOf(issue)
  const isUnknownKey = issue.type === 'strict_object' && issue.expected === 'never'
  const isMissing =
    issue.type === 'strict_object' && issue.expected !== 'never' && issue.expected !== 'Object'
  // What is not there has no place: the object that lacks it has.
  const place = source.place?.(isMissing ? path.slice(0, -1) : path, isUnknownKey ? 'key' : 'value')
  return { ...standing(path, source), ...place, ...splitProblem(issue.message) }
}

/** A fault of the value at a path. */
export function errorAt(path: KeyPath, problem: Problem, source: PolicySource): ConfigError {
  return { ...standing(path, source), ...source.place?.(path, 'value'), ...problem }
}

function standing(path: KeyPath, { file, origin }: PolicySource): Pick<ConfigError, 'file' | 'key'> {
  const { file: from, path: inside } = origin?.(path) ?? { file, path }
  return { file: from, key: printKeyPath(inside) }
}

function pathOf(issue: Issue): KeyPath {
  return (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
}

function isBelow(path: KeyPath, above: KeyPath): boolean {
  return above.every((part, index) => path[index] === part)
}

/** Where a list stands although an object must: to valibot a list is an object, and an empty one a valid object. */
function misplacedLists(raw: unknown, parsed: unknown, path: KeyPath): KeyPath[] {
  if (typeof raw !== 'object' || raw === null || typeof parsed !== 'object' || parsed === null) return []
  if (Array.isArray(raw) && !Array.isArray(parsed)) return [path]
  const results: ReadonlyMap<string, unknown> = new Map(Object.entries(parsed))
  return Object.entries(raw).flatMap(([key, part]) =>
    misplacedLists(part, results.get(key), [...path, Array.isArray(raw) ? Number(key) : key]),
  )
}

/** Keys of the content that are not in the result: valibot passes over `__proto__` and `constructor` without a word. */
function lostKeys(raw: unknown, parsed: unknown, path: KeyPath): KeyPath[] {
  if (typeof raw !== 'object' || raw === null || typeof parsed !== 'object' || parsed === null) return []
  const results: ReadonlyMap<string, unknown> = new Map(Object.entries(parsed))
  return Object.entries(raw).flatMap(([key, part]) =>
    results.has(key) ? lostKeys(part, results.get(key), [...path, key]) : [[...path, key]],
  )
}

/** Own keys only: nothing that is inherited is ever taken for content. Undefined if there is too much of it. */
function plainCopy(raw: unknown): { value: unknown } | undefined {
  let values = 0
  function copy(value: unknown, depth: number): unknown {
    values++
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || values > MAX_VALUES) return value
    if (Array.isArray(value)) return Array.from(value, (item: unknown) => copy(item, depth + 1))
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    return Object.fromEntries(entries.map(([key, part]) => [key, copy(part, depth + 1)]))
  }
  const value = copy(raw, 0)
  return values > MAX_VALUES ? undefined : { value }
}

/** Turns the raw content of a policy file into a policy, or into the list of everything that is wrong with it. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Location } from '#model/finding'
import { parsePackageSpec } from '#model/package-spec'
import type { PackageSpec, Policy } from '#model/policy'
import { canonicalJson } from './canonical-json.ts'
import { printKeyPath } from './config-error.ts'
import type { ConfigError, KeyPath, Problem } from './config-error.ts'
import { parseDuration } from './duration.ts'
import type { Place } from './json-source.ts'
import { splitProblem, typeProblem } from './problem-text.ts'
import { policySchema } from './schema.ts'
import type { PolicyFile } from './schema.ts'

/** Where the raw content came from. */
export interface PolicySource {
  /** Path for people, `<inline>` for a policy that was handed in as an object. */
  file: string
  /** Place of a value or of its key, by its path inside the policy; absent where there is no text. */
  place?: (path: KeyPath, part: 'key' | 'value') => Place
}

/** A policy, or every fault that was found. */
export type ValidatedPolicy = { ok: true; policy: Policy } | { ok: false; errors: ConfigError[] }

/** A policy is five levels deep; what lies deeper is an error whatever it is. */
const MAX_DEPTH = 8
/** Far more than any policy holds; beyond it the checking alone would take seconds. */
const MAX_VALUES = 20_000
/** Nobody reads more errors than these at once. */
const MAX_ERRORS = 100

/** Checks raw content wholly and fills in the defaults. Never throws, whatever the content is. */
export function validatePolicy(raw: unknown, source: PolicySource): ValidatedPolicy {
  const copy = plainCopy(raw)
  if (copy === undefined) {
    return { ok: false, errors: [whole(source, `holds more than ${MAX_VALUES} values`)] }
  }
  const result = v.safeParse(policySchema, copy.value, { abortPipeEarly: true })
  const lists = misplacedLists(copy.value, result.output, [])
  if (result.success && lists.length === 0) return { ok: true, policy: toPolicy(result.output, source) }
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

type Issue = v.InferIssue<typeof policySchema>

function toError(issue: Issue, source: PolicySource): ConfigError {
  const path = pathOf(issue)
  const isUnknownKey = issue.type === 'strict_object' && issue.expected === 'never'
  const isMissing =
    issue.type === 'strict_object' && issue.expected !== 'never' && issue.expected !== 'Object'
  // What is not there has no place: the object that lacks it has.
  const place = source.place?.(isMissing ? path.slice(0, -1) : path, isUnknownKey ? 'key' : 'value')
  return { file: source.file, ...place, key: printKeyPath(path), ...splitProblem(issue.message) }
}

function errorAt(path: KeyPath, problem: Problem, source: PolicySource): ConfigError {
  return { file: source.file, ...source.place?.(path, 'value'), key: printKeyPath(path), ...problem }
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

/** What a run without a policy goes by: nothing is allowed, all else is as if nothing had been written. */
export function emptyPolicy(): Policy {
  return toPolicy(v.parse(policySchema, { licenses: { allow: [] } }), { file: '' })
}

function toPolicy(file: PolicyFile, source: PolicySource): Policy {
  const located = <T extends { package: string }>(entries: readonly T[], path: KeyPath) =>
    entries.map((entry, index) => {
      const line = source.place?.([...path, index], 'value').line
      const location: Location = { file: source.file, ...(line !== undefined && { line }) }
      return { ...entry, package: packageSpec(entry.package), location }
    })
  const settled = {
    licenses: {
      allow: file.licenses.allow,
      scopes: { production: [], dev: file.licenses.scopes?.dev?.allow ?? [], optional: [] },
      workspaces: [],
      exceptions: file.licenses.exceptions,
      clarify: file.licenses.clarify.map(({ file: path, sha256, ...entry }) => ({
        ...entry,
        files: [{ file: path, sha256: sha256.toLowerCase() }],
      })),
    },
    packages: {
      ban: [],
      duplicates: 'off' as const,
      deprecated: 'warn' as const,
      minimumAgeMs: 0,
      licenseText: 'warn' as const,
      bundledLicenses: 'warn' as const,
    },
    sources: {
      registries: [],
      git: 'warn' as const,
      file: 'warn' as const,
      url: 'warn' as const,
      integrity: 'warn' as const,
    },
    firstParty: file.firstParty,
    network: {
      concurrency: file.network.concurrency,
      requestsPerSecond: file.network.requestsPerSecond,
      timeoutMs: milliseconds(file.network.timeout),
    },
    cache: { ttlMs: milliseconds(file.cache.ttl) },
    deadlineMs: milliseconds(file.deadline),
  }
  return {
    ...settled,
    file: source.file,
    sha256: createHash('sha256').update(canonicalJson(settled)).digest('hex'),
    licenses: {
      ...settled.licenses,
      exceptions: located(settled.licenses.exceptions, ['licenses', 'exceptions']),
      clarify: located(settled.licenses.clarify, ['licenses', 'clarify']),
    },
    firstParty: located(settled.firstParty, ['firstParty']),
  }
}

/** The schema has checked the text; if it has not, that is a bug of ours. */
function packageSpec(text: string): PackageSpec {
  const parsed = parsePackageSpec(text)
  if (!parsed.ok) throw new TypeError(parsed.problem)
  return parsed.spec
}

function milliseconds(text: string): number {
  const duration = parseDuration(text)
  if (duration === undefined) throw new TypeError(`not a duration: ${text}`)
  return duration
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

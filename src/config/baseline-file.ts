/** Reads and prints `depgate.baseline.json`: the findings that a project accepts for now. */
import * as v from 'valibot'
import { BASELINE_SCHEMA_VERSION, identityKey, KNOWABLE, KNOWABLE_RULES, sortEntries } from '#model/baseline'
import type { BaselineEntry, PlacedEntry } from '#model/baseline'
import { isPackageName } from '#model/package-id'
import { checkShape, errorAt } from './check-shape.ts'
import type { PolicySource } from './check-shape.ts'
import { quote } from './config-error.ts'
import type { ConfigError, Problem } from './config-error.ts'
import { printJson } from './json-print.ts'
import type { JsonSource } from './json-source.ts'
import { ownValue } from './layer.ts'
import { choice, closed, list, reason, text } from './schema-parts.ts'
import { dateProblem } from './value-checks.ts'

/** Name of the file; it lies beside the policy. */
export const BASELINE_FILE = 'depgate.baseline.json'

/** More findings than anybody could mean to accept. */
const MAX_ENTRIES = 2500

const day = text(10, dateProblem)
const entry = closed({
  rule: choice(
    KNOWABLE_RULES,
    'a rule whose findings can be known',
    `There are ${KNOWABLE_RULES.join(', ')}.`,
  ),
  package: v.exactOptional(text(214, nameProblem)),
  license: v.exactOptional(text(5000, () => undefined)),
  subject: v.exactOptional(text(5000, () => undefined)),
  since: day,
  reason,
  expires: v.exactOptional(day),
})
const schema = closed({
  schemaVersion: v.literal(BASELINE_SCHEMA_VERSION, `must be ${BASELINE_SCHEMA_VERSION}`),
  findings: list(entry, MAX_ENTRIES),
})

/** The entries of a baseline, or everything that is wrong with it. */
export type ReadBaseline = { ok: true; entries: PlacedEntry[] } | { ok: false; errors: ConfigError[] }

/** Checks the content of a baseline file; one that a newer depgate has written is not read at all. */
export function parseBaseline(json: JsonSource, file: string): ReadBaseline {
  const source: PolicySource = { file, place: json.place }
  const version = ownValue(json.value, 'schemaVersion')
  if (typeof version === 'number' && version > BASELINE_SCHEMA_VERSION) {
    return { ok: false, errors: [errorAt(['schemaVersion'], NEWER, source)] }
  }
  const twice = json.duplicates([]).map(({ path, ...problem }) => errorAt(path, problem, source))
  const checked = checkShape(schema, json.value, source)
  if (!checked.ok) return { ok: false, errors: [...twice, ...checked.errors] }
  const errors = [...twice, ...entryErrors(checked.output.findings, source)]
  if (errors.length > 0) return { ok: false, errors }
  return { ok: true, entries: placedEntries(checked.output.findings, json, file) }
}

function placedEntries(entries: readonly BaselineEntry[], json: JsonSource, file: string): PlacedEntry[] {
  return entries.map((known, index) => {
    const { line } = json.place(['findings', index], 'value')
    return { ...known, location: { file, line } }
  })
}

/** What the shape of single entries does not say: a licence where it names the finding, and no finding twice. */
function entryErrors(entries: readonly BaselineEntry[], source: PolicySource): ConfigError[] {
  const seen = new Map<string, number>()
  return entries.flatMap((known, index) => {
    const path = ['findings', index]
    const isNamed = KNOWABLE[known.rule] === 'license'
    const lacking = lackOf(known)
    if (lacking !== undefined) return [errorAt(path, lacking, source)]
    if (isNamed && known.license === undefined) {
      return [
        errorAt(path, { message: `${known.rule} is about a licence, and "license" is missing` }, source),
      ]
    }
    if (!isNamed && known.license !== undefined) {
      const problem = { message: `${known.rule} is not about a licence`, fix: 'Remove "license".' }
      return [errorAt([...path, 'license'], problem, source)]
    }
    const key = identityKey(known)
    const first = seen.get(key)
    seen.set(key, first ?? index)
    if (first === undefined) return []
    const line = source.place?.(['findings', first], 'value')?.line ?? 1
    return [
      errorAt(path, { message: `stands here twice, first in line ${line}`, fix: 'Remove one.' }, source),
    ]
  })
}

/** What names a finding of one kind, and no finding of another. */
function lackOf({ rule, package: name, subject }: BaselineEntry): Problem | undefined {
  if (KNOWABLE[rule] === 'subject') {
    if (subject !== undefined) return undefined
    return { message: `${rule} is about what is imported, and "subject" is missing` }
  }
  if (name === undefined) return { message: `${rule} is about a package, and "package" is missing` }
  if (subject === undefined) return undefined
  return { message: `${rule} is not about what is imported`, fix: 'Remove "subject".' }
}

const NEWER: Problem = {
  message: 'was written by a newer depgate than this one',
  fix: 'Update depgate; an older one would misread it.',
}

/** The file with these entries, sorted, as every formatter leaves it. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const content = {
    schemaVersion: BASELINE_SCHEMA_VERSION,
    findings: sortEntries(entries).map((known) => printedEntry(known)),
  }
  return `${printJson(content, { unit: '  ', eol: '\n', compact: false, indent: '', oneLine: false })}\n`
}

/** Keys in the order in which people read them. */
function printedEntry({
  rule,
  package: name,
  license,
  subject,
  since,
  reason: why,
  expires,
}: BaselineEntry): object {
  return {
    rule,
    ...(name !== undefined && { package: name }),
    ...(license !== undefined && { license }),
    ...(subject !== undefined && { subject }),
    since,
    reason: why,
    ...(expires !== undefined && { expires }),
  }
}

/** What is wrong with the values of a new entry, by the rules that the file is read by; the key, then the problem. */
export function entryProblems(wanted: BaselineEntry): ConfigError[] {
  const result = checkShape(entry, wanted, { file: '' })
  return result.ok ? [] : result.errors
}

function nameProblem(name: string): Problem | undefined {
  if (isPackageName(name)) return undefined
  return { message: `${quote(name)} is not the name of a package`, fix: 'Write it without a version.' }
}

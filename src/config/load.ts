/** Finds the policy of a project and reads it: the only file of this folder that touches the disk. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Policy } from '#model/policy'
import { formatConfigErrors, printKeyPath } from './config-error.ts'
import type { ConfigError, KeyPath, Problem } from './config-error.ts'
import { readJson } from './json-source.ts'
import type { JsonSource, PlacedProblem } from './json-source.ts'
import { MINIMAL_POLICY, POLICY_FILE } from './minimal-policy.ts'
import { validatePolicy } from './validate.ts'
import type { ValidatedPolicy } from './validate.ts'

export { emptyPolicy } from './validate.ts'

/** Where to look for the policy. */
export interface PolicyLocation {
  /** Absolute path of the project. */
  project: string
  /** A policy file named by the user, relative to the current folder; nothing else is looked at then. */
  configPath?: string
}

/** A policy, or the text that says why there is none. */
export type LoadedPolicy =
  | { ok: true; policy: Policy }
  | {
      ok: false
      /** True if there simply is no policy, so that commands which need none can go on. */
      absent: boolean
      /** For people: one or two lines for each error, or a minimal file to paste. */
      message: string
      errors: ConfigError[]
    }

const PACKAGE_FILE = 'package.json'
const PACKAGE_KEY = 'depgate'
const MAX_BYTES = 1024 * 1024
/** Nobody reads more of them at once. */
const MAX_DUPLICATES = 20

/** What a file held: JSON, nothing because there is no file, or what is wrong with it. */
type ReadFile =
  { kind: 'source'; source: JsonSource } | { kind: 'absent' } | { kind: 'wrong'; error: ConfigError }

/** Loads `depgate.config.json`, or the key `depgate` of package.json; both at once is an error. Never throws. */
export function loadPolicy({ project, configPath }: PolicyLocation): LoadedPolicy {
  if (configPath !== undefined) {
    const path: KeyPath = basename(configPath) === PACKAGE_FILE ? [PACKAGE_KEY] : []
    const read = readSource(resolve(configPath), configPath)
    if (read.kind === 'absent') return failed([whole(configPath, { message: 'there is no such file' })])
    return read.kind === 'wrong' ? failed([read.error]) : loaded(read.source, configPath, path)
  }
  const own = readSource(join(project, POLICY_FILE), POLICY_FILE)
  const shared = readSource(join(project, PACKAGE_FILE), PACKAGE_FILE)
  const isShared = shared.kind === 'source' && holdsPolicy(shared.source)
  if (own.kind !== 'absent' && isShared) {
    const place = shared.source.place([PACKAGE_KEY], 'key')
    const message = `there is a policy here and in ${POLICY_FILE}, and only one can count`
    const fix = 'Remove one of the two.'
    return failed([{ file: PACKAGE_FILE, ...place, key: PACKAGE_KEY, message, fix }])
  }
  if (own.kind === 'wrong') return failed([own.error])
  if (own.kind === 'source') return loaded(own.source, POLICY_FILE, [])
  // A package.json that cannot be read may hold the policy: to say that there is none would be a guess.
  if (shared.kind === 'wrong') return failed([shared.error])
  if (isShared) return loaded(shared.source, PACKAGE_FILE, [PACKAGE_KEY])
  const message = `there is no policy: neither ${POLICY_FILE} nor the key "${PACKAGE_KEY}" of ${PACKAGE_FILE}`
  const fix = `Write ${POLICY_FILE} with the licences that your project may use, for example:\n\n${MINIMAL_POLICY.trimEnd()}`
  return { ...failed([whole(POLICY_FILE, { message, fix })]), absent: true }
}

function loaded(source: JsonSource, file: string, path: KeyPath): LoadedPolicy {
  const duplicates = source
    .duplicates(path)
    .slice(0, MAX_DUPLICATES)
    .map((problem) => placed(file, problem))
  const raw = path.reduce<unknown>(ownValue, source.value)
  const result: ValidatedPolicy =
    raw === undefined
      ? { ok: false, errors: [whole(file, { message: `has no key "${PACKAGE_KEY}"` })] }
      : validatePolicy(raw, { file, place: (inside, part) => source.place([...path, ...inside], part) })
  if (result.ok && duplicates.length === 0) return result
  const errors = [...duplicates, ...(result.ok ? [] : result.errors)]
  return failed(errors.toSorted(byPlace))
}

function readSource(path: string, file: string): ReadFile {
  const content = readText(path)
  if (content === undefined) return { kind: 'absent' }
  if (typeof content !== 'string') return { kind: 'wrong', error: whole(file, content) }
  const read = readJson(content)
  if (read.ok) return { kind: 'source', source: read.source }
  return { kind: 'wrong', error: placed(file, read.problem) }
}

/** The text of a file, undefined if there is none, or why it cannot be read. */
function readText(path: string): string | Problem | undefined {
  let file: number | undefined
  try {
    // Without O_NONBLOCK a named pipe in its place would hang the run.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = fstatSync(file)
    if (!stats.isFile()) return { message: 'is not a regular file' }
    if (stats.size > MAX_BYTES) return { message: `is larger than ${MAX_BYTES} bytes` }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return undefined
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { message: 'is not UTF-8 text', fix: 'Save it as UTF-8.' }
    }
    return { message: `cannot be read (${code})` }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function holdsPolicy(source: JsonSource): boolean {
  return ownValue(source.value, PACKAGE_KEY) !== undefined
}

function ownValue(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}

/** Top to bottom; what has no place comes last. */
function byPlace(a: ConfigError, b: ConfigError): number {
  const lines = (a.line ?? MAX_BYTES) - (b.line ?? MAX_BYTES)
  return lines === 0 ? (a.column ?? 0) - (b.column ?? 0) : lines
}

function placed(file: string, { path, ...problem }: PlacedProblem): ConfigError {
  return { ...problem, file, key: printKeyPath(path) }
}

function whole(file: string, problem: Problem): ConfigError {
  return { file, key: '', ...problem }
}

function failed(errors: ConfigError[]): Extract<LoadedPolicy, { ok: false }> {
  return { ok: false, absent: false, message: formatConfigErrors(errors), errors }
}

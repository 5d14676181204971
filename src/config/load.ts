/** Finds the policy of a project, with all that it extends, and reads it. */
import { basename, dirname, join, resolve } from 'node:path'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import type { Policy } from '#model/policy'
import { resolveChain } from './chain.ts'
import { formatConfigErrors, printKeyPath } from './config-error.ts'
import type { ConfigError, KeyPath, Problem } from './config-error.ts'
import type { JsonSource, PlacedProblem } from './json-source.ts'
import { fileLayer, ownValue } from './layer.ts'
import type { Layer } from './layer.ts'
import { mergeLayers } from './merge.ts'
import { MINIMAL_POLICY, POLICY_FILE } from './minimal-policy.ts'
import { readParent } from './parent-layer.ts'
import type { ProjectPlace } from './parent-layer.ts'
import { withBaseline } from './read-baseline.ts'
import { readPolicyFile } from './policy-file.ts'
import { validatePolicy } from './validate.ts'
import type { PolicySource } from './validate.ts'

export { emptyPolicy } from './to-policy.ts'

/** Where to look for the policy. */
export interface PolicyLocation {
  /** Absolute path of the project. */
  project: string
  /** A policy file named by the user, relative to the current folder; nothing else is looked at then. */
  configPath?: string
  /** Remembers what was looked at. */
  disk?: DiskReader
}

/** A policy, or the text that says why there is none. */
export type LoadedPolicy =
  | {
      ok: true
      policy: Policy
      /** The content of all layers as one, as it was written, and where each part of it stands. */
      merged: { value: unknown; source: PolicySource }
    }
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
/** Nobody reads more of them at once. */
const MAX_DUPLICATES = 20

/** Loads `depgate.config.json`, or the key `depgate` of package.json; both at once is an error. Never throws. */
export function loadPolicy({
  project,
  configPath,
  disk = openDisk(resolve(project)),
}: PolicyLocation): LoadedPolicy {
  const root = disk.realPath(resolve(project)) ?? resolve(project)
  const inProject = { disk, project: root, names: new Map([[root, '']]) }
  if (configPath !== undefined) {
    const path = resolve(configPath)
    const base: KeyPath = basename(path) === PACKAGE_FILE ? [PACKAGE_KEY] : []
    const read = readSource(disk, path, configPath)
    if (read.kind === 'absent') return failed([whole(configPath, { message: 'there is no such file' })])
    if (read.kind === 'wrong') return failed([read.error])
    const folder = disk.realPath(dirname(path)) ?? dirname(path)
    const names = new Map(inProject.names)
    if (!names.has(folder)) names.set(folder, join(dirname(configPath), '/').replace(/^\.\/$/, ''))
    return loaded(read.source, configPath, path, base, { disk, project: root, names })
  }
  const path = join(root, POLICY_FILE)
  const packagePath = join(root, PACKAGE_FILE)
  const own = readSource(disk, path, POLICY_FILE)
  const shared = readSource(disk, packagePath, PACKAGE_FILE)
  const isShared = shared.kind === 'source' && holdsPolicy(shared.source)
  if (own.kind !== 'absent' && isShared) {
    const place = shared.source.place([PACKAGE_KEY], 'key')
    const message = `there is a policy here and in ${POLICY_FILE}, and only one can count`
    const fix = 'Remove one of the two.'
    return failed([{ file: PACKAGE_FILE, ...place, key: PACKAGE_KEY, message, fix }])
  }
  if (own.kind === 'wrong') return failed([own.error])
  if (own.kind === 'source') return loaded(own.source, POLICY_FILE, path, [], inProject)
  // A package.json that cannot be read may hold the policy: to say that there is none would be a guess.
  if (shared.kind === 'wrong') return failed([shared.error])
  if (isShared) return loaded(shared.source, PACKAGE_FILE, packagePath, [PACKAGE_KEY], inProject)
  const message = `there is no policy: neither ${POLICY_FILE} nor the key "${PACKAGE_KEY}" of ${PACKAGE_FILE}`
  const fix = `Write ${POLICY_FILE} with the licences that your project may use, for example:\n\n${MINIMAL_POLICY.trimEnd()}`
  return { ...failed([whole(POLICY_FILE, { message, fix })]), absent: true }
}

function loaded(
  source: JsonSource,
  file: string,
  path: string,
  base: KeyPath,
  place: ProjectPlace,
): LoadedPolicy {
  const { disk } = place
  const roots = [...place.names.keys()]
  const folder = disk.realPath(dirname(path)) ?? dirname(path)
  const first = fileLayer(file, disk.realPath(path) ?? path, source, base, { folder, roots })
  if (first.value === undefined) return failed([whole(file, { message: `has no key "${PACKAGE_KEY}"` })])
  const chain = resolveChain(first, (parent, child) => readParent(parent, child, place))
  if (!chain.ok) return failed([chain.error])
  const { layers } = chain
  const duplicates = layers
    .flatMap((layer) => layer.duplicates.map((problem) => placed(layer.file, problem)))
    .slice(0, MAX_DUPLICATES)
  const { value, source: merged } = mergedSource(file, layers)
  const result = validatePolicy(value, merged)
  if (result.ok && duplicates.length === 0) {
    const judging = withBaseline(disk, path, result.policy)
    return judging.ok ? { ...judging, merged: { value, source: merged } } : failed(judging.errors)
  }
  return failed([...duplicates, ...(result.ok ? [] : result.errors)].toSorted(byPlace))
}

/** All layers as one, every part of which knows the file that it stands in. */
function mergedSource(file: string, layers: Layer[]): { value: unknown; source: PolicySource } {
  const { value, originOf } = mergeLayers(layers.map((layer) => layer.value))
  const source: PolicySource = {
    file,
    place: (path, part) => {
      const origin = originOf(path)
      return layers[origin.layer]?.place?.(origin.path, part)
    },
    origin: (path) => {
      const { layer, path: inside } = originOf(path)
      return { file: layers[layer]?.file ?? file, path: inside, inherited: layer > 0 }
    },
  }
  return { value, source }
}

type ReadSource =
  { kind: 'source'; source: JsonSource } | { kind: 'absent' } | { kind: 'wrong'; error: ConfigError }

function readSource(disk: DiskReader, path: string, file: string): ReadSource {
  const read = readPolicyFile(disk, path)
  if (read.kind === 'unreadable') return { kind: 'wrong', error: whole(file, read.problem) }
  return read.kind === 'wrong' ? { kind: 'wrong', error: placed(file, read.problem) } : read
}

function holdsPolicy(source: JsonSource): boolean {
  return ownValue(source.value, PACKAGE_KEY) !== undefined
}

/** File by file, top to bottom; what has no place comes last. */
function byPlace(a: ConfigError, b: ConfigError): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  const lines = (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER)
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

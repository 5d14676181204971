/** The resolved policy value by value: what holds, and where each value comes from. */
import type { Location } from '#model/finding'
import type { Policy } from '#model/policy'
import { expandGroups, isGroup, PRESET_PREFIX } from './built-in.ts'
import { checkShape } from './check-shape.ts'
import type { PolicySource } from './check-shape.ts'
import { printKeyPath } from './config-error.ts'
import type { KeyPath } from './config-error.ts'
import { policySchema } from './schema.ts'

/** Where a value comes from: a line of a file of the project or of a package, a preset, or depgate's own default. */
export type ValueOrigin =
  | { type: 'file' | 'package'; file: string; line?: number; column?: number }
  | { type: 'preset'; name: string }
  | { type: 'default' }

/** One value of the policy. */
export interface ResolvedValue {
  /** `licenses.allow[0]`. */
  key: string
  value: unknown
  origin: ValueOrigin
  /** Of a group in an allow list: the licences that it stands for. */
  licenses?: string[]
}

/** The policy with all that it extends, and its baseline. */
export interface ResolvedPolicy {
  file: string
  sha256: string
  /** Absent where there is none. */
  baseline?: { file: string; entries: number }
  values: ResolvedValue[]
}

/** Takes a policy that was loaded apart again; `merged` is what it was made of. */
export function resolvedPolicy(
  { file, sha256, baseline }: Policy,
  { value, source }: { value: unknown; source: PolicySource },
): ResolvedPolicy {
  const checked = checkShape(policySchema, value, source)
  if (!checked.ok) throw new TypeError('a policy that was loaded is not valid')
  return {
    file,
    sha256,
    ...(baseline.exists && { baseline: { file: baseline.file, entries: baseline.entries.length } }),
    // What is only for editors judges nothing.
    values: leaves(checked.output, [])
      .filter(({ path }) => path[0] !== '$schema')
      .map((leaf) => resolvedValue(leaf, { value, source })),
  }
}

function resolvedValue(
  { path, value: leaf }: { path: KeyPath; value: unknown },
  { value, source }: { value: unknown; source: PolicySource },
): ResolvedValue {
  const isOfGroup = typeof leaf === 'string' && isGroup(leaf) && path[0] === 'licenses'
  return {
    key: printKeyPath(path),
    value: leaf,
    origin: isWritten(value, path) ? originOf(path, source) : { type: 'default' },
    ...(isOfGroup && { licenses: expandGroups([leaf]) }),
  }
}

/** Values that hold no others, with an empty list or object as one of them. */
function leaves(value: unknown, path: KeyPath): { path: KeyPath; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  const parts: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  if (parts.length === 0) return isScope(path) ? [] : [{ path, value }]
  return parts.flatMap(([key, part]) => leaves(part, [...path, key]))
}

/** Where nothing is written for any scope or workspace, there is nothing to show either. */
function isScope(path: KeyPath): boolean {
  return path.length === 2 && (path[1] === 'scopes' || path[1] === 'workspaces')
}

function isWritten(value: unknown, path: KeyPath): boolean {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false
    at = Object.entries(at).find(([key]) => key === String(step))?.[1]
  }
  return true
}

function originOf(path: KeyPath, { file: own, origin, place }: PolicySource): ValueOrigin {
  const file = origin?.(path).file ?? own
  if (file.startsWith(PRESET_PREFIX)) return { type: 'preset', name: file }
  const type = file.includes('node_modules/') ? 'package' : 'file'
  return { type, file, ...place?.(path, 'value') }
}

/** An origin for people: `depgate.config.json:4`, `preset depgate:permissive`, `default`. */
export function originText(origin: ValueOrigin): string {
  switch (origin.type) {
    case 'default':
      return 'default'
    case 'preset':
      return `preset ${origin.name}`
    case 'file':
    case 'package':
      return placeText(origin)
  }
}

function placeText({ file, line }: Location): string {
  return line === undefined ? file : `${file}:${line}`
}

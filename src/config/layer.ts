/** One policy of a chain in which each extends the next: its content, its places, and where its own parent may lie. */
import type { KeyPath } from './config-error.ts'
import type { JsonSource, Place, PlacedProblem } from './json-source.ts'

/** A policy as it was read, before it is merged with others. */
export interface Layer {
  /** Path for people; the name of a preset. */
  file: string
  /** Equal for the same policy, however it was reached. */
  identity: string
  value: unknown
  /** Absent for a preset, which nobody edits. */
  place?: (path: KeyPath, part: 'key' | 'value') => Place
  /** Keys that stand twice in one object, paths as in `value`. */
  duplicates: PlacedProblem[]
  /** Real path of the folder it lies in, and of the folders that its parent must lie in one of; none for a preset. */
  home?: { folder: string; roots: string[] }
}

/** Makes a layer of a file, or of the part of it that holds the policy. */
export function fileLayer(
  file: string,
  identity: string,
  source: JsonSource,
  base: KeyPath,
  home: Layer['home'],
): Layer {
  return {
    file,
    identity,
    value: base.reduce<unknown>(ownValue, source.value),
    place: (path, part) => source.place([...base, ...path], part),
    duplicates: source.duplicates(base),
    ...(home !== undefined && { home }),
  }
}

/** The value of an own key; undefined for anything that has none of that name. */
export function ownValue(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}

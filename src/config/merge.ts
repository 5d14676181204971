/** Lays a policy over the one that it extends, and remembers where each part of the result came from. */
import type { KeyPath } from './config-error.ts'

/** The entry of an allow list that stands for the entries of the parent's. */
export const EXTENDS_ENTRY = 'extends'

/** Where a part of merged content stands. */
export interface Origin {
  /** Index of the layer: 0 is the project's own policy. */
  layer: number
  path: KeyPath
}

/** Content merged from all layers. */
export interface Merged {
  value: unknown
  /** Where a part stands; of what is not there, where it would stand. */
  originOf: (path: KeyPath) => Origin
}

/** A value with its origin; `parts` only where the parts may have other origins than the whole. */
interface Piece {
  value: unknown
  origin: Origin
  parts?: ReadonlyMap<string | number, Piece>
}

/**
 * Merges layers, the child first. Objects are merged key by key, any other value of the child replaces the parent's. In
 * an allow list of a child the entry `"extends"` is replaced by the parent's entries.
 */
export function mergeLayers(layers: readonly unknown[]): Merged {
  const [base, ...children] = layers.map((value, layer) => piece(value, { layer, path: [] })).toReversed()
  if (base === undefined) throw new TypeError('there is nothing to merge')
  const whole = children.reduce((parent, child) => merge(child, parent), base)
  return {
    value: whole.value,
    originOf: (path) => {
      let at = whole
      for (const [index, step] of path.entries()) {
        const next = at.parts?.get(step)
        if (next === undefined) {
          return { layer: at.origin.layer, path: [...at.origin.path, ...path.slice(index)] }
        }
        at = next
      }
      return at.origin
    },
  }
}

function piece(value: unknown, origin: Origin): Piece {
  return { value, origin }
}

function merge(child: Piece, parent: Piece | undefined): Piece {
  const { origin } = child
  if (isAllowList(origin.path) && Array.isArray(child.value)) return mergeList(child, child.value, parent)
  if (!isObject(child.value)) return child
  const inherited =
    parent !== undefined && isObject(parent.value) ? partsOf(parent) : new Map<string, Piece>()
  const own = partsOf(child)
  const parts = new Map<string | number, Piece>(inherited)
  for (const [key, part] of own) parts.set(key, merge(part, inherited.get(key)))
  return { value: Object.fromEntries([...parts].map(([key, part]) => [key, part.value])), origin, parts }
}

function mergeList(child: Piece, entries: readonly unknown[], parent: Piece | undefined): Piece {
  if (!entries.includes(EXTENDS_ENTRY)) return child
  // A parent's list that is no list must be seen by whoever checks the whole.
  if (parent !== undefined && !Array.isArray(parent.value)) return parent
  const inherited = parent === undefined ? [] : [...partsOf(parent).values()]
  const parts = [...partsOf(child).values()].flatMap((part) =>
    part.value === EXTENDS_ENTRY ? inherited : [part],
  )
  return { value: parts.map(({ value }) => value), origin: child.origin, parts: new Map(parts.entries()) }
}

/** Own keys only; `__proto__` is a key like any other. */
function partsOf({ value, origin, parts }: Piece): ReadonlyMap<string | number, Piece> {
  if (parts !== undefined) return parts
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value ?? {})
  return new Map(
    entries.map(([key, part]) => [key, piece(part, { layer: origin.layer, path: [...origin.path, key] })]),
  )
}

/** `licenses.allow`, `licenses.scopes.<scope>.allow` and `licenses.workspaces.<workspace>.allow`. */
function isAllowList(path: KeyPath): boolean {
  const [licenses, group, , allow] = path
  if (licenses !== 'licenses') return false
  if (path.length === 2) return group === 'allow'
  return path.length === 4 && (group === 'scopes' || group === 'workspaces') && allow === 'allow'
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

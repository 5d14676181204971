/**
 * What one leaf of an expression means: its family, its version, and whether it leaves later versions open.
 *
 * The deprecated GNU ids mean what SPDX replaced them by: `GPL-2.0` is `GPL-2.0-only`, `GPL-2.0+` is
 * `GPL-2.0-or-later`. Every other id means itself.
 */
import { printLeaf } from './expression.ts'
import type { Leaf } from './expression.ts'

/** A leaf, read. */
export interface LeafMeaning {
  /** Equal for two leaves that mean the same. */
  key: string
  /** Ids of one family differ in their version only. */
  family: string
  /** Parts of the version; empty for an id without one. */
  version: number[]
  /** Whether any later version will do. */
  open: boolean
  /** The id after WITH, '' for none. */
  exception: string
}

const GNU = /^([AL]?GPL|GFDL)-(\d+\.\d+)(-only|-or-later)?$/
const VERSIONED = /^(.+)-(\d+(?:\.\d+)*)$/

/** Reads a leaf. */
export function leafMeaning({ id, plus, exception = '' }: Leaf): LeafMeaning {
  const gnu = GNU.exec(id)
  const [, family, version] = gnu ?? VERSIONED.exec(id) ?? []
  const open = plus || gnu?.[3] === '-or-later'
  const name = gnu === null ? id : `${family}-${version}`
  return {
    key: `${name}${open ? '+' : ''} WITH ${exception}`,
    // An id without a version is a family of its own: `MIT` is not an early `MIT-0`.
    family: family ?? `=${id}`,
    version: version === undefined ? [] : version.split('.').map(Number),
    open,
    exception,
  }
}

/** Prints a leaf with the id that SPDX uses today: `GPL-2.0+` as `GPL-2.0-or-later`. Policies take only these. */
export function currentSpelling(leaf: Leaf): string {
  const [, family, version] = GNU.exec(leaf.id) ?? []
  if (family === undefined) return printLeaf(leaf)
  const id = `${family}-${version}${leafMeaning(leaf).open ? '-or-later' : '-only'}`
  return printLeaf({ ...leaf, id, plus: false })
}

/**
 * Whether a licence that is allowed covers a leaf, by our own rule: the same meaning, or an allowed `-or-later` / `+`
 * and a leaf of the same family, of the same version or a later one. A leaf that leaves the version open is covered
 * only by an entry that leaves it open too, and WITH is never covered by anything but the same licence WITH the same.
 */
export function covers(allowed: LeafMeaning, leaf: LeafMeaning): boolean {
  if (allowed.key === leaf.key) return true
  if (!allowed.open || allowed.exception !== '' || leaf.exception !== '') return false
  return allowed.family === leaf.family && !isEarlier(leaf.version, allowed.version)
}

function isEarlier(version: number[], than: number[]): boolean {
  const length = Math.max(version.length, than.length)
  for (let at = 0; at < length; at += 1) {
    const difference = (version[at] ?? 0) - (than[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Node's look-up rule: the nearest `node_modules/<name>` from a package upwards, over a known set of places. */
import { parentOf } from './tree-location.ts'

/** What a package at `from` gets when it asks for a name; undefined when nothing (that is accepted) answers. */
export type LookUp<T> = (from: string, name: string, accepts?: (found: T) => boolean) => T | undefined

/** The packages of one node_modules folder, and the next folder upwards that has any. */
interface Scope<T> {
  modules: Map<string, T>
  up: Scope<T> | undefined
}

const FOLDER = 'node_modules/'

/**
 * Prepares the rule for places (`…/node_modules/<name>`) and what stands there; a later entry for a place replaces an
 * earlier one. Places outside any node_modules folder answer nobody.
 */
export function createLookUp<T>(places: Iterable<readonly [place: string, found: T]>): LookUp<T> {
  const modules = new Map<string, Map<string, T>>()
  for (const [place, found] of places) {
    const slash = place.lastIndexOf(`/${FOLDER}`)
    if (slash === -1 && !place.startsWith(FOLDER)) continue
    const holder = slash === -1 ? '' : place.slice(0, slash)
    const name = place.slice((slash === -1 ? 0 : slash + 1) + FOLDER.length)
    const known = modules.get(holder)
    if (known) known.set(name, found)
    else modules.set(holder, new Map([[name, found]]))
  }
  const top = modules.get('')
  const scopes = new Map<string, Scope<T> | undefined>([['', top && { modules: top, up: undefined }]])
  const scopeOf = (from: string): Scope<T> | undefined => {
    const unknown: string[] = []
    let folder = from
    for (; !scopes.has(folder); folder = parentOf(folder)) unknown.push(folder)
    let scope = scopes.get(folder)
    for (const below of unknown.toReversed()) {
      const own = modules.get(below)
      if (own) scope = { modules: own, up: scope }
      scopes.set(below, scope)
    }
    return scope
  }
  return (from, name, accepts) => {
    for (let scope = scopeOf(from); scope; scope = scope.up) {
      const found = scope.modules.get(name)
      if (found !== undefined && (!accepts || accepts(found))) return found
    }
    return undefined
  }
}

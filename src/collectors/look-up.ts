/** Node's look-up rule: the nearest `node_modules/<name>` from a package upwards, over a known set of places. */
import { parentOf } from './tree-location.ts'

/** Location of what a package gets when it asks for a name; undefined when nothing answers. */
export type LookUp = (from: string, name: string) => string | undefined

/** The packages of one node_modules folder, and the next folder upwards that has any. */
interface Scope {
  modules: Map<string, string>
  up: Scope | undefined
}

const FOLDER = 'node_modules/'

/**
 * Prepares the rule for places (`…/node_modules/<name>`) and the locations they stand for, which differ for links.
 * Places outside any node_modules folder answer nobody.
 */
export function createLookUp(places: Iterable<readonly [place: string, location: string]>): LookUp {
  const modules = new Map<string, Map<string, string>>()
  for (const [place, location] of places) {
    const slash = place.lastIndexOf(`/${FOLDER}`)
    if (slash === -1 && !place.startsWith(FOLDER)) continue
    const holder = slash === -1 ? '' : place.slice(0, slash)
    const name = place.slice((slash === -1 ? 0 : slash + 1) + FOLDER.length)
    const known = modules.get(holder)
    if (known) known.set(name, location)
    else modules.set(holder, new Map([[name, location]]))
  }
  const top = modules.get('')
  const scopes = new Map<string, Scope | undefined>([['', top && { modules: top, up: undefined }]])
  const scopeOf = (from: string): Scope | undefined => {
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
  return (from, name) => {
    for (let scope = scopeOf(from); scope; scope = scope.up) {
      const found = scope.modules.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }
}

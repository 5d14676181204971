/** Follows what each policy extends, up to the one that extends nothing. */
import type { ConfigError, Problem } from './config-error.ts'
import { parseExtends } from './extends.ts'
import type { Parent } from './extends.ts'
import { ownValue } from './layer.ts'
import type { Layer } from './layer.ts'
import { EXTENDS_ENTRY } from './merge.ts'
import { printKeyPath } from './config-error.ts'
import type { ReadParent } from './parent-layer.ts'

/** Most policies that one may extend through each other; people lose track long before. */
const MAX_PARENTS = 5

/** All layers, the first one given first; or what is wrong with one of the links. */
export type Chain = { ok: true; layers: Layer[] } | { ok: false; error: ConfigError }

/** Reads parents until there is none. The layers no longer hold `extends`, but where it is no text and so an error. */
export function resolveChain(first: Layer, read: (parent: Parent, child: Layer) => ReadParent): Chain {
  const layers: Layer[] = []
  const names: string[] = []
  const seen = new Set<string>()
  let layer = first
  while (true) {
    const text = ownValue(layer.value, EXTENDS_ENTRY)
    seen.add(layer.identity)
    names.push(layer.file)
    if (typeof text !== 'string') {
      layers.push(layer)
      return { ok: true, layers }
    }
    layers.push({ ...layer, value: withoutExtends(layer.value) })
    const parsed = parseExtends(text)
    if (!parsed.ok) return failed(layer, parsed.problem)
    const parent = read(parsed.parent, layer)
    if (parent.kind === 'unusable') return failed(layer, parent.problem)
    if (parent.kind === 'wrong') {
      const { path, ...problem } = parent.problem
      return { ok: false, error: { ...problem, file: parent.file, key: printKeyPath(path) } }
    }
    if (seen.has(parent.layer.identity)) {
      const circle = [...names, parent.layer.file].join(' > ')
      return failed(layer, { message: `extends itself: ${circle}`, fix: 'Remove one of these "extends".' })
    }
    if (layers.length > MAX_PARENTS) {
      const message = `is one "extends" too many: a policy may extend ${MAX_PARENTS} others through each other`
      return failed(layer, { message, fix: 'Put some of them together.' })
    }
    layer = parent.layer
  }
}

function failed(layer: Layer, problem: Problem): Chain {
  const place = layer.place?.([EXTENDS_ENTRY], 'value')
  return { ok: false, error: { file: layer.file, ...place, key: EXTENDS_ENTRY, ...problem } }
}

function withoutExtends(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== EXTENDS_ENTRY))
}

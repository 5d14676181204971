/** Which imports a name in the policy means: a package, with a subpath too, a scope, or a part of Node. */
import type { ImportTarget } from '#model/imports'

/**
 * Whether one of the names means what an import leads to: `name` and `@scope/*` with all that is in them, `name/subpath`
 * with all below it, `node:name` with all below it; `*` any package, `node:*` any part of Node.
 */
export function meansTarget(names: readonly string[], target: ImportTarget): boolean {
  if (target.kind === 'builtin') {
    return names.some((name) => name === 'node:*' || isBelow(`node:${target.name}`, name))
  }
  if (target.kind !== 'package' && target.kind !== 'workspace') return false
  const subpath = target.kind === 'package' ? target.subpath.replace(/^\.?\//, '') : ''
  const whole = subpath === '' ? target.name : `${target.name}/${subpath}`
  return names.some((name) => {
    if (name === '*') return target.kind === 'package'
    return name.endsWith('/*') ? whole.startsWith(name.slice(0, -1)) : isBelow(whole, name)
  })
}

function isBelow(text: string, above: string): boolean {
  return text === above || text.startsWith(`${above}/`)
}

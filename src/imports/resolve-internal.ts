/** What a name with `#` leads to. */
import { own } from '#collectors/json-text'
import type { ImportTarget } from '#model/imports'
import type { Asked } from './asked.ts'
import { conditionsOf } from './conditions.ts'
import { meaningOf, otherSpecifiers } from './own-exports.ts'
import type { Project } from './project.ts'
import { resolveAlias } from './resolve-alias.ts'
import { resolvePackage } from './resolve-package.ts'
import { sortSpecifier, withoutQuery } from './specifier.ts'

/**
 * By the `imports` of the nearest package.json, whether or not it is one of the project's own packages; and by what a
 * configuration of TypeScript's says, which bundlers follow and Node does not.
 */
export function resolveInternal(project: Project, asked: Asked): readonly ImportTarget[] {
  const { target } = resolveAlias(project, asked)
  const found = inManifest(project, asked)
  if (target === undefined) return found
  return [target, ...found.filter(({ kind }) => kind !== 'unknown' && kind !== 'missing')]
}

function inManifest(project: Project, asked: Asked): readonly ImportTarget[] {
  const nearest = project.nearestManifest(asked.folder)
  if (nearest === undefined) return [{ kind: 'unknown' }]
  const entry = { field: own(nearest.record, 'imports'), key: withoutQuery(asked.specifier) }
  const conditions = conditionsOf(project, asked)
  const meaning = meaningOf(project, nearest.location, entry, conditions)
  // Frameworks have names with `#` as well, which no package.json knows.
  if (meaning === 'no-field') return [{ kind: 'unknown' }]
  const others = otherSpecifiers(entry, conditions).flatMap((written) => named(project, asked, written))
  if (meaning === 'missing') return others.length > 0 ? others : [{ kind: 'missing' }]
  return 'path' in meaning
    ? [{ kind: 'file', path: meaning.path }, ...others]
    : [...named(project, asked, meaning.specifier), ...others]
}

function named(project: Project, asked: Asked, specifier: string): readonly ImportTarget[] {
  const sorted = sortSpecifier(specifier)
  if (sorted.kind === 'package') return resolvePackage(project, { ...asked, specifier }, sorted)
  return [sorted.kind === 'builtin' ? sorted : { kind: 'unknown' }]
}

/** What a name with `#` leads to. */
import { isRecord, own, parseJsonText } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import type { Asked } from './asked.ts'
import { conditionsOf } from './conditions.ts'
import { meaningOf } from './own-exports.ts'
import type { Project } from './project.ts'
import { resolvePackage } from './resolve-package.ts'
import { sortSpecifier, withoutQuery } from './specifier.ts'

/** By the `imports` of the nearest package.json, whether or not it is one of the project's own packages. */
export function resolveInternal(project: Project, asked: Asked): ImportTarget {
  const nearest = nearestManifest(project, asked.folder)
  if (nearest === undefined) return { kind: 'unknown' }
  const field = own(nearest.record, 'imports')
  const key = withoutQuery(asked.specifier)
  const meaning = meaningOf(project, nearest.location, { field, key }, conditionsOf(project, asked))
  // Frameworks have names with `#` as well, which no package.json knows.
  if (meaning === 'no-field') return { kind: 'unknown' }
  if (meaning === 'missing') return { kind: 'missing' }
  if ('path' in meaning) return { kind: 'file', path: meaning.path }
  const sorted = sortSpecifier(meaning.specifier)
  if (sorted.kind === 'package') return resolvePackage(project, asked, sorted)
  return sorted.kind === 'builtin' ? sorted : { kind: 'unknown' }
}

function nearestManifest(
  project: Project,
  folder: string,
): { location: string; record: Record<string, unknown> } | undefined {
  for (let at = folder; ; at = parentOf(at)) {
    const known = project.packages.find(({ location }) => location === at)
    if (known !== undefined) return known
    const manifest = below(at, 'package.json')
    if (project.tree.kind(manifest) === 'file') {
      const parsed = parseJsonText(project.tree.text(manifest) ?? '')
      return parsed.ok && isRecord(parsed.value) ? { location: at, record: parsed.value } : undefined
    }
  }
}

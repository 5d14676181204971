/** What bundlers put in the place of an import, by the `browser` field of a package.json. */
import { isRecord, own } from '#collectors/json-text'
import { below } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import { addTo } from '#model/lists-by-key'
import type { Asked } from './asked.ts'
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { resolvePackage } from './resolve-package.ts'
import { targetAt } from './resolve-path.ts'
import { sortSpecifier } from './specifier.ts'

/** Finds what may be loaded instead of a target. */
export type Replacements = (asked: Asked, target: ImportTarget) => readonly ImportTarget[]

const FIELDS = ['browser', 'react-native'] as const

/** A finder over a project; the fields of each own package are read once. */
export function openReplacements(project: Project): Replacements {
  const known = new Map<OwnManifest, ReadonlyMap<string, readonly string[]>>()
  return (asked, target) => {
    const manifest = project.owner(asked.folder)
    const byKey = known.get(manifest) ?? replacedIn(project, manifest)
    known.set(manifest, byKey)
    if (byKey.size === 0) return []
    return (byKey.get(keyOf(target) ?? '') ?? []).flatMap((written) =>
      replacement(project, asked, { manifest, written }),
    )
  }
}

/** What is written for each target that has a replacement, by {@link keyOf}. */
function replacedIn(
  project: Project,
  { location, manifest, record }: OwnManifest,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const field of FIELDS) {
    const value = own(record, field)
    for (const [key, written] of Object.entries(isRecord(value) ? value : {})) {
      if (typeof written !== 'string') continue
      const sorted = sortSpecifier(key)
      const target =
        sorted.kind === 'path'
          ? targetAt(project, { file: manifest, folder: location }, below(location, key))
          : sorted
      const known = keyOf(target)
      if (known !== undefined) addTo(found, known, written)
    }
  }
  return found
}

function keyOf(
  target: ImportTarget | Exclude<ReturnType<typeof sortSpecifier>, { kind: 'path' }>,
): string | undefined {
  if (target.kind === 'file') return `file ${target.path}`
  if (target.kind === 'package') return `package ${target.name}/${target.subpath}`
  return target.kind === 'builtin' ? `builtin ${target.name}` : undefined
}

function replacement(
  project: Project,
  asked: Asked,
  { manifest, written }: { manifest: OwnManifest; written: string },
): readonly ImportTarget[] {
  const sorted = sortSpecifier(written)
  const { location } = manifest
  if (sorted.kind === 'path')
    return [targetAt(project, { file: manifest.manifest, folder: location }, below(location, written))]
  if (sorted.kind === 'package')
    return resolvePackage(project, { ...asked, specifier: written, folder: location }, sorted)
  return [sorted.kind === 'builtin' ? sorted : { kind: 'unknown' }]
}

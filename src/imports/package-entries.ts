/** The files that others start with, by package.json. */
import { isRecord, own } from '#collectors/json-text'
import { below } from '#collectors/tree-location'
import type { OwnManifest } from './own-packages.ts'
import { sourceAt } from './own-exports.ts'
import { allTargets } from './package-targets.ts'
import { tidyPath } from './project-path.ts'
import type { Project } from './project.ts'

/**
 * Paths of entries below the project, sorted: of the source file where it is known what a built one is made of, and as
 * they are written where not, a pattern that means no source file among them.
 */
export function packageEntries(project: Project, { location, record }: OwnManifest): string[] {
  const found = new Set<string>()
  for (const written of writtenEntries(record)) {
    const path = tidyPath(below(location, written))
    if (location !== '' && !path.startsWith(`${location}/`)) continue
    for (const entry of path.includes('*') ? meantBy(project, location, path) : [fileAt(project, path)])
      found.add(entry)
  }
  return [...found].toSorted()
}

const PATHS = [
  'main',
  'module',
  'browser',
  'types',
  'typings',
  'svelte',
  'source',
  'react-native',
  'unpkg',
  'jsdelivr',
]

function writtenEntries(record: Record<string, unknown>): string[] {
  const exported = allTargets(own(record, 'exports')).flatMap(({ targets }) => targets)
  const bin = own(record, 'bin')
  const listed = [...PATHS.map((field) => own(record, field)), bin].flatMap((value) =>
    isRecord(value) ? Object.values(value) : [value],
  )
  const paths = listed.filter((value): value is string => typeof value === 'string' && value !== '')
  // `browser` may put one package in place of another, which is no file.
  return [
    ...paths.filter((path) => /^\.?\/|\.\w+$|^[\w-]+(?:\/[\w.-]+)*\/?$/.test(path)),
    ...exported.filter((path) => path.startsWith('./')),
  ]
}

function fileAt(project: Project, path: string): string {
  for (const ending of ['', '.js', '/index.js']) {
    const source = sourceAt(project, path + ending)
    if (source !== undefined) return source
  }
  return path
}

function meantBy(project: Project, location: string, pattern: string): string[] {
  for (const candidate of [pattern, ...project.built.mayBeMadeOf(pattern)]) {
    const [before = '', after = ''] = candidate.split('*')
    const found = project.sources.filter(
      (path) =>
        path.startsWith(before) &&
        path.endsWith(after) &&
        path.length > before.length + after.length &&
        project.owner(path).location === location,
    )
    if (found.length > 0) return found
  }
  return [pattern]
}

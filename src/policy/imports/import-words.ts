/** The words that findings about imports share. */
import type { Location } from '#model/finding'
import type { OwnPackage, ResolvedImport, SourceFile, SourceProblem } from '#model/imports'
import type { ImportAt, ImportCase } from './import-case.ts'

/** Places that are named besides the first. */
const SHOWN = 5

/** The place of an import. */
export function placeOfImport({ file, site }: ImportAt): Required<Location> {
  return { file: file.path, line: site.line, column: site.column }
}

/** The place of what keeps a file from being read. */
export function placeOfProblem(file: string, { line, column }: SourceProblem): Location {
  return { file, ...(line !== undefined && { line, ...(column !== undefined && { column }) }) }
}

/** `src/report.ts:12`. */
export function placeText({ file, site }: ImportAt): string {
  return `${file.path}:${site.line}`
}

/** One line for each further place, the first left out; the last one counts what is not shown. */
export function morePlaces(imports: readonly ImportAt[], verb = 'also imported by'): string[] {
  const [, ...more] = imports
  const lines = more.slice(0, SHOWN).map((entry) => `${verb} ${placeText(entry)}`)
  return more.length > SHOWN ? [...lines, `and by ${more.length - SHOWN} more`] : lines
}

/** An own package as people call it: its folder, or `the root package`. */
export function packageText({ location }: Pick<OwnPackage, 'location'>): string {
  return location === '.' ? 'the root package' : location
}

/** What npm has to be told to install something there. */
export function workspaceFlag({ location }: Pick<OwnPackage, 'location'>): string {
  return location === '.' ? '' : ` --workspace ${location}`
}

/** What an import asks for, as people call it. */
export function targetText({ target, specifier }: ResolvedImport): string {
  switch (target.kind) {
    case 'file':
      return target.path
    case 'workspace':
      return target.path ?? target.name
    case 'package':
      return target.subpath === '' ? target.name : `${target.name}/${target.subpath}`
    case 'builtin':
      return `node:${target.name}`
    case 'missing':
    case 'outside':
    case 'address':
    case 'unknown':
      return specifier ?? 'what nobody can know'
  }
}

/** The version of a package that its importer finds, as a range to ask for (`@^1.2.3`); empty where there is none. */
export function rangeToAsk(
  { inventory }: Pick<ImportCase, 'inventory'>,
  file: SourceFile,
  name: string,
): string {
  const found = inventory.instances.find(({ location }) => location === `node_modules/${name}`)
  const near = inventory.instances.find(
    ({ location }) => location === `${file.workspace}/node_modules/${name}`,
  )
  const version = (near ?? found)?.version ?? ''
  return /^\d+\.\d+\.\d+/.test(version) ? `@^${version}` : ''
}

/** The matchers of `imports()` that ask what rules of the policy ask, whether or not the policy has them. */
import type { Finding } from '#model/finding'
import { matchesGlob } from '#model/glob'
import type { Layer } from '#model/import-rules'
import type { SourceFile } from '#model/imports'
import { unreadFiles } from '#import-graph/unread'
import { declares, isLedAside } from '#policy/imports/import-case'
import { misplacedDependencies } from '#policy/rules/dependency-misplaced'
import { unusedDependencies } from '#policy/rules/dependency-unused'
import { undeclaredImports } from '#policy/rules/import-undeclared'
import { unmatchedGlobs } from '#policy/rules/imports-unmatched'
import { breachedLayers } from '#policy/rules/layer-breached'
import { count } from '#reporters/coverage'
import type { ImportBreach } from '#reporters/imports/import-text'
import { caseOf, caseWith } from './import-case.ts'
import { matchOf, notKnownText, UNKNOWN_IMPORT } from './import-failure.ts'
import type { ImportMatch } from './import-failure.ts'
import type { ImportSelection, SelectedImports } from './import-selection.ts'

/** Layers by their names, as `imports.layers` of the policy has them. */
export type Layers = Readonly<Record<string, Omit<Layer, 'name' | 'location'>>>

/** Every package that the selected files import is declared in the package.json nearest to the file. */
export async function toHaveNoUndeclaredImports(selection: ImportSelection): Promise<ImportMatch> {
  const selected = await selection.resolve()
  const about = caseWith(selected, { undeclared: 'deny', misplaced: 'deny' })
  const own = new Set(selected.files.map(({ path }) => path))
  const found = [...undeclaredImports(about), ...misplacedDependencies(about)]
  const breaches = found.flatMap(({ package: name = '', location, message, fix }): ImportBreach[] => {
    const workspace = about.files.get(location?.file ?? '')?.workspace ?? ''
    const places = about.used.get(workspace)?.get(name) ?? []
    return places
      .filter(
        (place) =>
          own.has(place.file.path) && !declares(about.packages.get(workspace), place) && !isLedAside(place),
      )
      .map(({ file, site: { line, column } }) => ({
        file: file.path,
        line,
        column,
        message,
        fix: fix ?? '',
      }))
  })
  return matchOf(
    (number) =>
      `${selection.description} must declare what it imports: ${count(number, 'place')} ${number === 1 ? 'does' : 'do'} not`,
    inOrder(breaches),
    `${selection.description} declares what it imports`,
  )
}

/**
 * Every dependency that the package.json of a selected file declares is imported, or used by a script or a configuration.
 * All files of such a package count, selected or not.
 */
export async function toHaveNoUnusedDependencies(selection: ImportSelection): Promise<ImportMatch> {
  const selected = await selection.resolve()
  const { graph, files } = selected
  const workspaces = new Set(files.map(({ workspace }) => workspace))
  const concerned = graph.files.filter(({ workspace }) => workspaces.has('.') || workspaces.has(workspace))
  const unread = unreadFiles(concerned)
  if (unread.length > 0) throw new Error(notKnownText(selection.description, unread))
  const manifests = new Set(
    graph.packages.flatMap(({ location, manifest }) => (workspaces.has(location) ? [manifest] : [])),
  )
  const breaches = unusedDependencies(caseWith(selected, { unused: 'deny' }))
    .filter(({ location }) => manifests.has(location?.file ?? ''))
    .map((finding) => breachOf(finding))
  return matchOf(
    (number) =>
      `${selection.description} must use what it declares: ${count(number, 'dependency', 'dependencies')} ${number === 1 ? 'is' : 'are'} not used`,
    breaches,
    `${selection.description} uses what it declares`,
  )
}

/**
 * Each selected file imports only what its layer may: by the layers of the policy, or those handed in. An import of which
 * nobody can know where it leads is a breach.
 */
export async function toRespectLayers(selection: ImportSelection, handed?: Layers): Promise<ImportMatch> {
  const selected = await selection.resolve()
  const { rules } = caseOf(selected)
  const layers = handed === undefined ? rules.layers : readLayers(handed)
  refuseEmptyLayers(selection, selected, layers)
  const own = new Map(selected.files.map((file) => [file.path, file]))
  const found = breachedLayers(caseWith(selected, { layers }))
    .filter(({ location }) => own.has(location?.file ?? ''))
    .map((finding) => breachOf(finding))
  const held = layers.map(({ files }) => matchesGlob(files))
  const unknown = selected.files.filter(({ path }) => held.some((holds) => holds(path))).flatMap(lostImports)
  return matchOf(
    (number) =>
      `${selection.description} must respect ${count(layers.length, 'layer')}: ${count(number, 'import')} ${number === 1 ? 'does' : 'do'} not`,
    inOrder([...found, ...unknown]),
    `${selection.description} respects ${count(layers.length, 'layer')}`,
  )
}

function readLayers(handed: Layers): Layer[] {
  return Object.entries(handed).map(([name, layer]) =>
    Object.assign({ name, location: { file: 'the test' } }, layer),
  )
}

/** Thrown and not answered, so that `.not` cannot make a pass of it. */
function refuseEmptyLayers(
  { description }: ImportSelection,
  selected: SelectedImports,
  layers: readonly Layer[],
): void {
  const problems: string[] = []
  if (layers.length === 0)
    problems.push('the target is empty: there is no layer, neither in the policy nor handed in')
  const about = caseWith(selected, { layers: [...layers], files: [], production: [], ban: [] })
  for (const { message } of unmatchedGlobs(about)) problems.push(`the source is empty: ${message}`)
  const names = new Set(layers.map(({ name }) => name))
  const paths = selected.graph.files.flatMap(({ path, imports }) => [
    path,
    ...imports.flatMap(({ target }) => (target.kind === 'file' ? target.path : [])),
  ])
  for (const { name, imports } of layers) {
    for (const glob of imports.filter((entry) => !names.has(entry) && !entry.startsWith('!'))) {
      if (!paths.some(matchesGlob([glob])))
        problems.push(
          `the target is empty: the layer ${name} may import "${glob}", which is no layer and means no file`,
        )
    }
  }
  if (problems.length === 0) {
    const held = layers.map(({ files }) => matchesGlob(files))
    if (!selected.files.some(({ path }) => held.some((holds) => holds(path))))
      problems.push('the source is empty: no selected file lies in a layer')
  }
  if (problems.length > 0) throw new Error(`depgate: ${description}: ${problems.join('; ')}`)
}

function lostImports({ path, imports }: SourceFile): ImportBreach[] {
  return imports
    .filter(({ target }) => target.kind === 'unknown')
    .map(({ line, column }) => ({
      file: path,
      line,
      column,
      message: UNKNOWN_IMPORT.message,
      fix: UNKNOWN_IMPORT.fix,
    }))
}

function breachOf({ location, message, fix, details }: Finding): ImportBreach {
  return {
    file: location?.file ?? '',
    ...(location?.line !== undefined && { line: location.line }),
    ...(location?.column !== undefined && { column: location.column }),
    message,
    ...(details && { details }),
    ...(fix !== undefined && { fix }),
  }
}

function inOrder(breaches: readonly ImportBreach[]): ImportBreach[] {
  return breaches.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || (a.line ?? 0) - (b.line ?? 0),
  )
}

/** The matchers of `imports()`: what a test may ask of what source files import. */
import { importCycles } from '#import-graph/cycles'
import { readImportList } from '#import-graph/import-list'
import type { ImportList } from '#import-graph/import-list'
import { unreadBehind } from '#import-graph/unread'
import { targetPath } from '#model/import-target'
import type { ResolvedImport, SourceFile } from '#model/imports'
import { byName } from '#policy/imports/import-specs'
import { targetText } from '#policy/imports/import-words'
import { count } from '#reporters/coverage'
import type { ImportBreach } from '#reporters/imports/import-text'
import { importWords } from '#reporters/imports/import-words'
import { matchOf, notKnownText, UNKNOWN_IMPORT } from './import-failure.ts'
import type { ImportMatch } from './import-failure.ts'
import type { ImportSelection, SelectedImports } from './import-selection.ts'

/**
 * Every import of the selected files leads to another of them, or to something in the list. An import of which nobody can
 * know where it leads is a breach.
 */
export async function toOnlyImport(
  selection: ImportSelection,
  allowed: readonly string[],
): Promise<ImportMatch> {
  const selected = await selection.resolve()
  const list = listOf(selection, allowed)
  refuseEmpty(selection, list, selected, list.empty(selected.graph))
  const own = new Set(selected.files.map(({ path }) => path))
  const words = allowed.length === 0 ? 'nothing but themselves' : `nothing but ${allowed.join(', ')}`
  const breaches = breachesOf(selected, (site) => {
    const path = targetPath(site.target)
    if ((path !== undefined && own.has(path)) || list.has(site)) return undefined
    if (site.target.kind === 'unknown') return UNKNOWN_IMPORT
    if (site.target.kind === 'missing' || site.target.kind === 'outside') {
      return { message: `imports ${importWords(site)}`, fix: LOST_FIX }
    }
    return {
      message: `imports ${importWords(site)}, but may import ${words}`,
      fix: `Import what is allowed, move the code to where this may be imported, or add "${allowedAs(site)}" to the list.`,
    }
  })
  return matchOf(
    (number) => `${selection.description} may import ${words}: ${isNot(number)}`,
    breaches,
    `${selection.description} imports ${words}`,
  )
}

/**
 * No import of the selected files leads to anything in the list; one of which nobody can know where it leads is a breach. A
 * package or a part of Node that nobody uses may be in the list, a glob that means no file may not.
 */
export async function toNotImport(
  selection: ImportSelection,
  banned: readonly string[],
): Promise<ImportMatch> {
  const selected = await selection.resolve()
  const list = listOf(selection, banned, { parts: true })
  if (banned.length === 0) throw new Error(`depgate: ${selection.description}: the list of targets is empty`)
  refuseEmpty(selection, list, selected, list.empty(selected.graph, true))
  const breaches = breachesOf(selected, (site, file) => {
    if (site.target.kind === 'unknown') return UNKNOWN_IMPORT
    if (!list.has(byName({ file, site }, selected.graph)) && !list.mayHave(site, selected.graph))
      return undefined
    return {
      message: `imports ${importWords(site)}, but must not import ${banned.join(', ')}`,
      fix: 'Do without it, or move the code to where it may be imported.',
    }
  })
  return matchOf(
    (number) => `${selection.description} must not import ${banned.join(', ')}: ${isNot(number)}`,
    breaches,
    `${selection.description} does not import ${banned.join(', ')}`,
  )
}

/** No selected file is part of a circle of imports that are followed when the program starts. */
export async function toHaveNoCycles(selection: ImportSelection): Promise<ImportMatch> {
  const { graph, files } = await selection.resolve()
  const unread = unreadBehind(graph, files)
  if (unread.length > 0) throw new Error(notKnownText(selection.description, unread))
  const own = new Set(files.map(({ path }) => path))
  const cycles = importCycles(graph).filter((cycle) => cycle.files.some((file) => own.has(file)))
  const breaches = cycles.flatMap(({ files: group, circle }): ImportBreach[] => {
    const [first] = circle
    if (first === undefined) return []
    const way = circle.map(({ from, site }) => `${from}:${site.line}`).join(' > ')
    const more = group.length - circle.length
    const others = more > 0 ? `; ${count(more, 'more file')} of the same knot are reached on other ways` : ''
    return [
      {
        file: first.from,
        line: first.site.line,
        column: first.site.column,
        message: `${group.length === 1 ? 'imports itself' : `is in a circle of ${circle.length} files`}: ${way} > ${first.from}${others}`,
        fix: 'Move what both sides need into a file of its own, hand it in as an argument, or import no more than a type; import() waits until it is needed.',
      },
    ]
  })
  return matchOf(
    (number) =>
      `${selection.description} must have no cycles: there ${number === 1 ? 'is' : 'are'} ${number}`,
    breaches,
    `${selection.description} has no cycles`,
  )
}

const LOST_FIX = 'Mend the path: what cannot be found cannot be checked.'

function breachesOf(
  { files }: SelectedImports,
  judge: (site: ResolvedImport, file: SourceFile) => Pick<ImportBreach, 'message' | 'fix'> | undefined,
): ImportBreach[] {
  return files.flatMap((file) =>
    file.imports.flatMap((site): ImportBreach[] => {
      const breach = judge(site, file)
      return breach === undefined
        ? []
        : [{ file: file.path, line: site.line, column: site.column, ...breach }]
    }),
  )
}

function listOf(
  { description }: ImportSelection,
  entries: readonly string[],
  options: { parts?: boolean } = {},
): ImportList {
  const list = readImportList(entries, options)
  if ('problem' in list) throw new RangeError(`depgate: ${description}: ${list.problem}`)
  return list
}

/** Thrown and not answered, so that `.not` cannot make a pass of it. */
function refuseEmpty(
  { description }: ImportSelection,
  list: ImportList,
  { graph }: SelectedImports,
  empty: readonly string[],
): void {
  if (empty.length === 0) return
  throw new Error(
    `depgate: the target is empty: ${empty.map((text) => JSON.stringify(text)).join(', ')} in the list of ${description} ` +
      `matches no file, package or import of the project, so that entry would say nothing; ` +
      `the project has ${count(graph.files.length, 'source file')}, the list ${count(list.entries.length, 'entry', 'entries')}`,
  )
}

function isNot(number: number): string {
  return number === 1 ? '1 import does not keep to it' : `${number} imports do not keep to it`
}

/** As a list names it: the whole package, whatever of it is imported. */
function allowedAs(site: ResolvedImport): string {
  const { kind } = site.target
  return kind === 'package' || kind === 'workspace' ? site.target.name : targetText(site)
}

/** Selects source files of the shared scan for a test to judge; an empty selection is a mistake, never a pass. */
import { unreadFiles } from '#import-graph/unread'
import { globProblem, matchesGlob } from '#model/glob'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph, ResolvedImport, SourceFile } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { count } from '#reporters/coverage'
import { display } from '#reporters/display'
import { caseOf } from './import-case.ts'
import { notKnownText } from './import-failure.ts'

/** Which source files a test speaks of. Each narrowing gives a new selection; they add up. */
export interface ImportSelection {
  /** Files that these globs mean, by their path below the project; `!` takes out again. */
  from(...globs: (string | readonly string[])[]): ImportSelection
  /** Files of the project's own package of this name, or at this location (`.` for the root). */
  in(workspace: string): ImportSelection
  /** Files that ship, or may: what `imports.production` of the policy, or the entries of package.json, lead to. */
  production(): ImportSelection
  /** All others: tests, configuration, scripts. */
  tests(): ImportSelection
  /**
   * In the files that these globs mean, imports by an expression are taken to lead nowhere that matters: somebody has read
   * them. Rejects where the globs mean no selected file with such an import.
   */
  allowingExpressionsIn(...globs: (string | readonly string[])[]): ImportSelection
  /** The selected files and the graph that they are part of; rejects when nothing is selected. */
  resolve(): Promise<SelectedImports>
  /** The narrowings in words, for messages. */
  readonly description: string
}

/** What a selection resolves to. */
export interface SelectedImports extends ScannedProject {
  /** At least one; the imports of each are known. */
  files: SourceFile[]
}

/** A project whose imports are known as far as they can be. */
export interface ScannedProject {
  graph: ImportGraph
  /** The policy's; absent where it says nothing of imports. */
  rules?: ImportRules
  /** The installed tree, or what the lockfile would make of it. */
  inventory: Pick<Inventory, 'instances' | 'edges'>
}

/** All source files of the project, as `scan` finds them. */
export function selectImports(scan: () => Promise<ScannedProject>): ImportSelection {
  return select({ description: 'imports()', conditions: [], allowed: [] }, scan)
}

type Condition = (file: SourceFile, scanned: ScannedProject) => boolean

/** What a selection was narrowed to. */
interface Narrowing {
  description: string
  conditions: readonly Condition[]
  /** Globs of files in which expressions are allowed. */
  allowed: readonly string[]
}

function select(narrowing: Narrowing, scan: () => Promise<ScannedProject>): ImportSelection {
  const { description, conditions, allowed } = narrowing
  const narrow = (words: string, condition: Condition): ImportSelection =>
    select({ description: `${description}.${words}`, conditions: [...conditions, condition], allowed }, scan)
  return {
    description,
    from(...globs) {
      const patterns = globs.flat()
      const isMeant = globsOf('from', patterns)
      return narrow(`from('${patterns.join("', '")}')`, ({ path }) => isMeant(path))
    },
    allowingExpressionsIn(...globs) {
      const patterns = globs.flat()
      globsOf('allowingExpressionsIn', patterns)
      return select({ ...narrowing, allowed: [...allowed, ...patterns] }, scan)
    },
    in: (workspace) =>
      narrow(`in('${workspace}')`, (file, { graph: { packages } }) =>
        packages.some(
          ({ name, location }) =>
            (workspace === location || workspace === name) && location === file.workspace,
        ),
      ),
    production: () => narrow('production()', ({ path }, scanned) => mayShip(scanned).has(path)),
    tests: () => narrow('tests()', ({ path }, scanned) => !mayShip(scanned).has(path)),
    async resolve() {
      const scanned = await scan()
      const { graph } = scanned
      const files = graph.files.filter((file) => conditions.every((condition) => condition(file, scanned)))
      if (files.length === 0) throw new Error(emptyText(description, graph))
      const unread = unreadFiles(files)
      if (unread.length > 0) throw new Error(notKnownText(description, unread))
      return { ...scanned, files: withoutExpressions(description, files, allowed) }
    },
  }
}

function globsOf(method: string, patterns: readonly string[]): (path: string) => boolean {
  for (const pattern of patterns) {
    const problem = globProblem(pattern)
    if (problem !== undefined) throw new RangeError(`depgate: ${method}('${pattern}'): the glob ${problem}`)
  }
  return matchesGlob(patterns)
}

/** The files without the imports that somebody has read. */
function withoutExpressions(
  description: string,
  files: readonly SourceFile[],
  allowed: readonly string[],
): SourceFile[] {
  const having = files.filter(({ imports }) => imports.some(isExpression))
  const useless = allowed.filter(
    (glob) => !glob.startsWith('!') && !having.some(({ path }) => matchesGlob([glob])(path)),
  )
  if (useless.length > 0) {
    throw new Error(
      `depgate: ${description} allows expressions in ${useless.join(', ')}, which means no selected file with an import by an expression`,
    )
  }
  const isAllowed = matchesGlob(allowed)
  return files.map((file) =>
    isAllowed(file.path) ? { ...file, imports: file.imports.filter((site) => !isExpression(site)) } : file,
  )
}

function isExpression({ target }: ResolvedImport): boolean {
  return target.kind === 'unknown'
}

/** In doubt a file ships. */
function mayShip(scanned: ScannedProject): ReadonlySet<string> {
  return caseOf(scanned).ships.maybe
}

function emptyText(description: string, { files, packages }: ImportGraph): string {
  const places = packages.map(({ location }) => location).slice(0, 5)
  return display(
    `depgate: the source is empty: ${description} selects no file, so the test would say nothing; ` +
      `the project has ${count(files.length, 'source file')} in ${places.join(', ')}` +
      (packages.length > places.length ? ' and others' : ''),
    2000,
  )
}

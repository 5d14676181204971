/** The import scan: what each source file of a project imports, and what that leads to. */
import { parentOf } from '#collectors/tree-location'
import type { DiskReader } from '#disk/disk'
import type {
  ImportGraph,
  ImportSite,
  ImportTarget,
  ParsedSource,
  ResolvedImport,
  ScanStatistics,
  SourceFile,
  SourceProblem,
} from '#model/imports'
import { matchesGlob } from '#model/glob'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { discover } from './discover.ts'
import { openGlobs } from './glob-imports.ts'
import { languageOf } from './language.ts'
import { markErased } from './mark-erased.ts'
import { ownPackages } from './own-packages.ts'
import { packageFacts } from './package-facts.ts'
import { openTree } from './project-tree.ts'
import { openProject } from './project.ts'
import type { Project } from './project.ts'
import { openResolver } from './resolve.ts'
import type { ResolveIn } from './resolve.ts'
import type { SecondLook } from './second-look.ts'

/** What is scanned. */
export interface ScanRequest {
  /** Real path of the project's folder. */
  project: string
  /** Globs of the files that are scanned; all without them. */
  files?: readonly string[]
  /** Globs of files that are left out. */
  ignore?: readonly string[]
  /** Asked now and then; false ends the scan, which fails with `deadline`. */
  goOn: () => boolean
}

/** What a scan needs of the world. */
export interface ScanPorts {
  disk: DiskReader
  parse: ParseMany
  /** Files that are neither parsed nor followed, because it is known that nothing would come of it but this; by path. */
  unchanged?: ReadonlyMap<string, SourceFile>
  /** Without it no import counts as erased. */
  lookAgain?: SecondLook
}

/** Parses files, each by its path below the project and its absolute path; in any order. */
export type ParseMany = (
  files: readonly { path: string; absolute: string }[],
) => Promise<Outcome<{ files: ParsedFile[]; statistics: Omit<ScanStatistics, 'files'> }>>

/** One file, read and parsed. */
export interface ParsedFile {
  path: string
  /** Of its bytes, hex; absent where they could not be read. */
  sha256?: string
  parsed: ParsedSource
}

/** Scans a project. Fails where its packages or source files cannot be known, and with what `parse` fails with. */
export async function scanImports(
  { project, files, ignore, goOn }: ScanRequest,
  { disk, parse, lookAgain, unchanged = new Map() }: ScanPorts,
): Promise<Outcome<ImportGraph>> {
  const tree = openTree(disk, project)
  const packages = ownPackages(project, disk, tree)
  if (!packages.ok) return packages
  const own = packages.value.map(({ location }) => location)
  const discovered = discover({ project, disk, tree, own, goOn })
  if (!discovered.ok) return discovered
  const isWanted = files === undefined ? undefined : matchesGlob(files)
  const isLeftOut = matchesGlob(ignore ?? [])
  const sources = discovered.value.sources.filter((path) => isWanted?.(path) !== false && !isLeftOut(path))
  const parsed = await parse(
    sources.filter((path) => !unchanged.has(path)).map((path) => ({ path, absolute: `${project}/${path}` })),
  )
  if (!parsed.ok) return parsed
  const known = openProject(tree, packages.value, discovered.value.sources)
  const follow = openFollow(known)
  const found: SourceFile[] = sources.flatMap((path) => unchanged.get(path) ?? [])
  const mayGoOn = askedSeldom(goOn)
  for (const file of parsed.value.files) {
    const source = sourceFile(known, file, follow, mayGoOn)
    if (source === undefined) return fail('deadline', 'The time was over before all imports were followed.')
    found.push(source)
  }
  for (const path of discovered.value.unlisted)
    found.push({ path, workspace: workspaceOf(known, path), imports: [], problem: UNLISTED })
  for (const path of discovered.value.unreadIndexes.filter((index) => !isLeftOut(index)))
    found.push({ path, workspace: '.', imports: [], problem: UNREAD_INDEX })
  for (const path of [...known.tooLong].filter((config) => !isLeftOut(config)))
    found.push({ path, workspace: workspaceOf(known, path), imports: [], problem: TOO_LONG })
  if (lookAgain !== undefined) await markErased(known, project, found, lookAgain)
  found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return ok({
    files: found,
    packages: packageFacts(known, discovered.value.configuration, found),
    statistics: { ...parsed.value.statistics, files: found.length },
  })
}

const ASK_EVERY = 64
const UNLISTED: SourceProblem = { code: 'unreadable', message: 'It is a folder that cannot be listed.' }
const UNREAD_INDEX: SourceProblem = {
  code: 'unreadable',
  message:
    "It is git's index, which cannot be read: what is ignored may be committed, and nobody would see it.",
}

const TOO_LONG: SourceProblem = {
  code: 'too-large',
  message:
    'It extends more than 64 files, or refers to more than 4,096, so that nobody knows what imports mean.',
}

/** Asks every so many times. */
function askedSeldom(goOn: () => boolean): () => boolean {
  let asked = 0
  return () => asked++ % ASK_EVERY !== 0 || goOn()
}

/** Undefined when it may not go on: one file may have more imports than a project has files. */
function sourceFile(
  project: Project,
  { path, sha256, parsed }: ParsedFile,
  follow: Follow,
  mayGoOn: () => boolean,
): SourceFile | undefined {
  if (!mayGoOn()) return undefined
  const file = { path, workspace: workspaceOf(project, path), ...(sha256 !== undefined && { sha256 }) }
  if ('problem' in parsed) return { ...file, imports: [], problem: parsed.problem }
  // Nothing is left of a file of declarations when the program runs.
  const isDeclaration = isDeclarationFile(project, path)
  const targetsOf = follow(path)
  const imports: ResolvedImport[] = []
  const isKept = project.configsFor(parentOf(path)).some(({ keepsImports }) => keepsImports)
  for (const site of [...parsed.imports, ...jsxSites(project, path, parsed)]) {
    if (!mayGoOn()) return undefined
    const { specifier, form, line, column } = site
    const typeOnly = isDeclaration || (site.typeOnly && !(isKept && site.mayStay === true))
    for (const target of targetsOf({ specifier, form, typeOnly }))
      imports.push({ specifier, form, typeOnly, line, column, target })
  }
  return { ...file, imports }
}

/** `a.d.css.ts` declares what is in `a.css`; where there is no such file it is a source like any other. */
function isDeclarationFile(project: Project, path: string): boolean {
  if (/\.d\.[cm]?ts$/.test(path)) return true
  const declared = path.replace(/\.d(\.\w+)\.ts$/, '$1')
  return declared !== path && languageOf(declared) === undefined && project.tree.kind(declared) === 'file'
}

/** Finds all that the imports of one file lead to: one place each, but for those that mean many files. */
type Follow = (file: string) => (site: Parameters<ReturnType<ResolveIn>>[0]) => readonly ImportTarget[]

function openFollow(project: Project): Follow {
  const resolveIn = openResolver(project)
  const globbed = openGlobs(project)
  return (file) => {
    const resolve = resolveIn(file)
    return (site) =>
      site.form === 'glob-import' && site.specifier !== null ? globbed(file, site.specifier) : resolve(site)
  }
}

/** What a configuration says that JSX is imported from: nobody writes that import. */
function jsxSites(project: Project, path: string, { jsx }: ParsedImports): ImportSite[] {
  if (jsx === undefined) return []
  const configs = project.configsFor(parentOf(path))
  const specifier = configs.find(({ jsxSource }) => jsxSource !== undefined)?.jsxSource
  return specifier === undefined ? [] : [{ specifier, form: 'jsx-source', typeOnly: false, ...jsx }]
}

type ParsedImports = Exclude<ParsedSource, { problem: SourceProblem }>

function workspaceOf(project: Project, path: string): string {
  return project.owner(parentOf(path)).location || '.'
}

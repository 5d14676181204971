/** `depgate imports`: what the source files import, as tables, as a graph, or for one package; judges nothing. */
import { normalize } from 'node:path/posix'
import { foldGraph } from '#import-graph/fold-graph'
import { unreadFiles, unsureBehind, unsureFiles } from '#import-graph/unread'
import { usesOf, wayTo } from '#import-graph/uses-of'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { ImportGraph, SourceFile } from '#model/imports'
import { count } from '#reporters/coverage'
import { display, safeJson } from '#reporters/display'
import { monotonicMs } from '../../clock.ts'
import { scanProject } from '../../scan-project.ts'
import type { ImportsFlags } from '../imports-flags.ts'
import { deliver, printError, wantsColor } from '../terminal.ts'

/** What is shown, and whether all of it is known. */
interface Shown {
  text: string
  /** Files that may import more than was shown. */
  unsure: readonly SourceFile[]
}

/** Shows it; exit code 2 for what is not there, 3 where not all is known. */
export async function imports(flags: ImportsFlags): Promise<ExitCode> {
  const problem = flagProblem(flags)
  if (problem !== undefined) return refuse(problem)
  const { project, config, deadline, cache, cacheDir } = flags
  const outcome = await scanProject({
    project,
    ...(config !== undefined && { config }),
    ...(deadline !== undefined && { deadline }),
    ...(cache ? cacheDir !== undefined && { cacheDirectory: cacheDir } : { cacheDirectory: false as const }),
    startedAt: monotonicMs() - performance.now(),
  })
  if (outcome.kind === 'error') {
    await printError(`depgate: ${outcome.message}\n`)
    return outcome.exitCode
  }
  const shown = await show(outcome.scan.graph, flags)
  if (typeof shown === 'string') return refuse(shown)
  if (shown.unsure.length > 0) await printError(`depgate: ${notWhole(shown.unsure)}\n`)
  return deliver(shown.text, flags, shown.unsure.length > 0 ? EXIT_CODE.incomplete : EXIT_CODE.pass)
}

/** The text, or why there is none. */
async function show(graph: ImportGraph, flags: ImportsFlags): Promise<Shown | string> {
  const style = { color: wantsColor(flags) }
  if (flags.of !== undefined) return placesOf(graph, flags.of, style)
  if (flags.why !== undefined) return wayOf(graph, flags.why, style)
  const report = foldGraph(graph, flags.files === true ? 'files' : undefined)
  // Imports by an expression are part of what is shown.
  const unsure = unreadFiles(graph.files)
  switch (flags.graph) {
    case 'mermaid':
      return { text: (await import('#reporters/imports/mermaid')).mermaidGraph(report), unsure }
    case 'dot':
      return { text: (await import('#reporters/imports/dot')).dotGraph(report), unsure }
    case 'json':
      return { text: `${safeJson({ schemaVersion: 1, ...report }, 2)}\n`, unsure }
    case undefined:
    default: {
      const { importOverview } = await import('#reporters/imports/overview')
      return { text: importOverview(graph, report, style), unsure }
    }
  }
}

async function placesOf(
  graph: ImportGraph,
  name: string,
  style: { color: boolean },
): Promise<Shown | string> {
  const places = usesOf(graph, name)
  if (places.length === 0 && !isDeclared(graph, name)) {
    const hint = usesOf(graph, `node:${name}`).length > 0 ? `; a part of Node is written node:${name}` : ''
    return `${display(name)} is neither imported nor declared${hint}`
  }
  const { placesText } = await import('#reporters/imports/places')
  return { text: placesText(name, places, style), unsure: unsureFiles(graph.files) }
}

async function wayOf(
  graph: ImportGraph,
  [file = '', name = '']: readonly string[],
  style: { color: boolean },
): Promise<Shown | string> {
  const path = normalize(file)
  const start = graph.files.find((entry) => entry.path === path)
  if (start === undefined)
    return `${display(file)} is none of the ${count(graph.files.length, 'source file')}`
  const way = wayTo(graph, path, name)
  if (way === undefined) {
    if (usesOf(graph, name).length === 0 && !isDeclared(graph, name))
      return `${display(name)} is neither imported nor declared`
    const unsure = unsureBehind(graph, [start])
    return { text: `no import leads from ${display(path)} to ${display(name)}\n`, unsure }
  }
  const { wayText } = await import('#reporters/imports/places')
  return { text: wayText(path, name, way, style), unsure: [] }
}

function isDeclared({ packages }: ImportGraph, wanted: string): boolean {
  return packages.some(
    ({ name, declared }) => name === wanted || declared.some((entry) => entry.name === wanted),
  )
}

function notWhole(unsure: readonly SourceFile[]): string {
  const [first] = unsure
  const more = unsure.length > 1 ? ` and ${unsure.length - 1} more` : ''
  const reason = first?.problem?.message ?? 'It imports by an expression.'
  return `what ${display(first?.path ?? '')}${more} imports is not known: ${display(reason)}`
}

function flagProblem({ graph, of, why, files }: ImportsFlags): string | undefined {
  if ([graph, of, why].filter((flag) => flag !== undefined).length > 1)
    return '--graph, --of and --why are three questions; ask one at a time'
  if (why !== undefined && why.length !== 2)
    return '--why takes a file and a package: depgate imports --why src/main.ts lodash'
  return files === true && graph === undefined ? '--files says how --graph draws; add --graph' : undefined
}

async function refuse(message: string): Promise<ExitCode> {
  await printError(`depgate: ${message}\n`)
  return EXIT_CODE.usage
}

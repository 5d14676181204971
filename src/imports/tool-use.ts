/** Which packages the scripts and the configuration of an own package use without importing them. */
import { isRecord, own } from '#collectors/json-text'
import { below } from '#collectors/tree-location'
import type { OwnPackage } from '#model/imports'
import type { FindInstalled } from './installed-packages.ts'
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { namedByCommand, namedByTool } from './tool-names.ts'
import type { Usable } from './tool-names.ts'
import { wordsOfCommand, wordsOfFile, wordsOfValue } from './tool-words.ts'
import { BINARIES } from './tools/known-packages.ts'
import { TOOLS } from './tools/tool-table.ts'
import type { Tool } from './tools/tool.ts'

/** A use, and by what. */
export type ToolUse = OwnPackage['usedByTools'][number]

/** Whether a file of this name may be a tool's configuration. */
export function isToolFile(name: string): boolean {
  return TOOL_FILES.test(name)
}

/** Uses by scripts and configuration. `files` are the configuration files of the package, below the project. */
export function toolUses(
  project: Project,
  manifest: OwnManifest,
  files: readonly string[],
  installed: FindInstalled,
): ToolUse[] {
  const usable = usableBy(project, manifest, installed)
  const uses: ToolUse[] = []
  const add = (names: readonly string[], by: string): void => {
    for (const name of names) uses.push({ name, by })
  }
  const scripts = own(manifest.record, 'scripts')
  const started = new Set<string>()
  for (const [script, command] of Object.entries(isRecord(scripts) ? scripts : {})) {
    if (typeof command !== 'string') continue
    const words = wordsOfCommand(command)
    add(namedByCommand(words, usable), `script "${script}"`)
    for (const path of filesNamedBy(words, project, manifest)) started.add(path)
  }
  for (const path of started) {
    const strings = wordsOfFile(path, project.tree.text(path) ?? '')
    add(namedByCommand(strings.flatMap(wordsOfCommand), usable), path)
  }
  for (const tool of TOOLS) {
    for (const { by, words } of [
      ...wordsInFields(tool, manifest),
      ...wordsInFiles(tool, { project, manifest, files }),
    ]) {
      add(
        tool.packages.filter((name) => usable.declared.has(name)),
        by,
      )
      add(
        words.flatMap((word) => namedByTool(word, tool, usable)),
        by,
      )
      if (tool.commands === true) add(namedByCommand(words.flatMap(wordsOfCommand), usable), by)
    }
  }
  return uses
}

/** Source files that a command names: what they start in turn is not imported either. */
export function filesNamedBy(
  words: readonly string[],
  project: Project,
  { location }: OwnManifest,
): string[] {
  return words.flatMap((word) => {
    if (!/[\w-]\/[\w.-]*\w$|\.[cm]?[jt]s$/.test(word)) return []
    const place = project.lookup(below(location, word), { typescript: false, suffixes: [''] })
    return place.kind === 'file' && project.isSource(place.path) ? [place.path] : []
  })
}

function usableBy(project: Project, manifest: OwnManifest, installed: FindInstalled): Usable {
  const declared = new Set<string>()
  const binaries = new Map<string, string[]>()
  const add = (binary: string, name: string): void => {
    const known = binaries.get(binary)
    if (known === undefined) binaries.set(binary, [name])
    else if (!known.includes(name)) known.push(name)
  }
  for (const { declared: entries, location } of [manifest, ...project.packages.slice(0, 1)]) {
    for (const { name } of entries) {
      if (declared.has(name)) continue
      declared.add(name)
      for (const binary of installed(name, location)?.binaries ?? [name]) add(binary, name)
    }
  }
  for (const [binary, name] of Object.entries(BINARIES)) {
    if (declared.has(name) && !binaries.has(binary)) add(binary, name)
  }
  return { declared, binaries }
}

interface Words {
  by: string
  words: string[]
}

function wordsInFields({ fields = [] }: Tool, { record, manifest }: OwnManifest): Words[] {
  return fields.flatMap((field) => {
    const value = field
      .split('.')
      .reduce<unknown>((at, key) => (isRecord(at) ? own(at, key) : undefined), record)
    return value === undefined ? [] : [{ by: `"${field}" of ${manifest}`, words: wordsOfValue(value) }]
  })
}

/** Where the files of a package are. */
interface Files {
  project: Project
  manifest: OwnManifest
  files: readonly string[]
}

function wordsInFiles(tool: Tool, { project, manifest, files }: Files): Words[] {
  const pattern = PATTERNS.get(tool)
  const named =
    pattern === undefined ? [] : files.filter((path) => pattern.test(path.slice(path.lastIndexOf('/') + 1)))
  const prefix = manifest.location === '' ? '' : `${manifest.location}/`
  const held = (tool.folders ?? []).flatMap((folder) =>
    project.tree.place(prefix + folder).kind === 'folder'
      ? (project.tree.entries(prefix + folder) ?? [])
          .filter(({ kind }) => kind === 'file')
          .map(({ name }) => `${prefix}${folder}/${name}`)
      : [],
  )
  return [...named, ...held].map((path) => ({
    by: path,
    words: wordsOfFile(path, project.tree.text(path) ?? ''),
  }))
}

function patternOf(files: readonly string[]): RegExp {
  const alternatives = files.map((name) => name.replaceAll('.', '\\.').replaceAll('*', '.*'))
  return new RegExp(`^(?:${alternatives.join('|')})$`, 's')
}

const PATTERNS: ReadonlyMap<Tool, RegExp> = new Map(
  TOOLS.flatMap((tool) => (tool.files === undefined ? [] : [[tool, patternOf(tool.files)] as const])),
)
const TOOL_FILES = patternOf(TOOLS.flatMap(({ files = [] }) => files))

/** Reads tsconfig.json and jsconfig.json files with all that they extend, as far as they say what imports lead to. */
import { join } from 'node:path/posix'
import { isRecord, own, ownString, parseJsonText } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import { readJson } from '#config/json-source'
import { leadsOut, tidyPath } from './project-path.ts'
import type { ProjectTree } from './project-tree.ts'

/** A configuration of TypeScript's, with what it extends. Paths are below the project; those that begin with `..` lead out. */
export interface TsConfig {
  /** Of the file. */
  path: string
  baseUrl: string | undefined
  /** Each pattern with what it may stand for, in the order of the file. */
  paths: readonly { pattern: string; targets: readonly string[] }[]
  outDir: string | undefined
  rootDir: string | undefined
  rootDirs: readonly string[]
  moduleSuffixes: readonly string[]
  customConditions: readonly string[]
  /** Imports are left as they are written, types or not. */
  keepsImports: boolean
  /** What JSX is imported from, where it is imported at all. */
  jsxSource: string | undefined
  /** Packages of types; undefined where all that are installed are meant. */
  types: readonly string[] | undefined
  /** Packages of plugins for the editor, of configurations that are extended, and of what compiled code calls. */
  packages: readonly string[]
  references: readonly string[]
}

/** Reads configurations, each once; undefined for what is none. */
export type ReadTsConfig = (path: string) => TsConfig | undefined

/** Most files that one configuration extends; TypeScript has no limit, but no project comes near it. */
const MAX_EXTENDS = 64

/** A reader; `folderOf` knows the folder of an own package by its name, and `onTooMany` hears of what is read in part. */
export function openTsConfigs(
  tree: ProjectTree,
  folderOf: (name: string) => string | undefined,
  onTooMany: (path: string) => void,
): ReadTsConfig {
  const raws = new Map<string, Raw | undefined>()
  const known = new Map<string, TsConfig | undefined>()

  function rawAt(path: string): Raw | undefined {
    if (!raws.has(path)) raws.set(path, readRaw(tree, path))
    return raws.get(path)
  }

  function read(path: string): TsConfig | undefined {
    const first = rawAt(path)
    if (first === undefined) return undefined
    const options = new Map<string, Option>()
    const packages = new Set<string>()
    const seen = new Set<string>()
    // The nearest says what an option is: what is extended only fills in what is not there yet.
    const open = [path]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      if (seen.size === MAX_EXTENDS) {
        onTooMany(path)
        break
      }
      const raw = rawAt(at)
      seen.add(at)
      if (raw === undefined) continue
      for (const [name, value] of Object.entries(raw.options)) {
        if (!options.has(name)) options.set(name, { value, folder: parentOf(at) })
      }
      if (raw.bases.length > MAX_EXTENDS) onTooMany(path)
      // Of several the last one wins.
      for (const base of raw.bases.slice(-MAX_EXTENDS)) {
        if (!isPath(base)) packages.add(base)
        const file = baseOf(tree, parentOf(at), base, folderOf)
        if (file !== undefined) open.push(file)
      }
    }
    return effective(path, first, options, packages)
  }

  return (path) => {
    if (!known.has(path)) known.set(path, read(path))
    return known.get(path)
  }
}

interface Raw {
  options: Record<string, unknown>
  bases: string[]
  references: string[]
}

/** An option, and the folder of the file that has it. */
interface Option {
  value: unknown
  folder: string
}

function readRaw(tree: ProjectTree, path: string): Raw | undefined {
  const text = tree.text(path)
  const read = text === undefined ? undefined : readJson(text)
  const value = read?.ok === true ? read.source.value : undefined
  if (!isRecord(value)) return undefined
  const options = own(value, 'compilerOptions')
  const references = own(value, 'references')
  return {
    options: isRecord(options) ? options : {},
    bases: strings([own(value, 'extends')].flat()),
    references: (Array.isArray(references) ? references : []).flatMap((reference: unknown) => {
      const to = isRecord(reference) ? ownString(reference, 'path') : undefined
      return to === undefined ? [] : [join(parentOf(path), to)]
    }),
  }
}

function effective(
  path: string,
  { references }: Raw,
  options: ReadonlyMap<string, Option>,
  packages: Set<string>,
): TsConfig {
  const home = parentOf(path)
  const place = (text: string, folder: string): string =>
    tidyPath(
      text.startsWith('${configDir}') ? join(home, text.slice('${configDir}'.length)) : join(folder, text),
    )
  const placeOf = (name: string): string | undefined => {
    const option = options.get(name)
    return typeof option?.value === 'string' ? place(option.value, option.folder) : undefined
  }
  const list = (name: string): string[] => strings(options.get(name)?.value)
  const baseUrl = placeOf('baseUrl')
  const paths = options.get('paths')
  const rootDirs = options.get('rootDirs')
  const plugins = options.get('plugins')?.value
  for (const plugin of Array.isArray(plugins) ? (plugins as unknown[]) : []) {
    for (const key of ['name', 'transform']) {
      const name = isRecord(plugin) ? ownString(plugin, key) : undefined
      if (name !== undefined && !isPath(name)) packages.add(name)
    }
  }
  if (options.get('importHelpers')?.value === true) packages.add('tslib')
  const types = options.get('types')?.value
  return {
    path,
    baseUrl,
    paths: Object.entries(isRecord(paths?.value) ? paths.value : {}).map(([pattern, targets]) => ({
      pattern,
      targets: strings(targets).map((target) => place(target, baseUrl ?? paths?.folder ?? home)),
    })),
    outDir: placeOf('outDir'),
    rootDir: placeOf('rootDir'),
    rootDirs: list('rootDirs').map((folder) => place(folder, rootDirs?.folder ?? home)),
    moduleSuffixes: list('moduleSuffixes'),
    customConditions: list('customConditions'),
    keepsImports: keepsImports((name) => options.get(name)?.value),
    jsxSource: jsxSource(options.get('jsx')?.value, options.get('jsxImportSource')?.value),
    types: Array.isArray(types) ? strings(types) : undefined,
    packages: [...packages],
    references,
  }
}

/** Two of the three are from before TypeScript 5. */
function keepsImports(option: (name: string) => unknown): boolean {
  const unused = option('importsNotUsedAsValues')
  return (
    option('verbatimModuleSyntax') === true ||
    option('preserveValueImports') === true ||
    unused === 'preserve' ||
    unused === 'error'
  )
}

function jsxSource(jsx: unknown, source: unknown): string | undefined {
  if (typeof source === 'string' && source !== '') return source
  return jsx === 'react-jsx' || jsx === 'react-jsxdev' ? 'react' : undefined
}

/** The file that an `extends` means. */
function baseOf(
  tree: ProjectTree,
  folder: string,
  base: string,
  folderOf: (name: string) => string | undefined,
): string | undefined {
  if (isPath(base)) return fileOf(tree, join(folder, base))
  const [, name = '', rest = ''] = /^((?:@[^/]*\/)?[^/]*)(.*)$/s.exec(base) ?? []
  const own = folderOf(name)
  if (own !== undefined) return fileOf(tree, below(own, rest.slice(1)))
  for (let at: string | undefined = folder; at !== undefined; at = at === '' ? undefined : parentOf(at)) {
    const found = fileOf(tree, below(at, `node_modules/${base}`))
    if (found !== undefined) return found
  }
  return undefined
}

function fileOf(tree: ProjectTree, path: string): string | undefined {
  const normal = tidyPath(path)
  if (leadsOut(normal)) return undefined
  for (const candidate of [normal, `${normal}.json`]) {
    const place = tree.place(candidate)
    if (place.kind === 'file') return place.path
    if (place.kind !== 'folder') continue
    const named = manifestField(tree, place.path)
    const inside = tree.place(below(place.path, named === undefined ? 'tsconfig.json' : tidyPath(named)))
    if (inside.kind === 'file') return inside.path
  }
  return undefined
}

function manifestField(tree: ProjectTree, folder: string): string | undefined {
  const manifest = tree.place(below(folder, 'package.json'))
  const parsed = parseJsonText(manifest.kind === 'file' ? (tree.text(manifest.path) ?? '') : '')
  return parsed.ok && isRecord(parsed.value) ? ownString(parsed.value, 'tsconfig') : undefined
}

function isPath(base: string): boolean {
  return /^\.{0,2}(?:\/|$)|^\$\{/.test(base)
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

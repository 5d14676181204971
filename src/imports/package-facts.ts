/** The facts of each own package: what it declares, what others start with, and what it uses without importing it. */
import { parentOf } from '#collectors/tree-location'
import type { OwnPackage, SourceFile } from '#model/imports'
import { configUses } from './config-use.ts'
import { openInstalled } from './installed-packages.ts'
import type { FindInstalled } from './installed-packages.ts'
import { isTsConfig } from './nearest-tsconfig.ts'
import type { OwnManifest } from './own-packages.ts'
import { packageEntries } from './package-entries.ts'
import type { Project } from './project.ts'
import { typedPackage } from './specifier.ts'
import { startedFiles, unreadEntries } from './started-files.ts'
import { toolUses } from './tool-use.ts'
import type { ToolUse } from './tool-use.ts'

/** Facts by location, the root first. `configuration` are files that may say what is used, `files` all that was scanned. */
export function packageFacts(
  project: Project,
  configuration: readonly string[],
  files: readonly SourceFile[],
): OwnPackage[] {
  const installed = openInstalled(project.tree)
  const ownFiles = new Map<OwnManifest, string[]>(project.packages.map((found) => [found, []]))
  for (const path of configuration) ownFiles.get(project.owner(parentOf(path)))?.push(path)
  const imported = importedBy(files)
  return project.packages.map((found) => {
    const paths = ownFiles.get(found) ?? []
    const location = found.location === '' ? '.' : found.location
    const configs = paths
      .filter((path) => isTsConfig(path.slice(path.lastIndexOf('/') + 1)))
      .flatMap((path) => project.configAt(path) ?? [])
    const uses = [
      ...toolUses(project, found, paths, installed),
      ...configUses(project, found, configs),
      ...ofNode(found, imported.get(location)?.builtins ?? new Map<string, string>()),
    ]
    const used = new Set([...(imported.get(location)?.packages ?? []), ...uses.map(({ name }) => name)])
    const entries = packageEntries(project, found)
    return {
      location,
      name: found.name,
      manifest: found.manifest,
      declared: found.declared,
      entries,
      started: startedFiles(project, found),
      unread: unreadEntries(project, found, entries),
      usedByTools: tidyUses([...uses, ...usedByUsed(found, used, installed)]),
    }
  })
}

interface Imported {
  packages: Set<string>
  /** With a file that imports it. */
  builtins: Map<string, string>
}

/** By location; what any package imports is imported by the root as well, where all of it may be declared. */
function importedBy(files: readonly SourceFile[]): Map<string, Imported> {
  const all = new Map<string, Imported>()
  for (const { path, workspace, imports } of files) {
    for (const location of new Set([workspace, '.'])) {
      const known = all.get(location) ?? { packages: new Set(), builtins: new Map() }
      all.set(location, known)
      for (const { target } of imports) {
        if (target.kind === 'package' || target.kind === 'workspace') known.packages.add(target.name)
        if (target.kind === 'builtin' && !known.builtins.has(target.name))
          known.builtins.set(target.name, path)
      }
    }
  }
  return all
}

/** The types of Node, and packages that have the name of a part of it and are there for bundlers. */
function ofNode({ declared }: OwnManifest, builtins: ReadonlyMap<string, string>): ToolUse[] {
  const [first] = builtins.values()
  return declared.flatMap(({ name }) => {
    const by = name === '@types/node' ? first : builtins.get(name)
    return by === undefined ? [] : [{ name, by }]
  })
}

/** Types and peers of what is used, and of what is used thereby. */
function usedByUsed(
  { declared, location }: OwnManifest,
  used: Set<string>,
  installed: FindInstalled,
): ToolUse[] {
  const names = new Set(declared.map(({ name }) => name))
  const uses: ToolUse[] = []
  const open = [...used]
  for (let by = open.pop(); by !== undefined; by = open.pop()) {
    for (const name of installed(by, location)?.peers ?? []) {
      if (!names.has(name) || used.has(name)) continue
      used.add(name)
      open.push(name)
      uses.push({ name, by: `peer dependency of ${by}` })
    }
  }
  for (const name of names) {
    const typed = typedPackage(name)
    if (typed !== undefined && used.has(typed)) uses.push({ name, by: `types of ${typed}` })
  }
  return uses
}

/** Each use once, by name. */
function tidyUses(uses: readonly ToolUse[]): ToolUse[] {
  const each = new Map(uses.map((use) => [`${use.name}\0${use.by}`, use]))
  return [...each].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use)
}

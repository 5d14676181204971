/** What package.json starts and nobody can look into, and the files that its scripts start. */
import { isRecord, own, ownString } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { OwnPackage } from '#model/imports'
import { isUnreadCode, UNREAD_ENDINGS } from '#model/unread-code'
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { filesNamedBy } from './tool-use.ts'
import { wordsOfCommand } from './tool-words.ts'

/** Scripts that run where the package is installed, and where the program is started. */
const SCRIPTS: readonly { by: 'install' | 'start'; names: readonly string[] }[] = [
  { by: 'install', names: ['preinstall', 'install', 'postinstall'] },
  { by: 'start', names: ['prestart', 'start', 'poststart', 'start:prod', 'start:production'] },
]

/** What runs other scripts by their names. */
const RUNNERS = /^(?:bun|npm|npm-run-all2?|pnpm|run-[ps]|yarn|concurrently)$/

/** Files that a program reads when it is started, though no command names them. */
const READ_BY: readonly { command: RegExp; files: RegExp }[] = [
  { command: /\bnext\s+start\b/, files: /^next\.config\.[cm]?[jt]s$/ },
  { command: /\bpm2(?:-runtime|-docker)?\s+start\b/, files: /^ecosystem\.config\.[cm]?js$/ },
]

/** Source files that such scripts name, over other scripts too; each once for each of both. */
export function startedFiles(project: Project, manifest: OwnManifest): OwnPackage['started'] {
  return SCRIPTS.flatMap(({ by, names }) => {
    const paths = new Set<string>()
    for (const command of commandsOf(manifest, names)) {
      for (const path of filesNamedBy(wordsOfCommand(command), project, manifest)) paths.add(path)
      for (const path of filesReadBy(project, manifest, command)) paths.add(path)
    }
    return [...paths].toSorted().map((path) => ({ path, by }))
  })
}

/**
 * Entries that are there and hold code, and that no scan has seen: in a language that is not read, without an ending, or in
 * a repository of its own. What is built, and ignored therefore, is none of them: the sources are known.
 */
export function unreadEntries(
  project: Project,
  { location }: OwnManifest,
  entries: readonly string[],
): string[] {
  return entries.flatMap((entry) => {
    if (project.isSource(entry)) return []
    for (const path of ['', ...UNREAD_ENDINGS].map((ending) => entry + ending)) {
      const isFile = project.tree.place(path).kind === 'file'
      if (isFile && (isUnreadCode(path) || !path.slice(path.lastIndexOf('/') + 1).includes('.')))
        return [path]
    }
    return isInRepository(project, location, entry) ? [entry] : []
  })
}

function commandsOf({ record }: OwnManifest, names: readonly string[]): string[] {
  const scripts = own(record, 'scripts')
  if (!isRecord(scripts)) return []
  const asked = new Set(names)
  const commands: string[] = []
  for (const name of asked) {
    const command = ownString(scripts, name)
    if (command === undefined) continue
    commands.push(command)
    const words = wordsOfCommand(command)
    if (!words.some((word) => RUNNERS.test(word))) continue
    for (const word of words) asked.add(word.replace(/^(?:npm|pnpm|yarn|bun):/, ''))
  }
  return commands
}

function filesReadBy(project: Project, { location }: OwnManifest, command: string): string[] {
  const wanted = READ_BY.filter((each) => each.command.test(command))
  if (wanted.length === 0) return []
  return project.sources.filter(
    (path) =>
      parentOf(path) === location &&
      wanted.some(({ files }) => files.test(path.slice(path.lastIndexOf('/') + 1))),
  )
}

function isInRepository({ tree }: Project, location: string, entry: string): boolean {
  if (tree.place(entry).kind === 'absent') return false
  for (let at = entry; at !== location && at !== ''; at = parentOf(at)) {
    if (tree.kind(below(at, '.git')) !== 'absent') return true
  }
  return false
}

/** Builds real projects in temporary folders out of a plain description of their files. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'

/** Content of a file: text, JSON, a link (`{ link: '../x' }`), or an empty folder (`null`). */
export type FileContent = string | { link: string } | Record<string, unknown> | null

/** Files of a project by path. */
export type ProjectFiles = Record<string, FileContent>

const made: string[] = []

/** Removes all that was made. Files of tests share this module, so each of them has to ask for it: `clean-up.ts` does. */
export function removeProjects(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** An empty folder that is removed after the tests of the file. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-test-')))
  made.push(folder)
  return folder
}

/** Writes the files into a new folder and gives its real path. */
export function makeProject(files: ProjectFiles): string {
  const project = join(emptyFolder(), 'project')
  mkdirSync(project)
  addFiles(project, files)
  return project
}

/** Writes more files into a project. */
export function addFiles(project: string, files: ProjectFiles): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(project, path)
    if (content === null) {
      mkdirSync(target, { recursive: true })
      continue
    }
    mkdirSync(dirname(target), { recursive: true })
    if (typeof content === 'string') writeFileSync(target, content)
    else if (isLink(content)) symlinkSync(content.link, target)
    else writeFileSync(target, JSON.stringify(content, null, 2))
  }
}

function isLink(content: Record<string, unknown>): content is { link: string } {
  return typeof content['link'] === 'string' && Object.keys(content).length === 1
}

/** A package of node_modules: `pkg('a', '1.0.0', { dependencies })`. */
export function pkg(
  name: string,
  version: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { name, version, license: 'MIT', ...more }
}

/** A lockfile as npm formats it, with an integrity for every package that has none. */
export function lockfile(packages: Record<string, Record<string, unknown>>): string {
  const root = packages[''] ?? {}
  const entries = Object.entries(packages).map(([location, entry]) => {
    const own = !location.includes('node_modules/') || entry['link'] === true || 'integrity' in entry
    return [
      location,
      own ? entry : { ...entry, integrity: `sha512-${Buffer.from(location).toString('base64')}` },
    ]
  })
  return `${JSON.stringify({ name: root['name'], version: root['version'], lockfileVersion: 3, requires: true, packages: Object.fromEntries(entries) as unknown }, null, 2)}\n`
}

/** Disks of a project that nobody has looked at, as a run opens them. */
export function disksOf(project: string): { disk: Disk; lockfiles: Disk } {
  return { disk: openDisk(project), lockfiles: openDisk(project) }
}

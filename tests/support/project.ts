/** Builds small npm projects on disk, as `npm ci` would have left them: package.json, lockfile, node_modules. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** One package to install. */
export interface FakePackage {
  name: string
  version: string
  license?: unknown
  /** Further fields of its package.json. */
  manifest?: Record<string, unknown>
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  /** Folder below the project; default `node_modules/<name>`. */
  location?: string
  /** Further fields of its lockfile entry. */
  lock?: Record<string, unknown>
  /** False to have it in the lockfile only. */
  installed?: boolean
  files?: Record<string, string>
}

/** A project to build. */
export interface FakeProject {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  packages: FakePackage[]
  /** `depgate.config.json`; absent for none. */
  policy?: unknown
  /** Whether to write a lockfile. Default true. */
  lockfile?: boolean
  files?: Record<string, string>
  manifest?: Record<string, unknown>
}

/** A project on disk. */
export interface BuiltProject {
  folder: string
  /** A home folder of its own, so that no npmrc or key of the machine is met. */
  home: string
  remove: () => void
}

/** The integrity that stands for a package's tarball everywhere in the tests. */
export function integrityOf(name: string, version: string): string {
  return `sha512-${createHash('sha512').update(`${name}@${version}`).digest('base64')}`
}

/** Writes the project into a new temporary folder. */
export function buildProject(project: FakeProject): BuiltProject {
  const base = mkdtempSync(join(tmpdir(), 'depgate-project-'))
  const folder = join(base, 'project')
  const home = join(base, 'home')
  mkdirSync(home, { recursive: true })
  const root = {
    name: 'app',
    version: '1.0.0',
    ...project.manifest,
    ...(project.dependencies && { dependencies: project.dependencies }),
    ...(project.devDependencies && { devDependencies: project.devDependencies }),
    ...(project.optionalDependencies && { optionalDependencies: project.optionalDependencies }),
  }
  writeFile(folder, 'package.json', JSON.stringify(root, undefined, 2))
  for (const entry of project.packages) if (entry.installed !== false) installPackage(folder, entry)
  if (project.lockfile !== false) {
    writeFile(folder, 'package-lock.json', JSON.stringify(lockfileOf(root, project.packages), undefined, 2))
  }
  if (project.policy !== undefined) {
    writeFile(folder, 'depgate.config.json', JSON.stringify(project.policy, undefined, 2))
  }
  for (const [path, text] of Object.entries(project.files ?? {})) writeFile(folder, path, text)
  return { folder, home, remove: () => rmSync(base, { recursive: true, force: true }) }
}

/** The lockfile (version 3) of a root manifest and its packages. */
export function lockfileOf(root: Record<string, unknown>, packages: FakePackage[]): unknown {
  const entries: Record<string, unknown> = { '': root }
  for (const entry of packages) {
    entries[locationOf(entry)] = {
      version: entry.version,
      integrity: integrityOf(entry.name, entry.version),
      ...(typeof entry.license === 'string' && { license: entry.license }),
      ...(entry.dependencies && { dependencies: entry.dependencies }),
      ...(entry.optionalDependencies && { optionalDependencies: entry.optionalDependencies }),
      ...(entry.peerDependencies && { peerDependencies: entry.peerDependencies }),
      ...entry.lock,
    }
  }
  return {
    name: root['name'],
    version: root['version'],
    lockfileVersion: 3,
    requires: true,
    packages: entries,
  }
}

/** Writes a package's folder. */
export function installPackage(folder: string, entry: FakePackage): void {
  const location = locationOf(entry)
  writeFile(folder, `${location}/package.json`, JSON.stringify(manifestOf(entry), undefined, 2))
  for (const [path, text] of Object.entries(entry.files ?? {})) writeFile(folder, `${location}/${path}`, text)
}

/** A package's own package.json, which is also what a registry would say of it. */
export function manifestOf(entry: FakePackage): Record<string, unknown> {
  return {
    name: entry.name,
    version: entry.version,
    ...(entry.license !== undefined && { license: entry.license }),
    ...(entry.dependencies && { dependencies: entry.dependencies }),
    ...(entry.optionalDependencies && { optionalDependencies: entry.optionalDependencies }),
    ...(entry.peerDependencies && { peerDependencies: entry.peerDependencies }),
    ...entry.manifest,
  }
}

function locationOf(entry: FakePackage): string {
  return entry.location ?? `node_modules/${entry.name}`
}

function writeFile(folder: string, path: string, text: string): void {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
}

/** Publishes what a project has installed to a registry, exactly as it was installed. */
export function publishAll(
  registry: { publish: (name: string, version: string, fields?: Record<string, unknown>) => void },
  packages: FakePackage[],
): void {
  for (const entry of packages) {
    const { name, version, ...fields } = manifestOf(entry)
    registry.publish(String(name), String(version), {
      ...fields,
      dist: { integrity: integrityOf(entry.name, entry.version) },
    })
  }
}

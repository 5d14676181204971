/** Reads what a lockfile pins at the top of node_modules: single entries, without the tree, which a stranger can make hard to walk. */
import { join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { isRecord, own, ownString } from './json-text.ts'
import { identityOf, linkedFolder, resolvedOf } from './lockfile-nested.ts'
import { LOCKFILES, MAX_LOCKFILE_BYTES } from './lockfile-on-disk.ts'
import { declaredDependencies } from './manifest-fields.ts'
import { sourceOf } from './sources.ts'

/** A version of a package of the registry. */
export interface PinnedPackage {
  name: string
  version: string
  integrity: string | undefined
}

/**
 * Opens the lockfile that npm would read, once and when it is first asked. The answer is undefined for whatever is not
 * pinned to a package of that very name in the registry: an alias, a link, an address of its own, a lockfile that is none.
 */
export function openPins(disk: DiskReader, project: string): (name: string) => PinnedPackage | undefined {
  let files: { lockfile: Record<string, unknown>; manifest: Record<string, unknown> } | undefined
  return (name) => {
    files ??= { lockfile: lockfileIn(disk, project), manifest: parsed(disk, join(project, 'package.json')) }
    const lock = entryOf(files.lockfile, name)
    if (lock === undefined || lock.name !== name || lock.version === '') return undefined
    const root = own(recordIn(files.lockfile, 'packages'), '')
    const roots = isRecord(root) ? [files.manifest, root] : [files.manifest]
    const specs = roots.flatMap((record) =>
      declaredDependencies(record, true).flatMap((declared) => (declared.name === name ? declared.spec : [])),
    )
    if (sourceOf({ role: 'installed', lock, specs }) !== 'registry') return undefined
    return { name, version: lock.version, integrity: lock.integrity }
  }
}

/** What an entry says, whatever version the lockfile has. */
interface Entry {
  name: string
  version: string
  resolved?: string
  integrity: string | undefined
}

function entryOf(lockfile: Record<string, unknown>, name: string): Entry | undefined {
  const version = own(lockfile, 'lockfileVersion')
  const isNested = version === 1
  if (!isNested && version !== 2 && version !== 3) return undefined
  const entry = isNested
    ? own(recordIn(lockfile, 'dependencies'), name)
    : own(recordIn(lockfile, 'packages'), `node_modules/${name}`)
  if (!isRecord(entry) || own(entry, 'link') === true) return undefined
  const said = ownString(entry, 'version') ?? ''
  if (isNested && linkedFolder(said) !== undefined) return undefined
  const resolved = isNested ? resolvedOf(entry, said) : ownString(entry, 'resolved')
  return {
    ...(isNested ? identityOf(name, said) : { name: ownString(entry, 'name') ?? name, version: said }),
    ...(resolved !== undefined && { resolved }),
    integrity: ownString(entry, 'integrity'),
  }
}

function lockfileIn(disk: DiskReader, project: string): Record<string, unknown> {
  const found = LOCKFILES.find((name) => disk.kind(join(project, name)) !== 'absent')
  return found === undefined ? {} : parsed(disk, join(project, found), MAX_LOCKFILE_BYTES)
}

/** The object that a file holds; an empty one where it holds none. What is wrong with a file is told by whoever reads all of it. */
function parsed(disk: DiskReader, path: string, maxBytes?: number): Record<string, unknown> {
  const read = disk.file(path, maxBytes)
  if (!read.ok) return {}
  try {
    const value: unknown = JSON.parse(read.bytes.toString('utf8').replace(/^\uFEFF/, ''))
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function recordIn(record: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = own(record, key)
  return isRecord(value) ? value : {}
}

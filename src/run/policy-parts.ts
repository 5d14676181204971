/** Remembers what a policy was made of, and tells which of it a change has written: a branch that is merely older has written none. */
import { relative } from 'node:path'
import { openPins } from '#collectors/collect'
import { canonicalJson } from '#config/canonical-json'
import { MAX_POLICY_BYTES } from '#config/policy-file'
import type { DiskReader } from '#disk/disk'

/** Absolute paths of the files that were looked at, found or not, and names of packages. */
export interface PolicyParts {
  files: Set<string>
  packages: Set<string>
}

/** The states of a file of which one came out of the others. */
export interface ThreeStates {
  /** That of the change. */
  own: DiskReader
  /** That of the commit which both sides have in common last. */
  common: DiskReader
  /** That of the branch which the change goes to. */
  tip: DiskReader
  /** Folder of the project. */
  folder: string
}

/** No parts yet. */
export function noParts(): PolicyParts {
  return { files: new Set(), packages: new Set() }
}

/** The same disk; the paths of files that are read are added. */
export function noting(disk: DiskReader, files: Set<string>): DiskReader {
  return {
    ...disk,
    file(path, maxBytes) {
      files.add(path)
      return disk.file(path, maxBytes)
    },
    linkedFile(path, maxBytes) {
      files.add(path)
      return disk.linkedFile(path, maxBytes)
    },
  }
}

/**
 * The parts that a change has written, as people name them: whoever merges it takes all others as the branch has them.
 * What the branch has as well is nothing that the change brings.
 */
export function writtenParts({ files, packages }: PolicyParts, states: ThreeStates): string[] {
  const { own, common, tip, folder } = states
  const isWritten = (stateIn: (disk: DiskReader) => string | undefined): boolean => {
    const state = stateIn(own)
    return state === undefined || (state !== stateIn(common) && state !== stateIn(tip))
  }
  const pins = new Map([own, common, tip].map((disk) => [disk, openPins(disk, folder)]))
  return [
    ...[...files]
      .filter((path) => isWritten((disk) => contentOf(disk, path, folder)))
      .map((path) => relative(folder, path)),
    ...[...packages].filter((name) => isWritten((disk) => JSON.stringify(pins.get(disk)?.(name) ?? null))),
  ]
}

/** What a file says as part of a policy; undefined for one that cannot be read, which may be anything. */
function contentOf(disk: DiskReader, path: string, folder: string): string | undefined {
  const read = disk.file(path, MAX_POLICY_BYTES)
  if (!read.ok) return read.reason === 'absent' ? 'absent' : undefined
  const text = read.bytes.toString('latin1')
  // Of package.json only one key is policy, and most changes write the others.
  const isShared = relative(folder, path) === 'package.json'
  return `=${isShared ? (policyKey(read.bytes.toString('utf8')) ?? text) : text}`
}

function policyKey(manifest: string): string | undefined {
  try {
    const value: unknown = JSON.parse(manifest)
    return canonicalJson([Object.entries(Object(value)).find(([key]) => key === 'depgate') ?? null])
  } catch {
    return undefined
  }
}

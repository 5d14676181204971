/** Does to a cache folder what disks, people and attackers do to it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Everything below a folder that is a file, as absolute paths, in a stable order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Flips one bit of every file, at a place that moves from file to file and from round to round. */
export function flipBytes(folder: string, round: number): void {
  for (const [index, path] of filesBelow(folder).entries()) {
    const bytes = readFileSync(path)
    if (bytes.length === 0) continue
    const at = (round * 97 + index * 31) % bytes.length
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << ((round + index) % 8)), at)
    writeFileSync(path, bytes)
  }
}

/** Shortens every file: to half, by one byte, to nothing, in turn. */
export function truncateFiles(folder: string): void {
  for (const [index, path] of filesBelow(folder).entries()) {
    const bytes = readFileSync(path)
    const kept = [bytes.length >> 1, bytes.length - 1, 0][index % 3]
    writeFileSync(path, bytes.subarray(0, kept))
  }
}

/** A mounted folder, or why none could be mounted. */
export type Mounted = { unmount: () => void } | { reason: string }

/** Mounts an empty file system of this size over a folder. Only root on Linux can. */
export function mountSmall(folder: string, size: string): Mounted {
  mkdirSync(folder, { recursive: true })
  return mounted(folder, ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', folder])
}

/** Makes a folder, with what is in it, read-only for everybody. Only root on Linux can. */
export function mountReadOnly(folder: string): Mounted {
  const bound = mounted(folder, ['--bind', folder, folder])
  if ('reason' in bound) return bound
  const sealed = mounted(folder, ['-o', 'remount,ro,bind', folder])
  if ('reason' in sealed) bound.unmount()
  return sealed
}

function mounted(folder: string, args: string[]): Mounted {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) return { reason: error?.message ?? stderr.trim() }
  return { unmount: () => void spawnSync('umount', [folder]) }
}

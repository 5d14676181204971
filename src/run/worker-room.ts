/** How much room the worker has for young objects: much for trees of common size, little where all of the memory is needed. */
import { join } from 'node:path'
import { readRegularFile } from '#disk/safe-read'

/** Largest lockfile of a tree that leaves room: some 3,000 packages. */
const COMMON_LOCKFILE_BYTES = 1.25 * 1024 * 1024
/** In MiB: a cold audit of 2,297 packages takes a fifth less processor time than with the tight room, and 30 MiB more. */
const AMPLE_MB = 64
/** In MiB: with 32 the collector has less to do, but 10,000 packages take 513 MiB instead of 450. */
const TIGHT_MB = 12

/** Room for young objects, in MiB, in a worker that reads this project; without one the tree may be of any size. */
export function youngRoomMb(project?: string): number {
  return project !== undefined && leavesRoom(project) ? AMPLE_MB : TIGHT_MB
}

/**
 * The same for a worker that judges a change, in MiB: it reads two lockfiles and no tree, so there is room whatever their size
 * (20,000 packages take a sixth less processor time, and stay below the 256 MiB that they may take).
 */
export const YOUNG_ROOM_OF_CHANGE_MB = AMPLE_MB

/** Whether a tree is of common size, so that what spares time may take memory. */
export function leavesRoom(project: string): boolean {
  return readRegularFile(join(project, 'package-lock.json'), COMMON_LOCKFILE_BYTES).ok
}

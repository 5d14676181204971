/** Reads policy files from the disk: as JSON with comments, or with what is wrong with them. */
import { isAbsolute, relative, sep } from 'node:path'
import type { DiskReader } from '#disk/disk'
import type { Problem } from './config-error.ts'
import { readJson } from './json-source.ts'
import type { JsonSource, PlacedProblem } from './json-source.ts'

/** What a file held: JSON, nothing because there is no file, or what is wrong with it. */
export type ReadFile =
  | { kind: 'source'; source: JsonSource }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: Problem }
  | { kind: 'wrong'; problem: PlacedProblem }

/** Largest file that is read as a part of a policy; room for every entry that one may have. */
export const MAX_POLICY_BYTES = 1024 * 1024

/** Reads a file as JSON with comments. */
export function readPolicyFile(disk: DiskReader, path: string): ReadFile {
  const content = readText(disk, path)
  if (content === undefined) return { kind: 'absent' }
  if (typeof content !== 'string') return { kind: 'unreadable', problem: content }
  const read = readJson(content)
  return read.ok ? { kind: 'source', source: read.source } : { kind: 'wrong', problem: read.problem }
}

/** The way from a folder to something in it, with `/`; undefined if it is not in it. Both paths are real. */
export function pathInside(folder: string, path: string): string | undefined {
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined
  return way.split(sep).join('/')
}

/** The text of a file, undefined if there is none, or why it cannot be read. */
function readText(disk: DiskReader, path: string): string | Problem | undefined {
  const read = disk.linkedFile(path, MAX_POLICY_BYTES)
  if (!read.ok) return read.reason === 'absent' ? undefined : { message: UNUSABLE[read.reason] }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)
  } catch {
    return { message: 'is not UTF-8 text', fix: 'Save it as UTF-8.' }
  }
}

/** Why a file that is there cannot be used, as the end of a sentence that begins with its name. */
export const UNUSABLE = {
  link: 'is a symbolic link that leads nowhere',
  'not-a-file': 'is not a regular file',
  'too-large': `is larger than ${MAX_POLICY_BYTES} bytes`,
  denied: 'cannot be read',
} as const

/** Reads policy files from the disk: the only file of this folder that touches it. */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { Problem } from './config-error.ts'
import { readJson } from './json-source.ts'
import type { JsonSource, PlacedProblem } from './json-source.ts'

/** What a file held: JSON, nothing because there is no file, or what is wrong with it. */
export type ReadFile =
  | { kind: 'source'; source: JsonSource }
  | { kind: 'absent' }
  | { kind: 'unreadable'; problem: Problem }
  | { kind: 'wrong'; problem: PlacedProblem }

const MAX_BYTES = 1024 * 1024

/** Reads a file as JSON with comments. */
export function readPolicyFile(path: string): ReadFile {
  const content = readText(path)
  if (content === undefined) return { kind: 'absent' }
  if (typeof content !== 'string') return { kind: 'unreadable', problem: content }
  const read = readJson(content)
  return read.ok ? { kind: 'source', source: read.source } : { kind: 'wrong', problem: read.problem }
}

/** The real path of something on disk; undefined if it is not there. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The way from a folder to something in it, with `/`; undefined if it is not in it. Both paths are real. */
export function pathInside(folder: string, path: string): string | undefined {
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined
  return way.split(sep).join('/')
}

/** The text of a file, undefined if there is none, or why it cannot be read. */
function readText(path: string): string | Problem | undefined {
  let file: number | undefined
  try {
    // Without O_NONBLOCK a named pipe in its place would hang the run.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = fstatSync(file)
    if (!stats.isFile()) return { message: 'is not a regular file' }
    if (stats.size > MAX_BYTES) return { message: `is larger than ${MAX_BYTES} bytes` }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return undefined
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { message: 'is not UTF-8 text', fix: 'Save it as UTF-8.' }
    }
    return { message: `cannot be read (${code})` }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

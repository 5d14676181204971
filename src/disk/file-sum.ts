/** Hashes regular files through one buffer: most are small, only their hash is asked for, and a buffer for each would be garbage. */
import { hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { FLAGS, readRegularFile } from './safe-read.ts'
import type { FileBytes } from './safe-read.ts'

/** The sha256 (hex) of a file and its size in bytes, or why there is none. */
export type FileSum = { ok: true; sha256: string; size: number } | Extract<FileBytes, { ok: false }>

/** More than most source files have. */
const BUFFER_BYTES = 256 * 1024

let buffer: Buffer | undefined

/** The sum of a regular file of at most `maxBytes`; the last part of the path may not be a symbolic link. */
export function sumRegularFile(path: string, maxBytes: number): FileSum {
  buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES)
  const length = readBelow(path, buffer)
  if (length !== undefined && length <= maxBytes) return sumOf(buffer.subarray(0, length))
  // Empty, large, or no file at all: seldom, and the exact answer costs more.
  const read = readRegularFile(path, maxBytes)
  return read.ok ? sumOf(read.bytes) : read
}

function sumOf(bytes: Buffer): FileSum {
  return { ok: true, sha256: hash('sha256', bytes), size: bytes.length }
}

/**
 * How many bytes were read; undefined if that failed, if there were none, and if there may be more. Nobody asks for the
 * size first, and nobody reads on at the end: both cost more. A file that gives less than was asked for has ended there.
 * A pipe that somebody writes into passes for a file of what it gives: whoever needs bytes and not a hash is told.
 */
function readBelow(path: string, into: Buffer): number | undefined {
  let handle: number | undefined
  try {
    handle = openSync(path, FLAGS)
    const length = readSync(handle, into, 0, into.length, null)
    return length > 0 && length < into.length ? length : undefined
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

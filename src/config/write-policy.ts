/** Writes policy files and those beside them whole or not at all, and never through a symbolic link. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Problem } from './config-error.ts'

/** A policy file as it was read: its text, and the bytes that must still be there when it is replaced. */
export interface PolicyText {
  path: string
  text: string
  bytes: Buffer
}

const MAX_BYTES = 1024 * 1024
// Windows has neither flag.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Reads a policy file that is to be written; a byte order mark is part of the text. */
export function readForEdit(
  path: string,
): { ok: true; policy: PolicyText } | { ok: false; problem: Problem } {
  try {
    const bytes = readRegular(path)
    if (bytes === undefined) return { ok: false, problem: NOT_REGULAR }
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { ok: true, policy: { path, text, bytes } }
  } catch (error) {
    return { ok: false, problem: { message: `cannot be read (${codeOf(error)})` } }
  }
}

/** Puts a text in its place; what is wrong if that cannot be done, and then the file is what it was. */
export function replacePolicy({ path, bytes }: PolicyText, text: string): Problem | undefined {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  let isOurs = false
  try {
    const { mode } = lstatSync(path)
    const file = openSync(temporary, 'wx', 0o600)
    isOurs = true
    try {
      writeFileSync(file, text)
      fchmodSync(file, mode & 0o777)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    const now = readRegular(path)
    if (now === undefined) return NOT_REGULAR
    if (!now.equals(bytes)) return { message: 'was changed meanwhile', fix: 'Run the command again.' }
    // This replaces what stands at the path and never what it may lead to.
    renameSync(temporary, path)
    isOurs = false
    return undefined
  } catch (error) {
    return { message: `cannot be written (${codeOf(error)})` }
  } finally {
    if (isOurs) rmSync(temporary, { force: true })
  }
}

/** Writes a file that is not there yet, whole; what is wrong if that cannot be done, and then nothing is there. */
export function createFile(path: string, text: string): Problem | undefined {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(temporary, 'wx', 0o644)
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    // A link, unlike a rename, never replaces what somebody has put there meanwhile.
    place(temporary, path, text)
    return undefined
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return { message: 'is there already' }
    return { message: `cannot be written (${codeOf(error)})` }
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Where the file system has no hard links, it is written in its place at once. */
function place(temporary: string, path: string, text: string): void {
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    writeFileSync(path, text, { mode: 0o644, flag: 'wx' })
  }
}

const NOT_REGULAR: Problem = {
  message: 'is a symbolic link or no regular file, and is not written through',
  fix: 'Name the file itself with --config.',
}

function readRegular(path: string): Buffer | undefined {
  if (!lstatSync(path).isFile()) return undefined
  const file = openSync(path, FLAGS)
  try {
    const stats = fstatSync(file)
    return stats.isFile() && stats.size <= MAX_BYTES ? readFileSync(file) : undefined
  } finally {
    closeSync(file)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

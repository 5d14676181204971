/** Opens a dump of OSV's database: a file of records, a folder of files, or the zip file that OSV publishes. */
import { constants } from 'node:fs'
import { open, opendir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { readRegularFile } from '#disk/safe-read'
import { jsonValues, MAX_VALUE_BYTES } from './json-values.ts'
import { decodeStrictly, MAX_RECORDS, WHY } from './osv-pieces.ts'
import type { OsvPiece } from './osv-pieces.ts'

/** A file is opened so that a pipe lets nobody wait. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** Folders in folders; GitHub's database has five. */
const MAX_DEPTH = 8
/** Records that are read in one go. */
const TURN = 256

/** Reads a dump record by record; `path` is absolute, and may be a link, because whoever started the run names it. */
export async function* openOsvDump(path: string, signal: AbortSignal): AsyncGenerator<OsvPiece> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, FLAGS)
    const stat = await handle.stat()
    if (stat.isDirectory()) yield* stoppable(folderPieces(path), signal)
    else if (!stat.isFile()) yield { kind: 'broken', why: 'is neither a file nor a folder' }
    else yield* stoppable(await piecesOf(handle, stat.size), signal)
  } catch (error) {
    yield { kind: 'broken', why: whyOf(error) }
  } finally {
    await handle?.close()
  }
}

async function piecesOf(handle: FileHandle, size: number): Promise<AsyncGenerator<OsvPiece>> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
  const isZip = bytesRead === 4 && buffer[0] === 0x50 && buffer[1] === 0x4b
  if (!isZip) return filePieces(handle)
  const { zipPieces } = await import('./osv-zip.ts')
  return zipPieces(handle.fd, size)
}

async function* filePieces(handle: FileHandle): AsyncGenerator<OsvPiece> {
  const stream = handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 1024 * 1024 })
  let at = 0
  for await (const piece of jsonValues(stream)) {
    const from = `value ${++at}`
    yield piece.ok
      ? { kind: 'record', text: piece.text, from }
      : { kind: 'unreadable', from, why: WHY[piece.reason] }
  }
}

async function* folderPieces(folder: string, below = '', depth = 0): AsyncGenerator<OsvPiece> {
  if (depth > MAX_DEPTH) {
    yield { kind: 'unreadable', from: below, why: 'lies too deep' }
    return
  }
  for await (const entry of await opendir(join(folder, below))) {
    const from = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* folderPieces(folder, from, depth + 1)
    else if (entry.isSymbolicLink()) yield { kind: 'unreadable', from, why: 'is a symbolic link' }
    else if (entry.name.endsWith('.json')) yield jsonFile(join(folder, from), from)
  }
}

function jsonFile(path: string, from: string): OsvPiece {
  const read = readRegularFile(path, MAX_VALUE_BYTES)
  if (!read.ok)
    return {
      kind: 'unreadable',
      from,
      why: read.reason === 'too-large' ? WHY['too-large'] : 'cannot be read',
    }
  const text = decodeStrictly(read.bytes)
  return text === undefined
    ? { kind: 'unreadable', from, why: WHY['not-json'] }
    : { kind: 'record', text, from }
}

/** Ends with the run, and after more than any dump has. */
async function* stoppable(pieces: AsyncGenerator<OsvPiece>, signal: AbortSignal): AsyncGenerator<OsvPiece> {
  let count = 0
  for await (const piece of pieces) {
    // Without a turn of the event loop nobody would hear that the run is over.
    if (++count % TURN === 0) await setImmediate()
    if (signal.aborted) {
      yield { kind: 'broken', why: 'could not be read wholly before the run ended' }
      return
    }
    if (count > MAX_RECORDS) {
      yield { kind: 'broken', why: `holds more than ${MAX_RECORDS} records` }
      return
    }
    yield piece
  }
}

/** Never the words of the error: they hold paths of this machine. */
function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read'
  return 'cannot be read'
}

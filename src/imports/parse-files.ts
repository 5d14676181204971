/** Reads and parses many files: each content once, never more of them in memory than are being worked on. */
import { hash } from 'node:crypto'
import type { DiskReader } from '#disk/disk'
import { UNREAD } from '#disk/safe-read'
import type { FileBytes } from '#disk/safe-read'
import type { ParsedSource, ScanStatistics, SourceProblem } from '#model/imports'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { MAX_SOURCE_BYTES, TOO_LARGE } from './decode.ts'
import type { KnownSource } from './import-records.ts'
import { createLanePool } from './lane-pool.ts'
import type { LanePool } from './lane-pool.ts'
import type { ParseCache } from './parse-cache.ts'
import type { OpenLane } from './parse-lane.ts'
import type { ParseSource } from './parse.ts'
import { isShallow } from './shallow.ts'

/** A file of the project. */
export interface FilePlace {
  /** Below the project, with `/`. */
  path: string
  absolute: string
}

/** One file, read and parsed. */
export interface ParsedFile {
  path: string
  /** Of its bytes, hex; absent where they could not be read. */
  sha256?: string
  parsed: ParsedSource
}

/** All of them, in the order in which they were asked for, and how much work that was. */
export interface ParsedFiles {
  files: ParsedFile[]
  statistics: Omit<ScanStatistics, 'files'>
}

/** Parses files. Fails with `deadline` when it may not go on, and with `parser-missing`. */
export type ParseMany = (files: readonly FilePlace[]) => Promise<Outcome<ParsedFiles>>

/** What it takes. */
export interface ParsePorts {
  disk: Pick<DiskReader, 'file'>
  cache: ParseCache
  /** Loads the parser into this process, for a few files that are sure to do it no harm. */
  loadParser: () => Promise<Outcome<ParseSource>>
  /** Opens a place to parse in where it may break. */
  openLane: OpenLane
  /** How many of those at a time. */
  lanes: number
  /** Asked now and then; false ends the work. */
  goOn: () => boolean
}

/** A file that was read: what it says stands under its key. */
interface ReadFile extends FilePlace {
  sha256: string
  key: string
}

/** A content that is not known yet, by one of the files that have it. */
interface Unknown {
  key: string
  path: string
  bytes: Uint8Array
}

/** So many contents, or so many bytes, make a batch. */
const BATCH_FILES = 64
const BATCH_BYTES = 512 * 1024
/** A process that parses takes as long to start as it takes to parse so many files here. */
const FILES_HERE = 64

/** Makes the function that parses files. */
export function createParseMany(ports: ParsePorts): ParseMany {
  return async (files) => {
    const pool = createLanePool(ports.openLane, ports.lanes)
    try {
      return await parseFiles(files, ports, createParsing(ports, pool))
    } finally {
      pool.close()
    }
  }
}

async function parseFiles(
  files: readonly FilePlace[],
  { disk, cache, goOn }: ParsePorts,
  parsing: Parsing,
): Promise<Outcome<ParsedFiles>> {
  const read: (ReadFile | ParsedFile)[] = []
  let bytes = 0
  for (const [at, place] of files.entries()) {
    if (at % BATCH_FILES === 0 && !goOn()) return outOfTime()
    const file = disk.file(place.absolute, MAX_SOURCE_BYTES)
    if (!file.ok) {
      read.push({ path: place.path, parsed: { problem: unread(file.reason) } })
      continue
    }
    bytes += file.bytes.byteLength
    const sha256 = hash('sha256', file.bytes)
    const key = cache.keyOf(sha256, place.path)
    read.push({ ...place, sha256, key })
    const taken = await parsing.take({ key, path: place.path, bytes: file.bytes })
    if (!taken.ok) return taken
  }
  const sources = await parsing.end()
  if (!sources.ok) return sources
  return ok({
    files: read.map((file) => ('key' in file ? parsedFile(file, sources.value, disk) : file)),
    statistics: { bytes, contents: sources.value.size, ...cache.takeStatistics() },
  })
}

/** Collects contents into batches and has them parsed. */
interface Parsing {
  take(content: Unknown): Promise<Outcome<void>>
  /** What all contents say, by key. */
  end(): Promise<Outcome<ReadonlyMap<string, ParsedSource>>>
}

function createParsing({ cache, loadParser, goOn }: ParsePorts, pool: LanePool): Parsing {
  const sources = new Map<string, ParsedSource>()
  const taken = new Set<string>()
  let batch: Unknown[] = []
  let batchBytes = 0
  let here = 0

  function learn({ key }: Unknown, parsed: ParsedSource): void {
    cache.learn(key, parsed)
    sources.set(key, parsed)
  }

  async function parseBatch(): Promise<Outcome<void>> {
    const contents = batch
    batch = []
    batchBytes = 0
    await cache.fetch(contents.map(({ key }) => key))
    const apart: Unknown[] = []
    for (const content of contents) {
      const known = cache.find(content.key)
      if (known !== undefined) sources.set(content.key, known)
      else if (here < FILES_HERE && isShallow(content.bytes)) {
        const parse = await loadParser()
        if (!parse.ok) return parse
        here++
        learn(content, parse.value(content.bytes, content.path))
      } else apart.push(content)
    }
    if (apart.length === 0) return ok(undefined)
    return pool.give(
      apart.map(({ path, bytes }) => ({ path, bytes })),
      (parsed) => parsed.forEach((source, at) => apart[at] && learn(apart[at], source)),
    )
  }

  return {
    async take(content) {
      if (taken.has(content.key)) return ok(undefined)
      taken.add(content.key)
      const known = cache.find(content.key)
      if (known !== undefined) {
        sources.set(content.key, known)
        return ok(undefined)
      }
      batch.push(content)
      batchBytes += content.bytes.byteLength
      const isFull = batch.length >= BATCH_FILES || batchBytes >= BATCH_BYTES
      return isFull ? parseBatch() : ok(undefined)
    },
    async end() {
      const last = await parseBatch()
      if (!last.ok) return last
      if (!(await pool.drain()) || !goOn()) return outOfTime()
      await cache.save(withoutProblems(sources))
      return ok(sources)
    },
  }
}

function withoutProblems(sources: ReadonlyMap<string, ParsedSource>): Map<string, KnownSource> {
  const known = new Map<string, KnownSource>()
  for (const [key, source] of sources) if (!('problem' in source)) known.set(key, source)
  return known
}

/** What cannot be parsed may have been read while somebody wrote it: then that is what is said. */
function parsedFile(
  { path, absolute, sha256, key }: ReadFile,
  sources: ReadonlyMap<string, ParsedSource>,
  disk: ParsePorts['disk'],
): ParsedFile {
  const parsed = sources.get(key) ?? { problem: CHANGED }
  if (!('problem' in parsed) || parsed.problem.code !== 'syntax') return { path, sha256, parsed }
  const again = disk.file(absolute, MAX_SOURCE_BYTES)
  const isSame = again.ok && hash('sha256', again.bytes) === sha256
  return { path, sha256, parsed: isSame ? parsed : { problem: CHANGED } }
}

const CHANGED: SourceProblem = { code: 'changed-meanwhile', message: 'It was changed while it was read.' }

function unread(reason: Extract<FileBytes, { ok: false }>['reason']): SourceProblem {
  if (reason === 'too-large') return TOO_LARGE
  // It was there when the folder was listed.
  if (reason === 'absent') return CHANGED
  return { code: 'unreadable', message: `It is ${UNREAD[reason]}.` }
}

function outOfTime(): ReturnType<typeof fail> {
  return fail('deadline', 'The time was over before all source files were parsed.')
}

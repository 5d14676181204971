/** The bytes of a stored run: a line for every version of depgate, a sealed head that is quick to read, the run behind it. */
import { createHash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { cacheKey } from '#cache/key'
import { seal, unseal } from '#cache/seal'
import type { TrendPoint } from '#model/audit'
import { trendPointShape } from '#model/audit-shape'
import type { RunReport } from '#model/run-report'
import { count, list, optional, orNull, shape, text } from '#model/shape'
import { machineKind } from './machine.ts'
import { movedNames } from './moves.ts'
import { parseRun, printRun } from './stored-run.ts'
import type { StoredRun } from './stored-run.ts'
import { trendPoint } from './trend.ts'

/** Raised whenever an older depgate could misread what a newer one has stored. */
export const HISTORY_SCHEMA_VERSION = 1

/** Bytes from the front of a file in which its head is looked for. */
export const HEAD_BYTES = 8192
/** Larger files are none of ours: the run of the largest tree takes a hundredth. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024
/** What the largest run takes when it is inflated. */
const MAX_INFLATED_BYTES = 512 * 1024 * 1024
/** Of 0 to 11: a level more saves a hundredth and takes half as long again. */
const EFFORT = 6
const FIRST_LINE = /^depgate history (\d{1,6}) (\d[\w.+-]{0,60})\n/
const LENGTH_BYTES = 4

/** What is known of a stored run without reading all of it. */
export interface RunHead {
  point: TrendPoint
  /** Name of the project's root package. */
  project: string
  policySha256: string | null
  toolVersion: string
  /** See {@link movedNames}; older versions stored none. */
  moved?: string[]
  /** The kind of machine that it ran on, and how many requests it sent; older versions stored neither. */
  machine?: string
  requests?: number
  /** Of the run behind the head: sha256 (hex) and length of its bytes. */
  body: { sha256: string; bytes: number }
}

/** Why an entry cannot be used. */
export type EntryProblem =
  | { kind: 'damaged' }
  /** Not sealed with this key under this name, or changed since. */
  | { kind: 'foreign' }
  /** Stored by a version of depgate that writes what this one cannot read. */
  | { kind: 'newer'; version: string }

const headShape = shape<RunHead>({
  point: trendPointShape,
  project: text,
  policySha256: orNull(text),
  toolVersion: text,
  moved: optional(list(text)),
  machine: optional(text),
  requests: optional(count),
  body: shape<RunHead['body']>({ sha256: text, bytes: count }),
})

/** The bytes of a run under a name; `now` is epoch milliseconds. */
export function encodeEntry(report: RunReport, name: string, secret: Uint8Array, now: number): Uint8Array {
  const body = brotliCompressSync(printRun(report), {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: EFFORT,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  })
  const moved = movedNames(report)
  const head: RunHead = {
    point: trendPoint(report),
    project: projectOf(report),
    policySha256: report.inputs.policySha256,
    toolVersion: report.tool.version,
    ...(moved && { moved }),
    machine: machineKind(),
    requests: report.run.network.requests,
    body: { sha256: digest(body), bytes: body.length },
  }
  const sealed = seal(secret, headKey(name), { body: Buffer.from(JSON.stringify(head)), storedAt: now })
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(sealed.length)
  const line = `depgate history ${HISTORY_SCHEMA_VERSION} ${report.tool.version}\n`
  return Buffer.concat([Buffer.from(line, 'latin1'), length, sealed, body])
}

/**
 * The head in the first bytes of an entry, and where the run behind it begins; `size` is that of the whole file. The
 * seal has no time to live: a clock that ran ahead must not make a run unreadable.
 */
export function decodeHead(
  front: Uint8Array,
  { name, size, secret }: { name: string; size: number; secret: Uint8Array },
): { head: RunHead; bodyAt: number } | EntryProblem {
  const bytes = Buffer.from(front.buffer, front.byteOffset, front.byteLength)
  const [line, schema, version] = FIRST_LINE.exec(bytes.toString('latin1', 0, 100)) ?? []
  if (line === undefined || version === undefined) return { kind: 'damaged' }
  if (Number(schema) > HISTORY_SCHEMA_VERSION) return { kind: 'newer', version }
  const start = line.length + LENGTH_BYTES
  if (bytes.length < start) return { kind: 'damaged' }
  const bodyAt = start + bytes.readUInt32BE(line.length)
  if (bytes.length < bodyAt) return { kind: 'damaged' }
  const record = unseal(secret, headKey(name), bytes.subarray(start, bodyAt), Number.POSITIVE_INFINITY)
  if (record === 'rejected') return { kind: 'foreign' }
  const head: unknown = JSON.parse(Buffer.from(record.body).toString('utf8'))
  if (!isHead(head)) return { kind: 'newer', version }
  return size === bodyAt + head.body.bytes ? { head, bodyAt } : { kind: 'damaged' }
}

/** The run in the bytes behind a head. */
export function decodeBody(body: Uint8Array, head: RunHead): StoredRun | EntryProblem {
  if (digest(body) !== head.body.sha256) return { kind: 'damaged' }
  const text = brotliDecompressSync(body, { maxOutputLength: MAX_INFLATED_BYTES }).toString('utf8')
  // It is what we have sealed: what is no report to this version was one to another.
  return parseRun(text) ?? { kind: 'newer', version: head.toolVersion }
}

/** Name of the root package, without its version. */
export function projectOf({ inputs }: Pick<RunReport, 'inputs'>): string {
  return inputs.project.replace(/(?<=.)@[^@/]*$/, '')
}

function headKey(name: string): string {
  return cacheKey('history', HISTORY_SCHEMA_VERSION, name)
}

function isHead(value: unknown): value is RunHead {
  return headShape(value, '') === undefined
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

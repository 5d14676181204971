/** Writes a snapshot into bytes and reads it back, part by part: hardly anybody needs them all. */
import { summarise } from '#model/package-summary'
import type { PackageSummary } from '#model/package-summary'
import type { PackageReport } from '#model/run-report'
import type { Memory, Snapshot } from './snapshot.ts'

/** The bytes of a snapshot: head, packages that findings name, all other packages, memory, each behind its length. */
export function encodeSnapshot(
  snapshot: Omit<Snapshot, 'verdicts' | 'known' | 'named'>,
  packages: readonly PackageReport[],
  memory: Memory | undefined,
): Uint8Array {
  const { verdicts, known, named } = summarise(packages, snapshot.report.findings)
  const isNamed = new Set(named)
  const places = packages.flatMap((entry, place) => (isNamed.has(entry) ? [place] : []))
  const head: Snapshot = { ...snapshot, verdicts, known, named: places }
  const others = packages.filter((entry) => !isNamed.has(entry))
  return joined([head, keptPackages(named), keptPackages(others), memory ?? null].map(plainPart))
}

/** A snapshot's bytes with other inputs; every part is pressed with `press` that is not yet, the head with the others. */
export function withInputs(
  body: Uint8Array,
  { snapshot }: Pick<DecodedSnapshot, 'snapshot'>,
  inputs: Snapshot['inputs'],
  press?: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const parts = [plainPart({ ...snapshot, inputs }), ...partsIn(body).slice(1)]
  if (press === undefined) return joined(parts)
  return joined(
    parts.map(({ bytes, isPressed }) => ({ bytes: isPressed ? bytes : press(bytes), isPressed: true })),
  )
}

/** Whether some part of a snapshot is pressed. */
export function isPressed(body: Uint8Array): boolean {
  return partsIn(body).some((part) => part.isPressed)
}

/** One part: JSON, as it is or pressed. */
interface Part {
  bytes: Uint8Array
  isPressed: boolean
}

function plainPart(value: unknown): Part {
  return { bytes: Buffer.from(JSON.stringify(value)), isPressed: false }
}

function joined(parts: readonly Part[]): Buffer {
  return Buffer.concat(
    parts.flatMap(({ bytes, isPressed: pressed }) => {
      const head = Buffer.alloc(HEAD_BYTES)
      head.writeUInt8(pressed ? PRESSED : PLAIN)
      head.writeUInt32BE(bytes.byteLength, 1)
      return [head, bytes]
    }),
  )
}

/** The packages as a later run reports them: what a registry said comes from the snapshot then. */
function keptPackages(packages: readonly PackageReport[]): PackageReport[] {
  return packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map((claim) =>
      claim.witness === 'registry' ? { ...claim, from: 'snapshot' as const } : claim,
    ),
  }))
}

/** A snapshot; its other parts are parsed when they are asked for. */
export interface DecodedSnapshot {
  snapshot: Snapshot
  summary: PackageSummary
  packages: () => PackageReport[]
  memory: () => Memory | undefined
}

/** Undoes what pressed a part. */
export type Unpress = (bytes: Uint8Array) => Uint8Array

/** The snapshot in bytes whose seal held; undefined for what an older depgate has made. */
export function decodeSnapshot(body: Uint8Array, unpress: Unpress = notPressed): DecodedSnapshot | undefined {
  const [head, first, others, memory, ...rest] = partsIn(body)
  if (head === undefined || first === undefined || others === undefined || memory === undefined)
    return undefined
  const read = (part: Part): unknown => {
    const bytes = part.isPressed ? unpress(part.bytes) : part.bytes
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'))
  }
  const snapshot = read(head)
  if (rest.length > 0 || !isSnapshot(snapshot)) return undefined
  const named = packagesIn(read(first))
  let packages: PackageReport[] | undefined
  return {
    snapshot,
    summary: { verdicts: snapshot.verdicts, known: snapshot.known, named },
    packages: () => (packages ??= together(named, snapshot.named, packagesIn(read(others)))),
    memory: () => memoryIn(read(memory)),
  }
}

/** Before each part: whether it is pressed, and its length. */
const HEAD_BYTES = 5
const PLAIN = 0
const PRESSED = 1

function partsIn(body: Uint8Array): Part[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const parts: Part[] = []
  for (let at = 0; at + HEAD_BYTES <= bytes.length;) {
    const start = at + HEAD_BYTES
    const end = start + bytes.readUInt32BE(at + 1)
    parts.push({ bytes: bytes.subarray(start, end), isPressed: bytes.readUInt8(at) === PRESSED })
    at = end
  }
  return parts
}

function notPressed(): never {
  throw new TypeError('a pressed snapshot, and nothing to read it with')
}

/** All packages in their order: those that are named at their places, the others between them. */
function together(
  named: readonly PackageReport[],
  places: readonly number[],
  others: readonly PackageReport[],
): PackageReport[] {
  const all: PackageReport[] = []
  const unnamed = others.values()
  for (const [index, entry] of named.entries()) {
    while (all.length < (places[index] ?? 0)) {
      const next = unnamed.next()
      if (next.done === true) break
      all.push(next.value)
    }
    all.push(entry)
  }
  return all.concat([...unnamed])
}

/** The seal says that we wrote it and its key that this version did: nothing more has to be looked at. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'report' in value
}

function packagesIn(value: unknown): PackageReport[] {
  if (!isPackages(value)) throw new TypeError('a snapshot without packages')
  return value
}

function isPackages(value: unknown): value is PackageReport[] {
  return Array.isArray(value)
}

function memoryIn(value: unknown): Memory | undefined {
  return isMemory(value) ? value : undefined
}

function isMemory(value: unknown): value is Memory {
  return typeof value === 'object' && value !== null && 'confirmation' in value && 'judgements' in value
}

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
  return Buffer.concat(
    [head, keptPackages(named), keptPackages(others), memory ?? null].flatMap((value) => {
      const part = Buffer.from(JSON.stringify(value))
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(part.length)
      return [length, part]
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

/** The snapshot in bytes whose seal held; undefined for what an older depgate has made. */
export function decodeSnapshot(body: Uint8Array): DecodedSnapshot | undefined {
  const [head, first, others, memory, ...rest] = partsIn(body)
  if (head === undefined || first === undefined || others === undefined || memory === undefined)
    return undefined
  const snapshot: unknown = JSON.parse(head.toString('utf8'))
  if (rest.length > 0 || !isSnapshot(snapshot)) return undefined
  const named = packagesIn(first)
  let packages: PackageReport[] | undefined
  return {
    snapshot,
    summary: { verdicts: snapshot.verdicts, known: snapshot.known, named },
    packages: () => (packages ??= together(named, snapshot.named, packagesIn(others))),
    memory: () => memoryIn(memory),
  }
}

const LENGTH_BYTES = 4

function partsIn(body: Uint8Array): Buffer[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const parts: Buffer[] = []
  for (let at = 0; at + LENGTH_BYTES <= bytes.length;) {
    const start = at + LENGTH_BYTES
    at = start + bytes.readUInt32BE(at)
    parts.push(bytes.subarray(start, at))
  }
  return parts
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

function packagesIn(part: Buffer): PackageReport[] {
  const value: unknown = JSON.parse(part.toString('utf8'))
  if (!isPackages(value)) throw new TypeError('a snapshot without packages')
  return value
}

function isPackages(value: unknown): value is PackageReport[] {
  return Array.isArray(value)
}

function memoryIn(part: Buffer): Memory | undefined {
  const value: unknown = JSON.parse(part.toString('utf8'))
  return isMemory(value) ? value : undefined
}

function isMemory(value: unknown): value is Memory {
  return typeof value === 'object' && value !== null && 'confirmation' in value && 'judgements' in value
}

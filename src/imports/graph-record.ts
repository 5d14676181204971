/** What a whole scan came to, and what it rests on, as one piece of bytes: names once, and numbers for all else. */
import type { Looks } from '#disk/disk'
import type { ImportTarget, OwnPackage, ResolvedImport, SourceFile } from '#model/imports'
import { FORMS } from './import-records.ts'

/** Raised when the same files lead to another graph, or it is spelt differently. */
export const GRAPH_SCHEMA = 3

/** A file whose imports are known, by the bytes that it had. */
export type KnownFile = SourceFile & { sha256: string }

/** What is known of a project. */
export interface KnownGraph {
  /** All that the scan looked at besides the source files: where an import leads depends on nothing else. */
  around: Looks
  files: readonly KnownFile[]
  packages: readonly OwnPackage[]
  /** Of files that were looked at twice, the places of the imports that are erased; by path. */
  erased: ReadonlyMap<string, ReadonlySet<string>>
}

/** Of one file: path, workspace, sha256, and five numbers for each import. */
type Row = readonly [path: string, workspace: string, sha256: string, sites: readonly number[]]

/** The bytes of a graph. */
export function encodeGraph({ around, files, packages, erased }: KnownGraph): Uint8Array {
  const specifiers = openNumbers()
  const targets = openNumbers()
  const rows = files.map(({ path, workspace, sha256, imports }): Row => [
    path,
    workspace,
    sha256,
    imports.flatMap(({ specifier, form, typeOnly, erased: isErased, line, column, target }) => [
      specifier === null ? 0 : specifiers.of(specifier) + 1,
      FORMS.indexOf(form) * 4 + Number(typeOnly) * 2 + Number(isErased === true),
      line,
      column,
      targets.of(JSON.stringify(target)),
    ]),
  ])
  const record = {
    around,
    packages,
    erased: Array.from(erased, ([path, places]) => [path, [...places]]),
    specifiers: specifiers.all(),
    targets: targets.all().map((text): unknown => JSON.parse(text)),
    rows,
  }
  return Buffer.from(JSON.stringify(record))
}

/** The graph in bytes that {@link encodeGraph} made: whoever reads them knows them to be ours. Undefined for others. */
export function decodeGraph(bytes: Uint8Array): KnownGraph | undefined {
  try {
    const spelt: unknown = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
    )
    if (!isSpelt(spelt)) return undefined
    const { around, packages, specifiers, targets, rows } = spelt
    const files = rows.map(([path, workspace, sha256, sites]) => ({
      path,
      workspace,
      sha256,
      imports: importsOf(sites, specifiers, targets),
    }))
    return {
      around,
      packages,
      files,
      erased: new Map(spelt.erased.map(([path, places]) => [path, new Set(places)])),
    }
  } catch {
    return undefined
  }
}

interface Spelt extends Omit<KnownGraph, 'files' | 'erased'> {
  erased: readonly (readonly [path: string, places: readonly string[]])[]
  specifiers: readonly string[]
  targets: readonly ImportTarget[]
  rows: readonly Row[]
}

/** The seal has told that it was written here; this tells it from what another version wrote. */
function isSpelt(value: unknown): value is Spelt {
  if (typeof value !== 'object' || value === null) return false
  return ['around', 'packages', 'erased', 'specifiers', 'targets', 'rows'].every((key) =>
    Object.hasOwn(value, key),
  )
}

const SITE = 5

function importsOf(
  sites: readonly number[],
  specifiers: readonly string[],
  targets: readonly ImportTarget[],
): ResolvedImport[] {
  const imports: ResolvedImport[] = []
  for (let at = 0; at < sites.length; at += SITE) {
    const number = sites[at] ?? 0
    const kind = sites[at + 1] ?? 0
    const specifier = number === 0 ? null : specifiers[number - 1]
    const form = FORMS[kind >> 2]
    const target = targets[sites[at + 4] ?? -1]
    if (specifier === undefined || form === undefined || target === undefined)
      throw new Error('a number that means nothing')
    imports.push({
      specifier,
      form,
      typeOnly: (kind & 2) !== 0,
      ...(kind & 1 && { erased: true as const }),
      line: sites[at + 2] ?? 0,
      column: sites[at + 3] ?? 0,
      target,
    })
  }
  return imports
}

interface Numbers {
  of(text: string): number
  all(): string[]
}

/** Numbers texts from zero on, each once. */
function openNumbers(): Numbers {
  const numbers = new Map<string, number>()
  return {
    of(text) {
      const known = numbers.get(text) ?? numbers.size
      numbers.set(text, known)
      return known
    },
    all: () => [...numbers.keys()],
  }
}

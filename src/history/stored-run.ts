/** What is kept of a run: its report, but for what is larger than it is worth. */
import { createHash } from 'node:crypto'
import { purl } from '#model/package-id'
import { isRunReport } from '#model/report-shape'
import type { PackageReport, RunReport } from '#model/run-report'

/** A stored run, read again. */
export interface StoredRun {
  /** Without the integrities of packages, and without the runs before it. */
  report: RunReport
  /** What the integrities were, as {@link integrityMarks} has them: one list for each package. */
  marks: string[][]
}

/**
 * Short digests of a package's integrities, to tell whether they have changed: the integrities themselves cannot be
 * compressed, stand in the lockfile, and would take more room than all the rest of a run.
 */
export function integrityMarks({ integrity }: Pick<PackageReport, 'integrity'>): string[] {
  return integrity.map((hash) => createHash('sha256').update(hash).digest('base64url').slice(0, 16))
}

/**
 * The run as JSON text. Ids, of which most are said many times, stand in a list of their own, and what can be made of an
 * id is left out.
 */
export function printRun(report: RunReport): string {
  const places = new Map<string, number>()
  const placeOf = (id: string): number => {
    const place = places.get(id) ?? places.size
    places.set(id, place)
    return place
  }
  const packages = report.packages.map(({ purl: said, paths, dependencies, ...entry }) => ({
    ...entry,
    ...(said !== purl(entry.name, entry.version) && { purl: said }),
    paths: paths.map((path) => path.map(placeOf)),
    dependencies: dependencies.map(placeOf),
    integrity: [],
  }))
  const { audit } = report
  return JSON.stringify({
    report: { ...report, packages: [], ...(audit && { audit: { ...audit, trend: [] } }) },
    packages,
    ids: [...places.keys()],
    marks: report.packages.map(integrityMarks),
  })
}

/** The run in such a text; undefined for anything else, however it came to be there. */
export function parseRun(text: string): StoredRun | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const { report: head, packages, ids, marks } = value
  if (!isObject(head) || !Array.isArray(packages) || !isTexts(ids) || !isMarks(marks)) return undefined
  const report: unknown = { ...head, packages: packages.map((entry: unknown) => withIds(entry, ids)) }
  return isRunReport(report) && marks.length === packages.length ? { report, marks } : undefined
}

/** What does not fit is left as it is, for the check of the whole report to find. */
function withIds(entry: unknown, ids: readonly string[]): unknown {
  if (!isObject(entry)) return entry
  const { name, version, paths, dependencies } = entry
  const idsAt = (places: unknown): unknown =>
    Array.isArray(places) ? places.map((place: unknown) => ids[Number(place)]) : places
  return {
    purl: typeof name === 'string' && typeof version === 'string' ? purl(name, version) : undefined,
    ...entry,
    paths: Array.isArray(paths) ? paths.map(idsAt) : paths,
    dependencies: idsAt(dependencies),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

function isMarks(value: unknown): value is string[][] {
  return Array.isArray(value) && value.every(isTexts)
}

/** Finds the clarification that counts for a package: the file it names must still be the one that was read. */
import { matchesSpec } from '#model/package-spec'
import type { Clarification } from '#model/policy'
import type { LicenseReader, ReadLicense } from './hearing.ts'
import type { PackageFacts } from './package-facts.ts'

/** What the clarifications of a policy mean for one package. */
export interface Clarifying {
  /** The reading that counts, if one does. */
  reading: ReadLicense | undefined
  /** Without a reading: the clarifications that mean the package but not its files. */
  stale: { clarification: Clarification; because: string }[]
  /** Indexes of all that mean the package. */
  matching: number[]
}

/**
 * Looks for a reading whose file has the pinned sha256 in every installed copy. Several may mean one package (a hash
 * for each version); that only counts as stale if none of them fits.
 */
export function clarify(
  clarifications: readonly Clarification[],
  facts: PackageFacts,
  read: LicenseReader,
): Clarifying {
  const matching = clarifications
    .map((clarification, index) => ({ clarification, index }))
    .filter(({ clarification }) => matchesSpec(clarification.package, facts.name, facts.version))
  const checked = matching.map(({ clarification }) => {
    const reading = read(clarification.license)
    const because = objection(clarification, facts) ?? (reading ? undefined : 'its license is no expression')
    return { clarification, reading, because }
  })
  const fitting = checked.filter((entry) => entry.because === undefined)
  const readings = new Map(fitting.map(({ reading }) => [reading?.key, reading]))
  const [reading] = readings.values()
  const unanimous = readings.size === 1 ? reading : undefined
  return {
    reading: unanimous,
    stale: unanimous
      ? []
      : checked.map(({ clarification, because }) => ({
          clarification,
          because: because ?? 'another clarification of the same package reads it differently',
        })),
    matching: matching.map(({ index }) => index),
  }
}

function objection({ files }: Clarification, facts: PackageFacts): string | undefined {
  if (files.length === 0) return 'it names no file'
  return files.map((pinned) => fileObjection(pinned, facts)).find((because) => because !== undefined)
}

function fileObjection(
  { file, sha256 }: Clarification['files'][number],
  facts: PackageFacts,
): string | undefined {
  const copies = facts.clarifiedFiles.filter((entry) => entry.file === file)
  if (copies.length === 0) return `${file} was not read`
  const unreadable = copies.find((copy) => copy.failure !== undefined || copy.sha256 === undefined)
  if (unreadable !== undefined) return unreadable.failure?.message ?? `${file} could not be read`
  const other = copies.find((copy) => copy.sha256 !== sha256)
  return other === undefined ? undefined : `the sha256 of ${file} is now ${other.sha256}`
}

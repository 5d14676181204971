/** Finds the packages that a command was asked about. */
import type { PackageReport } from '#model/run-report'
import { display } from '#reporters/display'

/** All versions of a name, or the one with this id. */
export function findPackages(wanted: string, packages: readonly PackageReport[]): PackageReport[] {
  return packages.filter((entry) => entry.id === wanted || entry.name === wanted)
}

/** Says that there is none, with names that are near. */
export function notFound(wanted: string, packages: readonly PackageReport[]): string {
  const near = packages.filter(({ name }) => name.includes(wanted.replace(/(?!^)@.*$/, ''))).slice(0, 5)
  const hint = near.length === 0 ? 'see depgate list' : `did you mean ${near.map(({ id }) => id).join(', ')}?`
  return display(`${wanted} is not in this tree; ${hint}`)
}

/** Who declares what the files of another package.json import. */
import type { OwnPackage } from '#model/imports'
import { isRuntime } from './shipped-files.ts'
import { declarationsOf } from './import-case.ts'
import type { ImportCase, PackageImport } from './import-case.ts'

/**
 * The own package whose package.json declares a name for the files of `own`, which does not: the root, from which
 * everybody below takes it, or another one that does not import it itself. Undefined where that explains nothing.
 */
export function declarerOf(
  { packages, used }: ImportCase,
  own: OwnPackage,
  name: string,
): OwnPackage | undefined {
  const root = packages.get('.')
  if (own.location !== '.' && root !== undefined && declarationsOf(root, name).length > 0) return root
  for (const other of packages.values()) {
    if (other === own || declarationsOf(other, name).length === 0) continue
    const isUsedThere = used.get(other.location)?.has(name) === true
    if (!isUsedThere && !other.usedByTools.some((use) => use.name === name)) return other
  }
  return undefined
}

/**
 * Whether another rule than that about undeclared imports has the last word: tests and configuration of a workspace may
 * use what the root declares for all of them, and the root may import its own workspaces.
 */
export function isDeclaredElsewhere(about: ImportCase, own: OwnPackage, name: string): boolean {
  if (own.location === '.' && [...about.packages.values()].some((other) => other.name === name)) return true
  return declarerOf(about, own, name) !== undefined
}

/** The imports for which it matters that the nearest package.json does not declare them, although the root does. */
export function importsThatShip({ ships }: ImportCase, imports: readonly PackageImport[]): PackageImport[] {
  return imports.filter(({ file, site }) => isRuntime(site) && ships.maybe.has(file.path))
}

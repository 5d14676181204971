/** Who declares what the files of another package.json import. */
import type { OwnPackage } from '#model/imports'
import { isRuntime } from './shipped-files.ts'
import { declarationsOf, declares } from './import-case.ts'
import type { ImportCase, PackageImport } from './import-case.ts'

/**
 * The own package whose package.json declares a name for the files of `own`, which does not: the root, from which
 * everybody below takes it, or another one that does not import it itself. Undefined where that explains nothing. What
 * `imports` of it need is declared there, not its types alone where they do not suffice.
 */
export function declarerOf(
  { packages, used }: ImportCase,
  own: OwnPackage,
  name: string,
  imports: readonly PackageImport[] = [],
): OwnPackage | undefined {
  const isDeclaring = (other: OwnPackage): boolean =>
    declarationsOf(other, name).length > 0 && imports.every((each) => declares(other, each))
  const root = packages.get('.')
  if (own.location !== '.' && root !== undefined && isDeclaring(root)) return root
  for (const other of packages.values()) {
    if (!isDeclaring(other)) continue
    const isUsedThere = used.get(other.location)?.has(name) === true
    if (!isUsedThere && !isUsedByTool(other, name)) return other
  }
  return undefined
}

/**
 * Whether another rule than that about undeclared imports has the last word: tests and configuration of a workspace may
 * use what the root declares for all of them, and the root may import its own workspaces and what they declare. What only
 * a neighbour declares is declared for nobody else.
 */
export function isDeclaredElsewhere(
  about: ImportCase,
  own: OwnPackage,
  name: string,
  imports: readonly PackageImport[],
): boolean {
  if (own.location === '.' && [...about.packages.values()].some((other) => other.name === name)) return true
  const declarer = declarerOf(about, own, name, imports)
  return declarer !== undefined && isAnswering(declarer, own)
}

/** Whether what one package.json declares may be used by the files of another: between workspaces it may not. */
export function isAnswering(declarer: OwnPackage, own: OwnPackage): boolean {
  return declarer.location === '.' || own.location === '.'
}

/** Whether a script or a tool of an own package uses a name. */
export function isUsedByTool({ usedByTools }: OwnPackage, name: string): boolean {
  return usedByTools.some((use) => use.name === name)
}

/** The own packages that use what `own` declares: itself, and those for which it is {@link declarerOf}. */
export function usersOf(about: ImportCase, own: OwnPackage, name: string): OwnPackage[] {
  return [...about.packages.values()].filter((each) => {
    if (about.used.get(each.location)?.has(name) !== true && !isUsedByTool(each, name)) return false
    return each === own || (declarationsOf(each, name).length === 0 && declarerOf(about, each, name) === own)
  })
}

/** The imports for which it matters that the nearest package.json does not declare them, although the root does. */
export function importsThatShip({ ships }: ImportCase, imports: readonly PackageImport[]): PackageImport[] {
  return imports.filter(({ file, site }) => isRuntime(site) && ships.maybe.has(file.path))
}

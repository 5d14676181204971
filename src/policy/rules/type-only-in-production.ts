/** Rule: a production dependency of which an application imports only types. */
import type { Finding } from '#model/finding'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, placeText } from '../imports/import-words.ts'
import { movableDependencies, moveToDev } from '../imports/movable-dependencies.ts'
import { isRuntime } from '../imports/shipped-files.ts'
import { raise } from '../make-finding.ts'

/**
 * One finding for each such entry of `dependencies`. A package with entries is left alone: its declarations may hand
 * those types on, and then whoever uses it needs them.
 */
export function typeOnlyInProduction(about: ImportCase): Finding[] {
  const { rules, ships } = about
  return movableDependencies(about).flatMap((dependency) => {
    const { own, imports } = dependency
    const shipped = imports.filter(({ file }) => ships.maybe.has(file.path))
    const [first] = shipped
    if (first === undefined || own.entries.length > 0 || imports.some(({ site }) => isRuntime(site)))
      return []
    const details = [`types imported by ${placeText(first)}`, ...morePlaces(shipped, 'also by')]
    const matter = moveToDev(dependency, 'only its types are imported', details)
    return raise('type-only-in-production', rules.typeOnlyInProduction, matter)
  })
}

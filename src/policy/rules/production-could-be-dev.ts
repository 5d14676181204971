/** Rule: a production dependency that only files which do not ship import. */
import type { Finding } from '#model/finding'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, placeText } from '../imports/import-words.ts'
import { movableDependencies, moveToDev } from '../imports/movable-dependencies.ts'
import { raise } from '../make-finding.ts'

/** One finding for each such entry of `dependencies`. */
export function couldBeDev(about: ImportCase): Finding[] {
  const { rules, ships } = about
  return movableDependencies(about).flatMap((dependency) => {
    const { imports } = dependency
    const [first] = imports
    if (first === undefined || imports.some(({ file }) => ships.maybe.has(file.path))) return []
    const details = [`imported by ${placeText(first)}`, ...morePlaces(imports)]
    const matter = moveToDev(dependency, 'nothing that ships imports it', details)
    return raise('production-could-be-dev', rules.couldBeDev, matter)
  })
}

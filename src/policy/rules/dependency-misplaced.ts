/** Rule: a dependency that another package.json declares than that of the files which import it. */
import type { Finding } from '#model/finding'
import { declarerOf, importsThatShip } from '../imports/declared-elsewhere.ts'
import { declarationsOf } from '../imports/import-case.ts'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, packageText, placeOfImport } from '../imports/import-words.ts'
import { raise } from '../make-finding.ts'

/** One finding for each package.json and each name that stands in another one instead. */
export function misplacedDependencies(about: ImportCase): Finding[] {
  const { rules, packages, used } = about
  return [...used].flatMap(([location, names]) => {
    const own = packages.get(location)
    if (own === undefined) return []
    return [...names].flatMap(([name, all]) => {
      if (declarationsOf(own, name).length > 0) return []
      const declarer = declarerOf(about, own, name)
      if (declarer === undefined) return []
      const imports = declarer.location === '.' ? importsThatShip(about, all) : all
      const [first] = imports
      const [declared] = declarationsOf(declarer, name)
      if (first === undefined || declared === undefined) return []
      const others = (used.get(declarer.location)?.get(name) ?? []).length > 0
      return raise('dependency-misplaced', rules.misplaced, {
        package: name,
        subject: `${declarer.manifest} > ${own.manifest}`,
        knownBy: `${declarer.manifest} > ${own.manifest}`,
        message: `${packageText(own)} imports ${name}, which ${declarer.manifest} declares and ${own.manifest} does not`,
        fix: `${others ? 'Add' : 'Move'} "${name}": "${declared.spec}" ${others ? '' : `from ${declarer.manifest} `}to the ${declared.as} of ${own.manifest}.`,
        location: placeOfImport(first),
        details: [`declared in ${declarer.manifest}:${declared.line}`, ...morePlaces(imports)],
      })
    })
  })
}

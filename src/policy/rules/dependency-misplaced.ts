/** Rule: a dependency that another package.json declares than that of the files which import it. */
import type { Finding } from '#model/finding'
import { declarerOf, importsThatShip, isAnswering } from '../imports/declared-elsewhere.ts'
import { declarationsOf, declares } from '../imports/import-case.ts'
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
      const missing = all.filter((each) => !declares(own, each))
      const declarer = declarerOf(about, own, name, missing)
      // What only a neighbour declares is undeclared.
      if (declarer === undefined || !isAnswering(declarer, own)) return []
      const imports = declarer.location === '.' ? importsThatShip(about, missing) : missing
      const [first] = imports
      const entries = declarationsOf(declarer, name)
      const declared = entries.find((entry) => entry.name === name) ?? entries[0]
      if (first === undefined || declared === undefined) return []
      const isLoaded = declared.as === 'devDependencies' && importsThatShip(about, imports).length > 0
      const as = isLoaded ? 'dependencies' : declared.as
      const others = (used.get(declarer.location)?.get(name) ?? []).length > 0
      return raise('dependency-misplaced', rules.misplaced, {
        package: name,
        subject: `${declarer.manifest} > ${own.manifest}`,
        knownBy: `${declarer.manifest} > ${own.manifest}`,
        message: `${packageText(own)} imports ${name}, which ${declarer.manifest} declares and ${own.manifest} does not`,
        fix: `${others ? 'Add' : 'Move'} "${declared.name}": "${declared.spec}" ${others ? '' : `from ${declarer.manifest} `}to the ${as} of ${own.manifest}.`,
        location: placeOfImport(first),
        details: [`declared in ${declarer.manifest}:${declared.line}`, ...morePlaces(imports)],
      })
    })
  })
}

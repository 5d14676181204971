/** Rule: a package that is imported although the nearest package.json does not declare it. */
import type { Finding } from '#model/finding'
import type { OwnPackage } from '#model/imports'
import { declarationsOf, declares, isLedAside } from '../imports/import-case.ts'
import type { ImportCase, PackageImport } from '../imports/import-case.ts'
import { morePlaces, packageText, placeOfImport, rangeToAsk, workspaceFlag } from '../imports/import-words.ts'
import { declarerOf, isDeclaredElsewhere } from '../imports/declared-elsewhere.ts'
import { raise } from '../make-finding.ts'

/** One finding for each package.json and each name that it lacks. */
export function undeclaredImports(about: ImportCase): Finding[] {
  const { rules, packages, used } = about
  return [...used].flatMap(([location, names]) => {
    const own = packages.get(location)
    if (own === undefined) return []
    return [...names].flatMap(([name, all]) => {
      const imports = all.filter((each) => !declares(own, each) && !isLedAside(each))
      const [first] = imports
      if (first === undefined || isDeclaredElsewhere(about, own, name, imports)) return []
      return raise('import-undeclared', rules.undeclared, {
        package: name,
        subject: own.manifest,
        knownBy: own.manifest,
        message: `${packageText(own)} imports ${name}, which ${own.manifest} does not declare`,
        fix: fixOf(about, own, first, imports),
        location: placeOfImport(first),
        details: [...neighbourDeclaring(about, own, name), ...morePlaces(imports)],
      })
    })
  })
}

/** Whoever moves an entry between workspaces wants to know where it stands. */
function neighbourDeclaring(about: ImportCase, own: OwnPackage, name: string): string[] {
  const declarer = declarerOf(about, own, name)
  const entry = declarer && declarationsOf(declarer, name).find((each) => each.name === name)
  if (entry === undefined || declarer?.location === '.') return []
  return [`declared in ${declarer?.manifest}:${entry.line}, for its own files alone`]
}

function fixOf(
  about: ImportCase,
  own: OwnPackage,
  { file, name, site }: PackageImport,
  imports: readonly PackageImport[],
): string {
  const ships = imports.some((entry) => about.ships.maybe.has(entry.file.path))
  const flags = `${ships ? '' : ' --save-dev'}${workspaceFlag(own)}`
  if (site.target.kind === 'workspace')
    return `Add "${name}": "*" to the ${ships ? 'dependencies' : 'devDependencies'} of ${own.manifest}.`
  return `Run npm install${flags} ${name}${rangeToAsk(about, file, name)}, or remove the import.`
}

/** Rule: a file that ships and imports a development dependency. */
import type { Finding } from '#model/finding'
import type { ResolvedImport } from '#model/imports'
import { isOfHost } from '../imports/host-packages.ts'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, placeOfImport, placeText, workspaceFlag } from '../imports/import-words.ts'
import { isRuntime } from '../imports/shipped-files.ts'
import { raise } from '../make-finding.ts'

/** One finding for each package.json and each development dependency that its shipped files import. */
export function devInProduction(about: ImportCase): Finding[] {
  const { rules, packages, used, ships } = about
  return [...used].flatMap(([location, names]) => {
    const own = packages.get(location)
    if (own === undefined) return []
    return [...names].flatMap(([name, all]) => {
      // Its types do not count: they are no package that anything could load.
      const declared = own.declared.filter((each) => each.name === name)
      const [entry] = declared
      if (entry === undefined || isOfHost(name) || declared.some(({ as }) => as !== 'devDependencies'))
        return []
      const imports = all.filter(
        ({ file, site }) => isRuntime(site) && ships.surely.has(file.path) && !isInStyle(site),
      )
      const [first] = imports
      if (first === undefined) return []
      return raise('dev-in-production', rules.devInProduction, {
        package: name,
        subject: own.manifest,
        knownBy: own.manifest,
        message: `${placeText(first)} ships and imports ${name}, which is only a development dependency of ${own.manifest}`,
        fix: `Run npm install --save-prod${workspaceFlag(own)} ${name}@${entry.spec}, or write import type if only its types are needed.`,
        location: placeOfImport(first),
        details: [`declared in ${own.manifest}:${entry.line}`, ...morePlaces(imports)],
      })
    })
  })
}

/** Styles are made into the product where it is built: nobody loads their packages after that. */
function isInStyle({ target }: ResolvedImport): boolean {
  return target.kind === 'package' && target.inStyle !== undefined
}

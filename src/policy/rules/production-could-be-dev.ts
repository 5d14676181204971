/** Rule: a production dependency that only files which do not ship import. */
import type { Finding } from '#model/finding'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, placeText, workspaceFlag } from '../imports/import-words.ts'
import { raise } from '../make-finding.ts'

/** One finding for each such entry of `dependencies`; one that a tool uses as well is left alone. */
export function couldBeDev(about: ImportCase): Finding[] {
  const { rules, graph, used, ships } = about
  return graph.packages.flatMap((own) =>
    own.declared.flatMap((entry) => {
      if (entry.as !== 'dependencies') return []
      const imports = used.get(own.location)?.get(entry.name) ?? []
      const [first] = imports
      if (first === undefined || imports.some(({ file }) => ships.maybe.has(file.path))) return []
      if (own.usedByTools.some(({ name }) => name === entry.name)) return []
      return raise('production-could-be-dev', rules.couldBeDev, {
        package: entry.name,
        subject: own.manifest,
        knownBy: own.manifest,
        message: `${entry.name} is a production dependency of ${own.manifest}, but nothing that ships imports it`,
        fix: `Run npm install --save-dev${workspaceFlag(own)} ${entry.name}@${entry.spec}.`,
        location: { file: own.manifest, line: entry.line },
        details: [`imported by ${placeText(first)}`, ...morePlaces(imports)],
      })
    }),
  )
}

/** Rule: a production dependency of which an application imports only types. */
import type { Finding } from '#model/finding'
import type { ImportCase } from '../imports/import-case.ts'
import { morePlaces, placeText, workspaceFlag } from '../imports/import-words.ts'
import { isRuntime } from '../imports/shipped-files.ts'
import { raise } from '../make-finding.ts'

/**
 * One finding for each such entry of `dependencies`. A package with entries is left alone: its declarations may hand
 * those types on, and then whoever uses it needs them.
 */
export function typeOnlyInProduction(about: ImportCase): Finding[] {
  const { rules, graph, used, ships } = about
  return graph.packages.flatMap((own) => {
    if (own.entries.length > 0) return []
    return own.declared.flatMap((entry) => {
      if (entry.as !== 'dependencies') return []
      const imports = used.get(own.location)?.get(entry.name) ?? []
      const shipped = imports.filter(({ file }) => ships.maybe.has(file.path))
      const [first] = shipped
      if (first === undefined || imports.some(({ site }) => isRuntime(site))) return []
      if (own.usedByTools.some(({ name }) => name === entry.name)) return []
      return raise('type-only-in-production', rules.typeOnlyInProduction, {
        package: entry.name,
        subject: own.manifest,
        knownBy: own.manifest,
        message: `${entry.name} is a production dependency of ${own.manifest}, but only its types are imported`,
        fix: `Run npm install --save-dev${workspaceFlag(own)} ${entry.name}@${entry.spec}.`,
        location: { file: own.manifest, line: entry.line },
        details: [`types imported by ${placeText(first)}`, ...morePlaces(shipped, 'also by')],
      })
    })
  })
}

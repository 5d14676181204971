/** Rule: an import of a file, or by an alias, that leads nowhere. */
import type { Finding } from '#model/finding'
import type { ResolvedImport } from '#model/imports'
import type { ImportCase } from '../imports/import-case.ts'
import { placeOfImport } from '../imports/import-words.ts'
import { raise } from '../make-finding.ts'

/** One finding for each file and each specifier in it. */
export function unresolvedImports({ graph, rules }: ImportCase): Finding[] {
  return graph.files.flatMap((file) => {
    const bySpecifier = new Map<string, ResolvedImport>()
    for (const site of file.imports) {
      const { target, specifier } = site
      if (target.kind === 'missing' && specifier !== null && !bySpecifier.has(specifier))
        bySpecifier.set(specifier, site)
    }
    return [...bySpecifier].flatMap(([specifier, site]) =>
      raise('import-unresolved', rules.unresolved, {
        subject: `${file.path}\n${specifier}`,
        knownBy: `${file.path} > ${specifier}`,
        message: `${file.path} imports ${JSON.stringify(specifier)}, and there is nothing`,
        fix: 'Correct the path; where a build step writes that file, run it first.',
        location: placeOfImport({ file, site }),
      }),
    )
  })
}

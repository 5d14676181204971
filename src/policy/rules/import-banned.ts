/** Rule: a package or a part of Node that these files must not import. */
import { matchesGlob } from '#model/glob'
import type { Finding } from '#model/finding'
import type { ImportBan } from '#model/import-rules'
import type { ImportAt, ImportCase } from '../imports/import-case.ts'
import { byName, byRealName, meansTarget } from '../imports/import-specs.ts'
import { morePlaces, placeOfImport, placeText, targetText } from '../imports/import-words.ts'
import { deny } from '../make-finding.ts'

/** One finding for each ban and each file that breaks it. */
export function bannedImports(about: ImportCase): Finding[] {
  return about.rules.ban.flatMap((ban) => {
    const isMeant = banned(ban)
    return about.graph.files.flatMap((file) => {
      if (!isMeant(file.path)) return []
      const imports = file.imports
        .map((site) => ({ file, site }))
        .filter((entry) => isBanned(ban, entry, about))
      const [first] = imports
      if (first === undefined) return []
      const instead = ban.use === undefined ? 'Remove the import.' : `Use ${ban.use} instead.`
      const { file: policy, line } = ban.location
      return deny('import-banned', 'violation', {
        ...(first.site.target.kind === 'package' && { package: first.site.target.name }),
        subject: `${ban.import}\n${file.path}`,
        knownBy: `${file.path} > ${ban.import}`,
        message: `${placeText(first)} imports ${targetText(first.site)}, which is banned there: ${ban.reason}`,
        fix: `${instead} The ban is in imports.ban of ${policy}${line === undefined ? '' : `:${line}`}.`,
        location: placeOfImport(first),
        details: morePlaces(imports, 'also in'),
      })
    })
  })
}

/** By the name under which it is declared, and by the one that it really has. */
function isBanned({ import: name }: ImportBan, entry: ImportAt, { graph, packages }: ImportCase): boolean {
  const site = byName(entry, graph)
  if (meansTarget([name], site)) return true
  const owners = [packages.get(entry.file.workspace), packages.get('.')]
  return owners.some((own) => own !== undefined && meansTarget([name], byRealName(site, own)))
}

function banned(ban: ImportBan): (path: string) => boolean {
  const isIn = ban.in.length === 0 ? () => true : matchesGlob(ban.in)
  const isExcepted = matchesGlob(ban.except)
  return (path) => isIn(path) && !isExcepted(path)
}

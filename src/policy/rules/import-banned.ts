/** Rule: a package or a part of Node that these files must not import. */
import { matchesGlob } from '#model/glob'
import type { Finding } from '#model/finding'
import type { ImportBan } from '#model/import-rules'
import type { ResolvedImport } from '#model/imports'
import type { ImportAt, ImportCase } from '../imports/import-case.ts'
import { meansTarget } from '../imports/import-specs.ts'
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
        .filter((entry) => meansTarget([ban.import], byName(entry, about)))
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

/** Another own package can be reached past its name, by the path of one of its files: that is an import of it all the same. */
function byName(
  { file, site }: ImportAt,
  { graph }: ImportCase,
): Pick<ResolvedImport, 'target' | 'specifier'> {
  if (site.target.kind !== 'file') return site
  const { path } = site.target
  // They are sorted: the last one that holds the file is the innermost.
  const owner = graph.packages.findLast(({ location }) => location === '.' || path.startsWith(`${location}/`))
  if (owner === undefined || owner.name === '' || owner.location === file.workspace) return site
  const { name, location } = owner
  const inside = location === '.' ? path : path.slice(location.length + 1)
  return { target: { kind: 'workspace', name, location, path }, specifier: `${name}/${inside}` }
}

function banned(ban: ImportBan): (path: string) => boolean {
  const isIn = ban.in.length === 0 ? () => true : matchesGlob(ban.in)
  const isExcepted = matchesGlob(ban.except)
  return (path) => isIn(path) && !isExcepted(path)
}

/** Rule: a declared dependency that nothing imports and no tool uses. */
import type { Finding } from '#model/finding'
import { targetPath } from '#model/import-target'
import type { OwnPackage } from '#model/imports'
import { usersOf } from '../imports/declared-elsewhere.ts'
import type { ImportCase } from '../imports/import-case.ts'
import { workspaceFlag } from '../imports/import-words.ts'
import { wantedPeers } from '../imports/wanted-peers.ts'
import { raise } from '../make-finding.ts'

/**
 * One finding for each such entry of `dependencies` and `devDependencies`. Peers and optional dependencies need no
 * import to be right, types are loaded without one, and a package that another one asks for as its peer is used by
 * being there. Where a file of the package could not be read nothing is said: it may be what imports it.
 */
export function unusedDependencies(about: ImportCase): Finding[] {
  const { rules, graph } = about
  if (rules.unused === 'off') return []
  const peers = wantedPeers(about.inventory)
  return graph.packages.flatMap((own) => {
    const files = graph.files.filter((file) => own.location === '.' || file.workspace === own.location)
    if (files.length === 0 || files.some(({ problem }) => problem !== undefined)) return []
    const guess = files.find(({ workspace, imports }) =>
      imports.some(({ target }) => workspace === own.location && target.kind === 'unknown'),
    )
    return own.declared.flatMap((entry) => {
      if (entry.as === 'optionalDependencies') return []
      if (isUsed(about, own, entry.name) || peers.has(`${own.location}\n${entry.name}`)) return []
      return raise('dependency-unused', rules.unused, {
        package: entry.name,
        subject: own.manifest,
        knownBy: own.manifest,
        message: `${own.manifest} declares ${entry.name}, but nothing imports it and no script or configuration uses it`,
        fix: `Run npm uninstall${workspaceFlag(own)} ${entry.name}.`,
        location: { file: own.manifest, line: entry.line },
        details:
          guess === undefined
            ? []
            : [`${guess.path} imports what nobody can know: look there before you remove it`],
      })
    })
  })
}

function isUsed(about: ImportCase, own: OwnPackage, name: string): boolean {
  // Peers that the package itself asks for may be declared a second time for its own tests.
  if (
    name.startsWith('@types/') ||
    own.declared.some((each) => each.name === name && each.as === 'peerDependencies')
  )
    return true
  return usersOf(about, own, name).length > 0 || importsFilesOf(about, own, name)
}

/** Whether files of a package import those of another of the project's own by their paths. */
function importsFilesOf({ graph, packages }: ImportCase, own: OwnPackage, name: string): boolean {
  const sibling = [...packages.values()].find((other) => other.name === name && other !== own)
  if (sibling === undefined) return false
  const below = sibling.location === '.' ? '' : `${sibling.location}/`
  return graph.files.some(
    ({ workspace, imports }) =>
      workspace === own.location &&
      imports.some((site) => targetPath(site.target)?.startsWith(below) === true),
  )
}

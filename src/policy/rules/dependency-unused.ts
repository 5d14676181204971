/** Rule: a declared dependency that nothing imports and no tool uses. */
import type { Finding } from '#model/finding'
import { targetPath } from '#model/import-target'
import type { OwnPackage } from '#model/imports'
import { declarationsOf } from '../imports/import-case.ts'
import type { ImportCase } from '../imports/import-case.ts'
import { declarerOf } from '../imports/declared-elsewhere.ts'
import { workspaceFlag } from '../imports/import-words.ts'
import { raise } from '../make-finding.ts'

/**
 * One finding for each such entry of `dependencies` and `devDependencies`. Peers and optional dependencies need no
 * import to be right, types are loaded without one, and a package that another one asks for as its peer is used by
 * being there. Where a file of the package could not be read nothing is said: it may be what imports it.
 */
export function unusedDependencies(about: ImportCase): Finding[] {
  const { rules, graph } = about
  if (rules.unused === 'off') return []
  const peers = wantedAsPeers(about)
  return graph.packages.flatMap((own) => {
    const files = graph.files.filter((file) => own.location === '.' || file.workspace === own.location)
    if (files.length === 0 || files.some(({ problem }) => problem !== undefined)) return []
    const guess = files.find(({ workspace, imports }) =>
      imports.some(({ target }) => workspace === own.location && target.kind === 'unknown'),
    )
    return own.declared.flatMap((entry) => {
      if (entry.as === 'peerDependencies' || entry.as === 'optionalDependencies') return []
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
  const { used, packages } = about
  if (name.startsWith('@types/') || usesByTool(own, name)) return true
  // Peers that the package itself asks for are declared a second time for its own tests.
  if (own.declared.some((entry) => entry.name === name && entry.as === 'peerDependencies')) return true
  if (used.get(own.location)?.has(name) === true) return true
  for (const other of packages.values()) {
    if (other === own || declarationsOf(other, name).length > 0) continue
    const uses = used.get(other.location)?.has(name) === true || usesByTool(other, name)
    if (uses && (own.location === '.' || declarerOf(about, other, name) === own)) return true
  }
  return importsFilesOf(about, own, name)
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

function usesByTool({ usedByTools }: OwnPackage, name: string): boolean {
  return usedByTools.some((use) => use.name === name)
}

/** `location\nname` of what an own package declares and an installed package asks for as its peer. */
function wantedAsPeers({ inventory }: ImportCase): Set<string> {
  const own = new Set(
    inventory.instances.flatMap(({ location, source }) =>
      source === 'root' || source === 'workspace' ? [location] : [],
    ),
  )
  const wanted = new Set(
    inventory.edges.flatMap(({ from, to, kind }) => (kind === 'peer' && !own.has(from) ? [to] : [])),
  )
  return new Set(
    inventory.edges.flatMap(({ from, to, name }) =>
      own.has(from) && wanted.has(to) ? [`${from === '' ? '.' : from}\n${name}`] : [],
    ),
  )
}

/** Production dependencies that may be better off among the development dependencies, and what is said of one that is. */
import type { OwnPackage } from '#model/imports'
import type { Matter } from '../make-finding.ts'
import { isUsedByTool, usersOf } from './declared-elsewhere.ts'
import type { ImportCase, PackageImport } from './import-case.ts'
import { workspaceFlag } from './import-words.ts'
import { wantedPeers } from './wanted-peers.ts'

/** An entry of `dependencies`, and the imports of all files that use it. */
export interface MovableDependency {
  own: OwnPackage
  entry: OwnPackage['declared'][number]
  imports: readonly PackageImport[]
}

/** Every such entry but those that a tool uses, or a package that ships asks for as its peer. */
export function movableDependencies(about: ImportCase): MovableDependency[] {
  const peers = wantedPeers(about.inventory, ({ kinds }) => kinds.some((kind) => kind !== 'dev'))
  return about.graph.packages.flatMap((own) =>
    own.declared.flatMap((entry) => {
      const { name, as } = entry
      if (as !== 'dependencies' || peers.has(`${own.location}\n${name}`)) return []
      const users = usersOf(about, own, name)
      if (users.some((each) => isUsedByTool(each, name))) return []
      const imports = users.flatMap(({ location }) => about.used.get(location)?.get(name) ?? [])
      return [{ own, entry, imports }]
    }),
  )
}

/** What says to make it a development dependency; `reason` ends a sentence about it. */
export function moveToDev(
  { own, entry: { name, spec, line } }: MovableDependency,
  reason: string,
  details: string[],
): Matter {
  return {
    package: name,
    subject: own.manifest,
    knownBy: own.manifest,
    message: `${name} is a production dependency of ${own.manifest}, but ${reason}`,
    fix: `Run npm install --save-dev${workspaceFlag(own)} ${name}@${spec}.`,
    location: { file: own.manifest, line },
    details,
  }
}

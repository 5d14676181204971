/** What is known of one package when it is judged. */
import type { Claim, Witness } from '#model/claim'
import type { Location } from '#model/finding'
import type { DependencyKind, SourceType } from '#model/inventory'
import type { Failure } from '#model/outcome'

/** The facts of one package version from one source. */
export interface PackageFacts {
  id: string
  name: string
  version: string
  source: SourceType
  installed: boolean
  kinds: DependencyKind[]
  /** The project's own packages that reach it, by location (`.` for the root). */
  workspaces: string[]
  /** One shortest path of ids from each root that reaches it, shortest first. */
  paths: string[][]
  /** Any number for each witness: copies on disk may differ. */
  claims: Claim[]
  /** Witnesses without which nothing can be concluded. */
  expected: Witness[]
  /** Subresource integrities, as each side writes them; `addressed` has those (`''` for none) beside an address. */
  integrity: { lockfile: string[]; registry: string[]; addressed?: string[] }
  /** For each file that a clarification names, its sha256 (hex) in each installed copy, or why there is none. */
  clarifiedFiles: { file: string; sha256?: string; failure?: Failure }[]
  /** Its place in the lockfile. */
  location?: Location
}

/** The witnesses a package needs, whatever `expected` left out: the registry for its packages, the copy on disk. */
export function neededWitnesses({ source, installed, expected }: PackageFacts): Set<Witness> {
  const needed = new Set(expected)
  if (source === 'registry') needed.add('registry')
  if (installed || source !== 'registry') needed.add('installed')
  return needed
}

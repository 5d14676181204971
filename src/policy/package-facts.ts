/** What is known of one package when it is judged. */
import type { Claim, Witness } from '#model/claim'
import type { Location } from '#model/finding'
import type { DependencyKind, SourceType } from '#model/inventory'
import type { Failure, Outcome } from '#model/outcome'

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
  integrity: {
    lockfile: string[]
    registry: string[]
    addressed?: string[]
    /** True if the lockfile lists an installed copy of a registry package without any integrity. */
    missing?: true
  }
  /** For each file that a clarification names, its sha256 (hex) in each installed copy, or why there is none. */
  clarifiedFiles: { file: string; sha256?: string; failure?: Failure }[]
  /** Its place in the lockfile. */
  location?: Location
  /** Why its author advises against it, and when the registry said so (ISO 8601). */
  deprecated?: { text: string; at: string }
  /** Epoch milliseconds at which it was published, `none` if the registry gives no time; only asked for if a rule needs it. */
  published?: Outcome<number | 'none'>
  /** The registry it is asked of: its base URL, and the names (`default`, scopes) that npm's configuration has for it. */
  registry?: { base: string; names: string[] }
  /** Where the lockfile fetches it, as far as that is not its registry: origins, `''` for what is no address. */
  strayOrigins?: string[]
  /** Paths at which the lockfile fetches it that are the tarball of another package or version. */
  strayTarballs?: string[]
  /** Whether anything of it is in what ships, and why, by what source files import; absent where nobody asked. */
  use?: { shipped: boolean; because?: string; location?: Location }
  /** Every installed copy was searched for licence files. */
  textsRead?: boolean
}

/** The witnesses a package needs, whatever `expected` left out: the registry for its packages, the copy on disk. */
export function neededWitnesses({ source, installed, expected }: PackageFacts): Set<Witness> {
  const needed = new Set(expected)
  if (source === 'registry') needed.add('registry')
  if (installed || source !== 'registry') needed.add('installed')
  return needed
}

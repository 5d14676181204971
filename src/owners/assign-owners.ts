/** Says of each finding who answers for it: the owner of an exception, else the owners of the file that brings it in. */
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'

/** An entry of the policy that somebody answers for. */
export interface OwnedEntry {
  owner: string
  location: { file: string; line?: number }
}

/** The findings with their owners; those that nobody answers for stay as they are. `ownersOf` takes paths below the project. */
export function assignOwners(
  { findings, packages }: Pick<RunReport, 'findings' | 'packages'>,
  entries: readonly OwnedEntry[],
  ownersOf: (path: string) => readonly string[],
): Finding[] {
  const known = new Map<string, readonly string[]>()
  const ofFile = (file: string): readonly string[] => {
    const owners = known.get(file) ?? ownersOf(file)
    known.set(file, owners)
    return owners
  }
  const byEntry = new Map(entries.map(({ owner, location }) => [placeOf(location), owner]))
  const wanted = new Set(findings.map(({ package: id }) => id))
  const workspaces = new Map<string, Set<string>>()
  for (const { id, workspaces: own } of packages) {
    if (wanted.has(id)) workspaces.set(id, new Set([...(workspaces.get(id) ?? []), ...own]))
  }
  return findings.map((finding) => {
    const { location, package: id } = finding
    const answers = location && byEntry.get(placeOf(location))
    const files = manifestsOf(workspaces.get(id ?? ''), location?.file)
    const owners = answers === undefined ? files.flatMap((file) => ofFile(file)) : [answers]
    if (owners.length === 0) return finding
    return { ...finding, owners: [...new Set(owners)].toSorted((a, b) => (a < b ? -1 : 1)) }
  })
}

/** The package.json of each workspace that reaches the package; the file itself for a finding about none. */
function manifestsOf(workspaces: ReadonlySet<string> | undefined, file: string | undefined): string[] {
  if (workspaces === undefined) return file === undefined ? [] : [file]
  return [...workspaces].map((location) => (location === '.' ? 'package.json' : `${location}/package.json`))
}

function placeOf({ file, line }: OwnedEntry['location']): string {
  return `${file}\n${line ?? ''}`
}

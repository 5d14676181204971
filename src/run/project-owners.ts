/** Finds the CODEOWNERS file of the repository that a project lies in, and asks it. */
import { dirname, join, relative, sep } from 'node:path'
import { readRegularFile } from '#disk/safe-read'
import { assignOwners } from '#owners/assign-owners'
import type { OwnedEntry } from '#owners/assign-owners'
import { ownersOfPath, readCodeOwners } from '#owners/code-owners'
import type { RunReport } from '#model/run-report'

/** Where GitHub and GitLab look, in this order; the last one is GitLab's alone. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']
/** GitHub ignores a larger one. */
const MAX_BYTES = 3 * 1024 * 1024
/** Folders above the project that are looked at. */
const MAX_ABOVE = 12

/** The report with the owners of its findings; `entries` are those of the policy that somebody answers for. A file that cannot be read owns nothing. */
export function withOwners(report: RunReport, entries: readonly OwnedEntry[], project: string): RunReport {
  if (report.findings.length === 0) return report
  const root = repositoryOf(project)
  const sections = codeOwnersAt(root)
  const below = relative(root, project).split(sep).join('/')
  const findings = assignOwners(report, entries, (path) =>
    ownersOfPath(sections, below === '' ? path : `${below}/${path}`),
  )
  return { ...report, findings }
}

/** The nearest folder that is a repository of git; the project itself where there is none. */
function repositoryOf(project: string): string {
  let folder = project
  for (let above = 0; above < MAX_ABOVE; above += 1) {
    const git = readRegularFile(join(folder, '.git'), 4096)
    // A folder, or the file that a worktree and a submodule have.
    if (git.ok || git.reason === 'not-a-file') return folder
    if (dirname(folder) === folder) break
    folder = dirname(folder)
  }
  return project
}

function codeOwnersAt(root: string): ReturnType<typeof readCodeOwners> {
  for (const place of PLACES) {
    const read = readRegularFile(join(root, place), MAX_BYTES)
    if (read.ok) return readCodeOwners(read.bytes.toString('utf8'), place.startsWith('.gitlab/'))
  }
  return []
}

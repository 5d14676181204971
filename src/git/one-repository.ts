/** Refuses to ask another repository than the one that whoever asks stands in: a change can bring one along as a submodule. */
import { resolve } from 'node:path'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { openGit } from './git.ts'
import type { GitPlace } from './git.ts'
import { workTreeAbove } from './work-tree.ts'

/**
 * Fails with `foreign-repository` if a project lies in another repository than the folder `here`. Work trees of one
 * repository are one; whoever stands in none has not said which one is meant. Both are real paths.
 */
export function inOneRepository(project: GitPlace, here: string): Outcome<undefined> {
  const [mine, its] = [here, project.folder].map(workTreeAbove)
  if (mine === undefined || its === undefined || mine === its) return ok(undefined)
  const asked = commonFolder(project)
  // What is wrong with the project's own repository is told when it is asked for the base.
  if (asked === undefined || asked === commonFolder({ ...project, folder: here })) return ok(undefined)
  return fail(
    'foreign-repository',
    'The project lies in another repository than the current folder, such as a submodule: its branches and tags are not those of this repository.',
    {
      fix: 'If its own history is meant, run depgate in the folder of the project. If the change has put a submodule there, judge it as the change of the whole project that it is.',
    },
  )
}

/** Path of what all work trees of a repository share; undefined where git does not tell. */
function commonFolder(place: GitPlace): string | undefined {
  const git = openGit(place)
  const answer = git.ok ? git.value(['rev-parse', '--git-common-dir']) : git
  if (!answer.ok || answer.value.exitCode !== 0) return undefined
  const said = answer.value.stdout.toString('utf8').replace(/\r?\n$/, '')
  return resolve(place.folder, said)
}

/** The files that `depgate init` writes: each is new or left alone, and none of them is ever replaced. */
import { join } from 'node:path'
import { createFile, readForEdit, replacePolicy } from '#config/write-policy'
import type { PolicyText } from '#config/write-policy'
import { TEST_SCRIPT } from '#adopt/templates'
import { withScript } from '#adopt/package-script'

/** What became of a file; `would` is what a dry run does not do. */
export interface FileStep {
  path: string
  state: 'new' | 'there' | 'failed' | 'would'
  /** One clause for people. */
  note: string
  /** What is or would be written. */
  text?: string
}

/** Writes a file that is not there. */
export function newFile(
  project: string,
  { path, text, note }: { path: string; text: string; note: string },
  dryRun: boolean,
): FileStep {
  const target = join(project, path)
  if (readForEdit(target).ok) return { path, state: 'there', note: 'is there already, and is left as it is' }
  if (dryRun) return { path, state: 'would', note, text }
  const problem = createFile(target, text)
  if (problem === undefined) return { path, state: 'new', note, text }
  const isThere = problem.message === 'is there already'
  return { path, state: isThere ? 'there' : 'failed', note: problem.message }
}

/** Puts the test's script into package.json. */
export function newScript(manifest: PolicyText, dryRun: boolean): FileStep {
  const { name, command } = TEST_SCRIPT
  const path = 'package.json'
  const edited = withScript(manifest.text, name, command)
  if (edited.kind === 'unfit') return { path, state: 'failed', note: 'is not a JSON object with scripts' }
  if (edited.kind === 'there') {
    const own = edited.script === command ? '' : `, and runs ${edited.script}`
    return { path, state: 'there', note: `has a script "${name}" already${own}` }
  }
  const note = `script "${name}": ${command}`
  if (dryRun) return { path, state: 'would', note }
  const problem = replacePolicy(manifest, edited.text)
  return problem === undefined
    ? { path, state: 'new', note }
    : { path, state: 'failed', note: problem.message }
}

/** Vitest's global set-up: one run of depgate before all tests, shared by every test file. */
import type { TestProject } from 'vitest/node'
import { run } from '../run.ts'
import { askForImports, removeScan, writeScan } from './scan-file.ts'
import { shareOutcome } from './shared-run.ts'
import { scanOptions, shareScan } from './shared-scan.ts'

/**
 * Runs depgate on the Vitest project's root folder, or as `provide.depgateOptions` says; and reads what the source files
 * import where a test file asks for `imports()`. What it gives back is called after all tests.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const { depgateOptions } = project.getProvidedContext()
  const options = { project: project.config.root, ...depgateOptions }
  const outcome = await run({ ...options, command: 'test' })
  project.provide('depgate', shareOutcome(outcome))
  const { testFiles } = await project.globTestFiles()
  if (!askForImports(testFiles)) return () => undefined
  const { scanProject } = await import('../scan-project.ts')
  const file = writeScan(shareScan(await scanProject(scanOptions(options))))
  project.provide('depgateScan', file)
  return () => removeScan(file)
}

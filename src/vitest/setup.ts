/** Vitest's global set-up: one run of depgate before all tests, shared by every test file. */
import type { TestProject } from 'vitest/node'
import { run } from '../run.ts'
import { shareOutcome } from './shared-run.ts'

/** Runs depgate on the Vitest project's root folder, or as `provide.depgateOptions` says. */
export async function setup(project: TestProject): Promise<void> {
  const { depgateOptions } = project.getProvidedContext()
  const outcome = await run({ project: project.config.root, ...depgateOptions, command: 'test' })
  project.provide('depgate', shareOutcome(outcome))
}

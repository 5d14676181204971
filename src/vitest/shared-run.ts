/** The run as test files see it: plain data, so that Vitest can hand it to every worker. */
import { inject } from 'vitest'
import type { RunReport } from '#model/run-report'
import type { RunOptions, RunOutcome } from '../run.ts'

/** Options of a run that make sense in a test set-up; all of them plain data. */
export type VitestRunOptions = Omit<
  RunOptions,
  'signal' | 'onProgress' | 'command' | 'policyOptional' | 'startedAt'
>

/** A report, or why there is none. */
export type SharedRun = { report: RunReport } | { error: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** The run that `depgate/vitest/setup` made. */
    depgate: SharedRun
    /** Options of that run, given in the Vitest configuration under `provide`. */
    depgateOptions: VitestRunOptions
  }
}

/** What to hand to the tests of a run's outcome. */
export function shareOutcome(outcome: RunOutcome): SharedRun {
  switch (outcome.kind) {
    case 'report':
      return { report: outcome.report }
    case 'error':
      return { error: outcome.message }
    case 'cancelled':
      return { error: 'the run was cancelled' }
  }
}

/**
 * The report of the shared run; without `depgate/vitest/setup` in `globalSetup`, of a run of this call's own.
 * Rejects with the text of a configuration error.
 */
export async function sharedReport(): Promise<RunReport> {
  const shared = inject('depgate') ?? (await ownRun())
  if ('error' in shared) throw new Error(`depgate could not check: ${shared.error}`)
  return shared.report
}

/** What runs is only loaded by whoever has to. */
async function ownRun(): Promise<SharedRun> {
  const { run } = await import('../run.ts')
  return shareOutcome(await run({ command: 'test' }))
}

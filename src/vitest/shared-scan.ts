/** The import scan as test files see it: made once in the global set-up, and read by each file that asks for it. */
import { inject } from 'vitest'
import type { ProjectScan, ScanOptions, ScanOutcome } from '../scan-project.ts'
import type { VitestRunOptions } from './shared-run.ts'
import { readScan } from './scan-file.ts'

/** A scan, or why there is none. */
export type SharedScan = { scan: ProjectScan } | { error: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** The file in which `depgate/vitest/setup` has left its scan; absent where no test file asks for one. */
    depgateScan: string
  }
}

/** What to hand to the tests of a scan's outcome. */
export function shareScan(outcome: ScanOutcome): SharedScan {
  return outcome.kind === 'scan' ? { scan: outcome.scan } : { error: outcome.message }
}

/** The options of a scan among those of a run. */
export function scanOptions({ project, config, deadline, cacheDirectory }: VitestRunOptions): ScanOptions {
  return {
    ...(project !== undefined && { project }),
    ...(config !== undefined && { config }),
    ...(deadline !== undefined && { deadline }),
    ...(cacheDirectory !== undefined && { cacheDirectory }),
  }
}

/**
 * The scan of the set-up; without `depgate/vitest/setup` in `globalSetup`, or where that did not see that a test file asks
 * for one, a scan of this call's own. Rejects where the imports of the project cannot be known.
 */
export async function sharedScan(): Promise<ProjectScan> {
  const file = inject('depgateScan')
  const shared = (file === undefined ? undefined : readScan(file)) ?? (await ownScan())
  if ('error' in shared) throw new Error(`depgate could not check: ${shared.error}`)
  return shared.scan
}

/** What scans is only loaded by whoever has to. */
async function ownScan(): Promise<SharedScan> {
  const { scanProject } = await import('../scan-project.ts')
  return shareScan(await scanProject(scanOptions(inject('depgateOptions') ?? {})))
}

/** Asks once, however often it is called; what failed is asked again. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined
      throw error
    })
    return answer
  }
}

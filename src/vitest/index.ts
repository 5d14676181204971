/** depgate in Vitest: `dependencies()`, its matchers, and one test a package. Importing it registers the matchers. */
import { expect } from 'vitest'
import { toHaveLicensesIn, toSatisfyPolicy } from './matchers.ts'
import type { Selection } from './selection.ts'

export { dependencies } from './selection.ts'
export type { SelectedReport, Selection } from './selection.ts'
export { describeDependencies } from './describe-dependencies.ts'
export type { VitestRunOptions } from './shared-run.ts'

declare module 'vitest' {
  interface Matchers<T> {
    /** Every selected package satisfies the project's policy. */
    toSatisfyPolicy: T extends Selection ? () => Promise<void> : never
    /** Every selected package has a licence that this list allows, by every witness. */
    toHaveLicensesIn: T extends Selection ? (allowed: string[]) => Promise<void> : never
  }
}

expect.extend({ toSatisfyPolicy, toHaveLicensesIn })

/** depgate in Vitest: `dependencies()` and `imports()`, their matchers, one test a package. Importing it registers the matchers. */
import { expect } from 'vitest'
import { toHaveNoCycles, toNotImport, toOnlyImport } from './import-matchers.ts'
import {
  toHaveNoUndeclaredImports,
  toHaveNoUnusedDependencies,
  toRespectLayers,
} from './import-rule-matchers.ts'
import type { Layers } from './import-rule-matchers.ts'
import { selectImports } from './import-selection.ts'
import type { ImportSelection } from './import-selection.ts'
import { toHaveLicensesIn, toSatisfyPolicy } from './matchers.ts'
import type { Selection } from './selection.ts'
import { once, sharedScan } from './shared-scan.ts'

export { dependencies } from './selection.ts'
export type { SelectedReport, Selection } from './selection.ts'
export { describeDependencies } from './describe-dependencies.ts'
export type { VitestRunOptions } from './shared-run.ts'
export type { ImportSelection, ScannedProject, SelectedImports } from './import-selection.ts'
export type { Layers } from './import-rule-matchers.ts'

declare module 'vitest' {
  interface Matchers<T> {
    /** Every selected package satisfies the project's policy. */
    toSatisfyPolicy: T extends Selection ? () => Promise<void> : never
    /** Every selected package has a licence that this list allows, by every witness. */
    toHaveLicensesIn: T extends Selection ? (allowed: string[]) => Promise<void> : never
    /** The selected files import each other, and besides only what these globs and names of packages mean. */
    toOnlyImport: T extends ImportSelection ? (allowed: readonly string[]) => Promise<void> : never
    /** The selected files import nothing that these globs and names of packages mean. */
    toNotImport: T extends ImportSelection ? (banned: readonly string[]) => Promise<void> : never
    /** No selected file is part of a circle of imports. */
    toHaveNoCycles: T extends ImportSelection ? () => Promise<void> : never
    /** The nearest package.json declares every package that the selected files import. */
    toHaveNoUndeclaredImports: T extends ImportSelection ? () => Promise<void> : never
    /** The selected packages import, or use as tools, whatever they declare. */
    toHaveNoUnusedDependencies: T extends ImportSelection ? () => Promise<void> : never
    /** The selected files import only what their layers may: those of the policy, or these. */
    toRespectLayers: T extends ImportSelection ? (layers?: Layers) => Promise<void> : never
  }
}

const scan = once(sharedScan)

/** All source files of the project, as the shared scan found them. */
export function imports(): ImportSelection {
  return selectImports(scan)
}

expect.extend({
  toSatisfyPolicy,
  toHaveLicensesIn,
  toOnlyImport,
  toNotImport,
  toHaveNoCycles,
  toHaveNoUndeclaredImports,
  toHaveNoUnusedDependencies,
  toRespectLayers,
})

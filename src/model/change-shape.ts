/** The shape of what `diff` puts into a report. */
import { CHANGED_ASPECTS } from './change.ts'
import type { ChangeReport, PackageChange, PackageState, PolicyChange } from './change.ts'
import { DEPENDENCY_KINDS } from './inventory.ts'
import { list, oneOf, optional, orNull, shape, text } from './shape.ts'

/** In which ways a package is depended on. */
export const kinds = list(oneOf(DEPENDENCY_KINDS))

const packageState = shape<PackageState>({ version: text, license: orNull(text), kinds })

/** One package that is different. */
export const packageChangeShape = shape<PackageChange>({
  type: oneOf(['added', 'removed', 'updated', 'changed']),
  name: text,
  before: optional(packageState),
  after: optional(packageState),
  differs: list(oneOf(CHANGED_ASPECTS)),
  path: list(text),
})

/** A {@link ChangeReport}. */
export const changeShape = shape<ChangeReport>({
  base: shape<ChangeReport['base']>({
    name: text,
    commit: optional(text),
    lockfileSha256: text,
    policySha256: orNull(text),
  }),
  packages: list(packageChangeShape),
  needsPolicyOwner: list(shape<PolicyChange>({ file: text, message: text })),
})

/** What can be objected to in one package: the finding makers of the rules that judging a package applies. */
import type { Finding } from '#model/finding'
import type { Case } from './package-case.ts'
import { bundledNotAllowed } from './rules/bundled-license-not-allowed.ts'
import { textMissing } from './rules/license-text-missing.ts'
import { banned } from './rules/package-banned.ts'
import { deprecated } from './rules/package-deprecated.ts'
import { tooYoung } from './rules/package-too-young.ts'
import { otherwiseNoted } from './rules/license-noted.ts'
import { fetchedElsewhere } from './rules/source-address.ts'
import { fetchedAsOther } from './rules/source-name.ts'
import { notFromRegistry } from './rules/source-not-registry.ts'
import { fromOtherRegistry } from './rules/source-registry.ts'

export type { Case, WeighedLicense } from './package-case.ts'
export { isUnlicensed } from './package-case.ts'
export { staleClarification } from './rules/clarification-stale.ts'
export { lapsedException } from './rules/exception-lapsed.ts'
export { integrityMismatch, integrityMissing } from './rules/integrity-mismatch.ts'
export { integrityUnnamed } from './rules/integrity-missing.ts'
export { allowedUnshipped } from './rules/license-by-use.ts'
export { conflict } from './rules/license-conflict.ts'
export { notAllowed } from './rules/license-not-allowed.ts'
export { unknownText } from './rules/license-text-unknown.ts'
export { notInRegistry, unknownLicense } from './rules/license-unknown.ts'

/** The rules that judge a package by itself, whatever its licence comes to. */
export const packageRules: readonly ((about: Case) => Finding[])[] = [
  banned,
  deprecated,
  tooYoung,
  fromOtherRegistry,
  fetchedElsewhere,
  fetchedAsOther,
  notFromRegistry,
  otherwiseNoted,
  textMissing,
  bundledNotAllowed,
]

/** Families of licences by what they ask of whoever passes a package on; a map for readers, never a judgement. */

/** From the one that asks least to the one of which nothing is known. */
export const LICENSE_FAMILIES = ['permissive', 'weak-copyleft', 'copyleft', 'other', 'unknown'] as const

/**
 * One of {@link LICENSE_FAMILIES}. `other` is everything that has no family here: licences for texts and data,
 * proprietary ones, `LicenseRef-*`.
 */
export type LicenseFamily = (typeof LICENSE_FAMILIES)[number]

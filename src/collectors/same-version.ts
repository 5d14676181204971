/** Compares versions the way npm stores them: exactly, or equal once both are normalised. */
import clean from 'semver/functions/clean.js'
import { isExactVersion } from '#model/package-id'

/** Whether two witnesses mean the same version (`v1.0.0` is `1.0.0`). */
export function sameVersion(a: string, b: string): boolean {
  if (a === b) return true
  const normal = normalVersion(a)
  return normal !== undefined && normal === normalVersion(b)
}

/** The version to ask a registry for, when only a package.json says it. */
export function usableVersion(version: string): string {
  return isExactVersion(version) ? version : (normalVersion(version) ?? version)
}

function normalVersion(version: string): string | undefined {
  return clean(version, { loose: true }) ?? undefined
}

/** Reads a package-lock.json or npm-shrinkwrap.json of any version: what npm says it installed, entry by entry. */
import type { Outcome } from '#model/outcome'
import { fail } from '#model/outcome'
import { isRecord, own } from './json-text.ts'
import { readNestedPackages } from './lockfile-nested.ts'
import type { Lockfile, LockfileReading } from './lockfile.ts'
import { readListedPackages } from './lockfile-packages.ts'
import { lineAt, lockfileRefusal, parseLockfileText } from './lockfile-text.ts'

export { MAX_PACKAGES } from './lockfile.ts'
export type { LockEntry, Lockfile } from './lockfile.ts'

/**
 * Reads the text of a lockfile. Fails with `lockfile-unreadable`, naming file and line, or `too-many-packages`. Version 1
 * has neither manifests nor systems: what the root asks for is then known from its package.json only.
 */
export function readPackageLock(
  text: string,
  file = 'package-lock.json',
  reading: LockfileReading = {},
): Outcome<Lockfile> {
  const parsed = parseLockfileText(text, file)
  if (!parsed.ok) return parsed
  const version = own(parsed.value, 'lockfileVersion')
  if (version === 1) {
    // npm reads "packages" wherever it stands, whatever the version says.
    if (own(parsed.value, 'packages') === undefined) return readNestedPackages(parsed.value, text, file)
    const line = lineAt(text, Math.max(0, text.search(/^[ \t]*"packages"[ \t]*:/m)))
    return lockfileRefusal(
      file,
      `line ${line}: has lockfileVersion 1 and "packages", which npm reads in place of its "dependencies"`,
    )
  }
  if (version === 2 || version === 3) {
    const packages = own(parsed.value, 'packages')
    if (!isRecord(packages)) return lockfileRefusal(file, 'has no "packages" object (line 1)')
    return readListedPackages({ version, packages, text, file }, reading)
  }
  const said = typeof version === 'number' ? String(version) : 'missing'
  const line = lineAt(text, Math.max(0, text.indexOf('"lockfileVersion"')))
  return fail(
    'lockfile-unreadable',
    `${file} line ${line}: lockfileVersion is ${said}; 1, 2 and 3 can be read.`,
    { fix: 'Write it anew with npm 7 or later: `npm install --package-lock-only --lockfile-version 3`.' },
  )
}

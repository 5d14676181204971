/** Sees without parsing it that a range of the usual form holds a version: `^1.2.3`, `~1.2.3`, `1.2.3`. */

const NUMBER = '(0|[1-9]\\d{0,8})'
const VERSION = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}$`)
const RANGE = new RegExp(`^([\\^~]?)${NUMBER}\\.${NUMBER}\\.${NUMBER}$`)

/** True only where the range holds the version by npm's rule; false says nothing. */
export function plainlyHolds(range: string, version: string): boolean {
  const [, sign, ...asked] = RANGE.exec(range) ?? []
  const [, ...found] = VERSION.exec(version) ?? []
  if (sign === undefined || found.length === 0) return false
  const [major = 0, minor = 0, patch = 0] = asked.map(Number)
  const [ownMajor = 0, ownMinor = 0, ownPatch = 0] = found.map(Number)
  if (major !== ownMajor) return false
  if (minor !== ownMinor) return sign === '^' && major > 0 && ownMinor > minor
  if (patch === ownPatch) return true
  return sign !== '' && ownPatch > patch && (sign === '~' || major > 0 || minor > 0)
}

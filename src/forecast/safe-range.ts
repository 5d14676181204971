/** Writes the range that keeps an installed version's licence: from it up to the first release with another one. */
import satisfies from 'semver/functions/satisfies.js'

/**
 * A range that holds `installed` and none of `relicensed` (later versions, in the order of semver, at least one): the
 * caret where that is enough. Undefined where semver can write none.
 */
export function safeRange(installed: string, relicensed: readonly string[]): string | undefined {
  const [first] = relicensed
  const candidates = [`^${installed}`, `>=${installed} <${first}`, installed]
  return candidates.find(
    (range) => satisfies(installed, range) && !relicensed.some((version) => satisfies(version, range)),
  )
}

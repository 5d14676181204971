/** Compares the integrity of a version in the lockfile with that of the registry. */

/** Strongest first; what is not here is not compared. */
const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1'] as const

const HASH = /^(sha512|sha384|sha256|sha1)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/

/**
 * The lockfile's integrity (as written) that the registry contradicts, if any. Each is compared by the strongest
 * algorithm that both sides name; without a common one nothing can be said, and nothing is. npm takes whatever has one of
 * the hashes, so each of them has to be the registry's.
 */
export function contradictedIntegrity(
  lockfile: readonly string[],
  registry: readonly string[],
): string | undefined {
  const open = lockfile.filter((integrity) => !registry.includes(integrity))
  if (open.length === 0) return undefined
  const theirs = hashes(registry.join(' '))
  return open.find((integrity) => {
    const ours = hashes(integrity)
    const algorithm = ALGORITHMS.find((name) => ours.has(name) && theirs.has(name))
    if (algorithm === undefined) return false
    const known = theirs.get(algorithm)
    return [...(ours.get(algorithm) ?? [])].some((hash) => known?.has(hash) !== true)
  })
}

/**
 * Whether the lockfile names an address without an integrity that could be compared with the registry's: then nothing
 * ties what is fetched from there to the version that the registry vouches for. npm itself always writes both, and holds
 * what it fetches to the strongest algorithm alone.
 */
export function isUnproven(addressed: readonly string[], registry: readonly string[]): boolean {
  const theirs = hashes(registry.join(' '))
  if (theirs.size === 0) return false
  return addressed.some((integrity) => {
    const ours = hashes(integrity)
    const strongest = ALGORITHMS.find((name) => ours.has(name))
    return strongest === undefined || !theirs.has(strongest)
  })
}

/** Hashes by algorithm; words that are none are passed over. */
function hashes(integrity: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const word of integrity.split(/\s+/)) {
    const [, algorithm, hash] = HASH.exec(word) ?? []
    if (algorithm === undefined || hash === undefined) continue
    const same = found.get(algorithm) ?? new Set()
    found.set(algorithm, same.add(hash))
  }
  return found
}

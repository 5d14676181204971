/** Subresource integrity as lists of `algorithm-digest` strings: split, and compared by the strongest they share. */

const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1'] as const
const HASH = /^(?:sha512|sha384|sha256|sha1)-[A-Za-z0-9+/]+={0,2}$/
const HEX_SHA1 = /^[0-9a-f]{40}$/i

/** The hashes of an integrity string, without options and without algorithms nobody should trust. */
export function splitIntegrity(text: string): string[] {
  const hashes = text.split(/\s+/).map((part) => part.split('?', 1)[0] ?? '')
  return hashes.filter((hash) => HASH.test(hash))
}

/** An old `shasum` (40 hex digits) in the form of an integrity hash; undefined if it is not one. */
export function integrityOfShasum(shasum: string): string | undefined {
  return HEX_SHA1.test(shasum) ? `sha1-${Buffer.from(shasum, 'hex').toString('base64')}` : undefined
}

/**
 * Whether two lists speak of the same bytes, judged by the strongest algorithm both have; any of several hashes of that
 * algorithm may match. `incomparable` when they share none.
 */
export function compareIntegrity(
  expected: readonly string[],
  actual: readonly string[],
): 'equal' | 'different' | 'incomparable' {
  for (const algorithm of ALGORITHMS) {
    const wanted = ofAlgorithm(expected, algorithm)
    const found = ofAlgorithm(actual, algorithm)
    if (wanted.length > 0 && found.length > 0) {
      return wanted.some((hash) => found.includes(hash)) ? 'equal' : 'different'
    }
  }
  return 'incomparable'
}

/** The hashes of the strongest algorithm that a list has; undefined for a list without any. */
export function strongestOf(
  hashes: readonly string[],
): { algorithm: string; digests: readonly string[] } | undefined {
  for (const algorithm of ALGORITHMS) {
    const digests = ofAlgorithm(hashes, algorithm)
    if (digests.length > 0) return { algorithm, digests }
  }
  return undefined
}

function ofAlgorithm(hashes: readonly string[], algorithm: string): string[] {
  return hashes.filter((hash) => hash.startsWith(`${algorithm}-`))
}

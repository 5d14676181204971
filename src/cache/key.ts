/** Spells cache keys so that no two different things can ever share one. */

/** Raised when records of an older depgate must not be read any more; part of every key, seal and folder name. */
export const CACHE_FORMAT = 1

/**
 * The key of a record: what kind of thing it is, the version of that thing's own shape, and what singles it out
 * (registry base URL, name, version …). JSON keeps the borders of the parts, whatever characters they hold.
 */
export function cacheKey(kind: string, schema: number, ...parts: string[]): string {
  return JSON.stringify([CACHE_FORMAT, kind, schema, ...parts])
}

/** What `paths` and `baseUrl` of a configuration make of a specifier. */
import { join } from 'node:path/posix'
import type { TsConfig } from './tsconfig.ts'

/** Places to look at, in order, below the project; `isMeant` where a pattern was written for this specifier. */
export interface AliasPlaces {
  places: readonly string[]
  isMeant: boolean
}

/** The most exact pattern counts, as in TypeScript: one without a star, then the one with the longest text before it. */
export function aliasPlaces({ paths, baseUrl }: TsConfig, specifier: string): AliasPlaces {
  let best: { length: number; star: string; pattern: string; targets: readonly string[] } | undefined
  for (const { pattern, targets } of paths) {
    const star = matched(pattern, specifier)
    const length = pattern === specifier ? Infinity : pattern.indexOf('*')
    if (star !== undefined && (best === undefined || length > best.length))
      best = { length, star, pattern, targets }
  }
  const places = (best?.targets ?? []).map((target) => target.replace('*', () => best?.star ?? ''))
  if (baseUrl !== undefined) places.push(join(baseUrl, specifier))
  // A star alone is written for everything, packages too.
  return { places, isMeant: best !== undefined && best.pattern !== '*' }
}

/** What the star stands for; undefined where the pattern does not match. */
function matched(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star === -1) return pattern === specifier ? '' : undefined
  const before = pattern.slice(0, star)
  const after = pattern.slice(star + 1)
  const isLong = specifier.length >= before.length + after.length
  return isLong && specifier.startsWith(before) && specifier.endsWith(after)
    ? specifier.slice(before.length, specifier.length - after.length)
    : undefined
}

/** Paths below the project: with `/`, without `.`, `..` and slashes at the ends; `''` is the project itself. */
import { normalize } from 'node:path/posix'

/** Tidies a path; one that leads out of the project begins with `..`. */
export function tidyPath(path: string): string {
  if (!UNTIDY.test(path)) return path
  const normal = normalize(path).replace(/\/$/, '')
  return normal === '.' ? '' : normal
}

/** Most paths are tidy, and it costs less to see that than to tidy them. */
const UNTIDY = /(?:^|\/)\.{0,2}(?:\/|$)/

/** Whether a tidy path leads out of the project. */
export function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith('../')
}

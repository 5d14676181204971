/** Paths below the project: with `/`, without `.`, `..` and slashes at the ends; `''` is the project itself. */
import { normalize } from 'node:path/posix'

/** Tidies a path; one that leads out of the project begins with `..`. */
export function tidyPath(path: string): string {
  const normal = normalize(path).replace(/\/$/, '')
  return normal === '.' ? '' : normal
}

/** Whether a tidy path leads out of the project. */
export function leadsOut(path: string): boolean {
  return path === '..' || path.startsWith('../')
}

/** Locations: where a package lies below the project, with `/` on every system. */

/** Longest location we accept: the longest path Linux itself opens. */
const MAX_LENGTH = 4096
const NO_LOCATION = /\\|\p{Cc}|^[a-z]:|(?:^|\/)\.{0,2}(?:\/|$)/iu

// What nearly every location looks like; asked first because the full answer costs several times as much.
const PLAIN = /^[\w@][\w.@-]*(?:\/[\w@][\w.@-]*)*$/

/** Whether a text may be a location: relative, with `/`, without empty, `.` or `..` segments. `''` is the root. */
export function isLocation(text: string): boolean {
  return text === '' || (text.length <= MAX_LENGTH && (PLAIN.test(text) || !NO_LOCATION.test(text)))
}

/** The name a folder stands for: `@scope/name` or `name` at the end of a location. */
export function folderName(location: string): string {
  const slash = location.lastIndexOf('/')
  const before = slash <= 0 ? -1 : location.lastIndexOf('/', slash - 1)
  return location.slice((slash > 0 && location[before + 1] === '@' ? before : slash) + 1)
}

/** Joins a location and a path below it. */
export function below(location: string, path: string): string {
  return location === '' ? path : `${location}/${path}`
}

/** The folder that holds a location; `''` for what lies directly in the project. */
export function parentOf(location: string): string {
  const slash = location.lastIndexOf('/')
  return slash === -1 ? '' : location.slice(0, slash)
}

/** Locations: where a package lies below the project, and Node's rule for finding one package from another. */

/** Longest location we accept: the longest path Linux itself opens. */
const MAX_LENGTH = 4096
const CONTROL = /\p{Cc}/u

/** Whether a text may be a location: relative, with `/`, without empty, `.` or `..` segments. `''` is the root. */
export function isLocation(text: string): boolean {
  if (text === '') return true
  if (text.length > MAX_LENGTH || text.includes('\\') || CONTROL.test(text) || /^[a-z]:/i.test(text))
    return false
  return text.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
}

/** The name a folder stands for: `@scope/name` or `name` at the end of a location. */
export function folderName(location: string): string {
  const segments = location.split('/')
  const last = segments.at(-1) ?? ''
  const scope = segments.at(-2)
  return scope?.startsWith('@') ? `${scope}/${last}` : last
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

/**
 * Node's look-up rule: the nearest `node_modules/<name>` from a package upwards. `find` turns a place into the location
 * of what stands there (following links) or undefined.
 */
export function lookUp(
  from: string,
  name: string,
  find: (place: string) => string | undefined,
): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    if (folder !== 'node_modules' && !folder.endsWith('/node_modules')) {
      const found = find(below(folder, `node_modules/${name}`))
      if (found !== undefined) return found
    }
    if (folder === '') return undefined
  }
}

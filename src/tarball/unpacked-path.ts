/** Where npm puts an entry of a tarball: without its first folder, whatever that is called, and nowhere else. */

/** A path inside the package, with `/`; undefined for an entry that npm leaves out; or what is wrong. */
export type UnpackedPath = string | undefined | { flaw: string }

const FLAW = { flaw: 'has a path that does not lie in one folder' }
/** npm takes drive letters away, on every system. */
const DRIVE = /^[a-z]:/i

/** The path at which a file is unpacked. */
export function unpackedPath(name: string): UnpackedPath {
  // A path on Windows, and a part of a name elsewhere: no licence may hang on that.
  const segments = name.replaceAll('\\', '/').split('/')
  if (segments[0] === '' || segments[0] === '.' || segments.includes('..')) return FLAW
  const [, ...below] = name.split('/')
  // npm itself packs `package/./bin.js`.
  const path = below.filter((segment) => segment !== '' && segment !== '.')
  if (path.some((segment) => DRIVE.test(segment))) return FLAW
  return path.length === 0 ? undefined : path.join('/')
}

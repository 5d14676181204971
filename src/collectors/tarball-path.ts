/** Reads which package the address of a tarball is of, as registries lay their addresses out. */
import { sameVersion } from './same-version.ts'

const SEPARATOR = '/-/'

/**
 * The path of a web address that is the tarball of another package or version; undefined for that of this one, and for
 * an address that is laid out in no way registries share: `<base>/<name>/-/<last part of name>-<version>.tgz`.
 */
export function otherTarball(
  resolved: string,
  { name, version }: { name: string; version: string },
): string | undefined {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const usual = `/${name}${SEPARATOR}${base}-${version}.tgz`
  // The whole answer for nearly every address, without parsing it.
  if (resolved.endsWith(usual) && !/[?#]/.test(resolved)) {
    if (isHeldBy(`${resolved.slice(0, -usual.length)}/${name}`, name)) return undefined
  }
  if (!/^https?:/i.test(resolved) || !URL.canParse(resolved)) return undefined
  const path = decoded(new URL(resolved).pathname)
  const at = path.lastIndexOf(SEPARATOR)
  if (at === -1) return undefined
  const file = path.slice(path.lastIndexOf('/') + 1)
  if (!isHeldBy(path.slice(0, at), name) || !file.startsWith(`${base}-`)) return path
  const said = file.slice(base.length + 1).replace(/\.(?:tgz|tar\.gz)$/, '')
  // Without build metadata, which registries leave out.
  return sameVersion(said.split('+', 1)[0] ?? '', version.split('+', 1)[0] ?? '') ? undefined : path
}

/** A scope right before the name would make it another one. */
function isHeldBy(holder: string, name: string): boolean {
  if (!holder.endsWith(`/${name}`)) return false
  const before = holder.slice(0, -name.length - 1)
  return name.startsWith('@') || !before.slice(before.lastIndexOf('/') + 1).startsWith('@')
}

/** A slash inside a name may be escaped. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

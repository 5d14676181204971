/** Names the keys of the project's own .npmrc, so that a refused tree can say which of them may be the cause. */

/** Most keys that are named. */
const MAX_KEYS = 20
const MAX_KEY_LENGTH = 80

/** Keys in the order of the file, without values; those that only tell where to send a token or a scope are left out. */
export function npmrcKeys(text: string): string[] {
  const keys = new Set<string>()
  for (const line of text.split(/\r?\n|\r/)) {
    const key = line.split('=', 1)[0]?.trim().replace(/\[\]$/, '') ?? ''
    if (key === '' || /^[;#[]/.test(key) || key.startsWith('//') || key.endsWith(':registry')) continue
    keys.add(key.slice(0, MAX_KEY_LENGTH))
  }
  const all = [...keys]
  return all.length > MAX_KEYS ? [...all.slice(0, MAX_KEYS), `${all.length - MAX_KEYS} more`] : all
}

/** Finds the line of each entry of a lockfile, in one pass, because npm writes keys in the order in which they are parsed. */
import { lineAt } from './lockfile-text.ts'

/** Gives the line of one key after the other; undefined from the first one on that is not where npm would write it. */
export type LineFinder = (key: string, depth: number) => number | undefined

/**
 * A finder for the entries of the object `field`: its own have depth 0, and each `dependencies` inside an entry is one
 * deeper. Keys must be asked for in the order of the text.
 */
export function lineFinder(text: string, field: 'packages' | 'dependencies'): LineFinder {
  const start = new RegExp(`^([ \\t]+)"${field}"\\s*:\\s*\\{\\r?\\n([ \\t]+)"`, 'm').exec(text)
  if (!start) return () => undefined
  const [whole, outer = '', inner = ''] = start
  const unit = inner.slice(outer.length)
  const indents = [inner]
  let at = start.index + whole.length - inner.length - 2
  let line = lineAt(text, at)
  let lost = false
  return (key, depth) => {
    if (lost) return undefined
    while (indents.length <= depth) indents.push((indents.at(-1) ?? '') + unit + unit)
    // What an entry requires stands at the same depth, but is no object.
    const found = text.indexOf(`\n${indents[depth] ?? ''}${JSON.stringify(key)}: {`, at)
    if (found === -1) {
      lost = true
      return undefined
    }
    for (let next = text.indexOf('\n', at); next !== -1 && next < found; next = text.indexOf('\n', next + 1))
      line += 1
    at = found
    return line + 1
  }
}

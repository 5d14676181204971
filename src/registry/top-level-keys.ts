/** Looks at JSON text before it is parsed: how deep and how full it is, and where the values of its top level lie. */

/** Deepest nesting of any real manifest, with much to spare; deeper text can overflow whoever walks it. */
const MAX_DEPTH = 500
/** Most commas, braces and brackets: what parsing costs in memory grows with them, not with the bytes. */
const MAX_NODES = 500_000

/** One key of the top level: its decoded name and what was written as its value. */
export interface TopLevelEntry {
  key: string
  /** The text of the value, without the blanks around it. */
  value: string
  /** Deepest nesting inside the value; 0 for a string or number. */
  depth: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Every key of the top-level object in the order of the text, repeated ones too (`JSON.parse` silently keeps the last).
 * Undefined for text that is too deep or too full to parse. For text that is not JSON the entries mean nothing.
 */
export function topLevelEntries(text: string): TopLevelEntry[] | undefined {
  const entries: TopLevelEntry[] = []
  let depth = 0
  let nodes = 0
  let deepest = 0
  let lastString = ''
  let key: string | undefined
  let start = 0

  const endValue = (end: number): void => {
    if (key !== undefined) entries.push({ key, value: text.slice(start, end).trim(), depth: deepest - 1 })
    key = undefined
  }

  for (let i = 0; i < text.length; i++) {
    switch (text.charAt(i)) {
      case '"': {
        const end = stringEnd(text, i)
        if (depth === 1 && key === undefined) lastString = text.slice(i, end + 1)
        i = end
        break
      }
      case ':':
        if (depth === 1 && key === undefined) {
          key = decode(lastString)
          start = i + 1
          deepest = 1
        }
        break
      case '{':
      case '[':
        if (++depth > MAX_DEPTH || ++nodes > MAX_NODES) return undefined
        deepest = Math.max(deepest, depth)
        break
      case '}':
      case ']':
        if (depth === 1) endValue(i)
        depth--
        break
      case ',':
        if (++nodes > MAX_NODES) return undefined
        if (depth === 1) endValue(i)
        break
      default:
    }
  }
  return entries
}

/** Where the string that opens at `start` closes; the end of the text if it never does. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
  return text.length
}

/** A key as `JSON.parse` reads it, so that an escaped spelling of `license` is seen as what it is. */
function decode(quoted: string): string {
  if (quoted.charCodeAt(0) !== QUOTE || !quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}

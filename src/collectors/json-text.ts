/** Parses JSON a project hands us and says where the first mistake is, which JSON.parse does not promise. */

/** The parsed value, or line and column (both 1-based) of the first mistake. */
export type JsonText = { ok: true; value: unknown } | { ok: false; line: number; column: number }

const BLANK = /[ \t\r\n]*/y
// Unrolled, so that a long string costs no backtracking.
const STRING = /"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"/uy
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LITERAL = /true|false|null/y

/** Parses a JSON document; a byte order mark is accepted, as npm accepts it. */
export function parseJsonText(text: string): JsonText {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return { ok: true, value: JSON.parse(body) }
  } catch {
    return { ok: false, ...positionOf(body, firstMistake(body)) }
  }
}

/** Whether a value is an object with keys, the only shape a package.json, a lockfile or an answer of npm may have. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own property of an object; what it inherits does not count. */
export function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** An own property that is a string; undefined for anything else. */
export function ownString(record: Record<string, unknown>, key: string): string | undefined {
  const value = own(record, key)
  return typeof value === 'string' ? value : undefined
}

/** Deepest nesting that is compared: an entry of a lockfile has three levels. */
const MAX_COMPARED_DEPTH = 16

/**
 * Whether two parsed values are the same, in the same order of keys, so that whatever is made of one holds for the
 * other. What is nested deeper than anybody writes counts as different.
 */
export function isSameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true
  if (depth === MAX_COMPARED_DEPTH) return false
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, at) => isSameJson(value, b[at], depth + 1))
  if (!isRecord(a) || !isRecord(b)) return false
  const keys = Object.keys(a)
  const others = Object.keys(b)
  if (keys.length !== others.length) return false
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? ''
    if (key !== others[at]) return false
    const [left, right] = [a[key], b[key]]
    if (left !== right && !isSameJson(left, right, depth + 1)) return false
  }
  return true
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** Offset of the first character that cannot be part of a JSON document. */
function firstMistake(text: string): number {
  const open: string[] = []
  let at = 0
  let expect: 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' = 'value'
  const take = (token: RegExp): boolean => {
    token.lastIndex = at
    const found = token.exec(text)
    if (found) at += found[0].length
    return found !== null
  }
  for (;;) {
    take(BLANK)
    const char = text[at]
    const closes = char !== undefined && char === (open.at(-1) === '{' ? '}' : ']')
    if (closes && (expect === 'value-or-close' || expect === 'key-or-close' || expect === 'comma-or-close')) {
      open.pop()
      at += 1
    } else if (expect === 'comma-or-close') {
      if (char !== ',') return at
      expect = open.at(-1) === '{' ? 'key' : 'value'
      at += 1
      continue
    } else if (expect === 'key' || expect === 'key-or-close') {
      if (!take(STRING)) return at
      expect = 'colon'
      continue
    } else if (expect === 'colon') {
      if (char !== ':') return at
      expect = 'value'
      at += 1
      continue
    } else if (char === '{' || char === '[') {
      open.push(char)
      expect = char === '{' ? 'key-or-close' : 'value-or-close'
      at += 1
      continue
    } else if (!take(STRING) && !take(LITERAL) && !take(NUMBER)) {
      return at
    }
    if (open.length === 0) {
      take(BLANK)
      return at
    }
    expect = 'comma-or-close'
  }
}

/** Understands the `workspaces` field of a package.json: literal folders, `*`, `?`, `**`, `{a,b}` and `!` as npm does. */
import { isRecord, own } from './json-text.ts'

/** Most patterns one field may expand to. */
const MAX_PATTERNS = 1_000
const MAX_PATTERN_LENGTH = 1_024

/** What a `workspaces` field asks for, each pattern split into its segments. */
export interface WorkspacePatterns {
  include: string[][]
  exclude: string[][]
}

/** Reads the field, an array or `{packages: []}`; undefined when it is neither, or is absurdly large. */
export function workspacePatterns(field: unknown): WorkspacePatterns | undefined {
  const list = isRecord(field) ? own(field, 'packages') : field
  if (list === undefined || list === null) return { include: [], exclude: [] }
  if (!Array.isArray(list)) return undefined
  const include: string[] = []
  let exclude: string[] = []
  for (const raw of list) {
    if (typeof raw !== 'string' || raw.length > MAX_PATTERN_LENGTH) return undefined
    const marks = /^!*/.exec(raw)?.[0].length ?? 0
    for (const pattern of expandBraces(raw.slice(marks).replace(/^\.?\/+/, ''))) {
      if (marks % 2 === 1) exclude.push(pattern)
      else {
        // npm lets a later pattern win back what an earlier negation matches as text.
        exclude = exclude.filter((negated) => !matchesPath(segments(negated), segments(pattern)))
        include.push(pattern)
      }
    }
    if (include.length + exclude.length > MAX_PATTERNS) return undefined
  }
  return { include: include.map(segments), exclude: exclude.map(segments) }
}

/** Whether the segments of a path match those of a pattern, `**` standing for any number of segments. */
export function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  let at = 0
  let rest = 0
  let starAt = -1
  let starRest = 0
  while (rest < path.length) {
    const part = pattern[at]
    if (part === '**') {
      starAt = at
      starRest = rest
      at += 1
    } else if (part !== undefined && matchesSegment(part, path[rest] ?? '')) {
      at += 1
      rest += 1
    } else if (starAt !== -1) {
      starRest += 1
      at = starAt + 1
      rest = starRest
    } else {
      return false
    }
  }
  while (pattern[at] === '**') at += 1
  return at === pattern.length
}

/** Whether one folder name matches one segment of a pattern; a leading dot must be spelled out. */
export function matchesSegment(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let at = 0
  let rest = 0
  let starAt = -1
  let starRest = 0
  while (rest < name.length) {
    const char = pattern[at]
    if (char === '*') {
      starAt = at
      starRest = rest
      at += 1
    } else if (char !== undefined && (char === '?' || char === name[rest])) {
      at += 1
      rest += 1
    } else if (starAt !== -1) {
      starRest += 1
      at = starAt + 1
      rest = starRest
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

/** Whether a segment needs a listing of its folder to be matched. */
export function isWild(segment: string): boolean {
  return /[*?]/.test(segment)
}

function segments(pattern: string): string[] {
  return pattern.split('/').filter((segment) => segment !== '' && segment !== '.')
}

function expandBraces(pattern: string): string[] {
  const done: string[] = []
  const open = [pattern]
  while (open.length > 0 && done.length + open.length <= MAX_PATTERNS) {
    const next = open.pop() ?? ''
    const group = /\{([^{}]*)\}/.exec(next)
    if (!group?.[1]?.includes(',')) done.push(next)
    else {
      const before = next.slice(0, group.index)
      const after = next.slice(group.index + group[0].length)
      open.push(...group[1].split(',').map((choice) => before + choice + after))
    }
  }
  return [...done, ...open]
}

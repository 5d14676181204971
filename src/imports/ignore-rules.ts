/** The rules of .gitignore files: which of them speak of an entry, and what the last of them says. */
import { bytesOf, wildMatch } from './ignore-pattern.ts'
import type { ByteMatch } from './ignore-pattern.ts'

/** The rules of one file, the last one first. Paths are bytes, relative to the folder of the file. */
export type IgnoreRules = readonly IgnoreRule[]

interface IgnoreRule {
  ignores: boolean
  foldersOnly: boolean
  /** By its name alone, wherever it lies. */
  nameOnly: boolean
  matches: ByteMatch
  /** How long it takes to ask it, by the length of its pattern. */
  weight: number
}

/** Reads a .gitignore or a file of the same form; a byte order mark and CRLF are no part of it. */
export function readIgnoreRules(text: string): IgnoreRules {
  const rules: IgnoreRule[] = []
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const rule = line.startsWith('#') ? undefined : readRule(withoutSpaces(line.replace(/\r$/, '')))
    if (rule !== undefined) rules.push(rule)
  }
  return rules.toReversed()
}

/**
 * What the rules of one file say of an entry: true ignores it, false keeps it, undefined says nothing. `path` is its path
 * as {@link bytesOf} gives it, relative to the folder of the file.
 */
export function saysOf(rules: IgnoreRules, path: string, isFolder: boolean): boolean | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  for (const rule of rules) {
    if (rule.foldersOnly && !isFolder) continue
    if (rule.matches(rule.nameOnly ? name : path)) return rule.ignores
  }
  return undefined
}

/** How much work it is to ask rules about one entry. */
export function weightOf(rules: IgnoreRules): number {
  return rules.reduce((sum, { weight }) => sum + weight, 0)
}

function readRule(line: string): IgnoreRule | undefined {
  const ignores = !line.startsWith('!')
  const body = ignores ? line : line.slice(1)
  const foldersOnly = body.endsWith('/')
  const pattern = bytesOf(foldersOnly ? body.slice(0, -1) : body)
  if (pattern === '') return undefined
  const nameOnly = !pattern.includes('/')
  const matches = nameOnly ? matchName(pattern) : matchPath(pattern)
  return { ignores, foldersOnly, nameOnly, matches, weight: pattern.length }
}

/** Most rules are a name or the end of one. */
function matchName(pattern: string): ByteMatch {
  if (!isWild(pattern)) return (name) => name === pattern
  const end = pattern.slice(1)
  if (pattern.startsWith('*') && !isWild(end)) return (name) => name.endsWith(end)
  return wildMatch(pattern)
}

/** As in git, the part before the first wild character is compared as it is, and only the rest is a pattern. */
function matchPath(anchored: string): ByteMatch {
  const pattern = anchored.replace(/^\//, '')
  const length = pattern.search(WILD)
  if (length === -1) return (path) => path === pattern
  const start = pattern.slice(0, length)
  const rest = wildMatch(pattern.slice(length))
  return (path) => path.startsWith(start) && rest(path.slice(length))
}

const WILD = /[*?[\\]/

function isWild(pattern: string): boolean {
  return WILD.test(pattern)
}

/** Spaces at the end do not count, unless a backslash stands before them. */
function withoutSpaces(line: string): string {
  let end = line.length
  let space: number | undefined
  for (let at = 0; at < end; at += 1) {
    if (line[at] === ' ') space ??= at
    else {
      space = undefined
      if (line[at] === '\\') at += 1
      if (at >= end) return line
    }
  }
  if (space !== undefined) end = space
  return line.slice(0, end)
}

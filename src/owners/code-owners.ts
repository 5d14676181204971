/** Reads a CODEOWNERS file, as GitHub and GitLab do: whose is a path of the repository. Only a map; it judges nothing. */
import { matchesPath, ownerPattern } from './owner-pattern.ts'
import type { OwnerPattern } from './owner-pattern.ts'

/** Rules of a section; within one the last rule that matches a path wins. A file without sections is one. */
export interface OwnerSection {
  rules: { pattern: OwnerPattern; owners: string[] }[]
}

/** Lines beyond which a file is not read on. */
const MAX_LINES = 20_000
const MAX_LINE = 2000
/** Owners of one rule. */
const MAX_OWNERS = 50

/** `[Name]`, `^[Name]`, `[Name][2] @default-owner`: GitLab's. */
const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/

/** What a name of an owner looks like: `@user`, `@org/team`, an address of mail, `@@role`. */
const OWNER = /^@{0,2}[\w.+-]+(?:@[\w.-]+|(?:\/[\w.-]+)*)$/

/**
 * The rules of the file's text. `anywhere`: a pattern with a slash in its middle matches in every folder (GitLab's own
 * place), not from the root of the repository alone. Lines that are no rule are left out.
 */
export function readCodeOwners(text: string, anywhere = false): OwnerSection[] {
  const sections = new Map<string, OwnerSection>([['', { rules: [] }]])
  let current = sections.get('')
  let byDefault: string[] = []
  for (const line of text.split(/\r?\n/, MAX_LINES)) {
    if (line.length > MAX_LINE) continue
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const section = SECTION.exec(trimmed)
    if (section !== null) {
      const name = (section[1] ?? '').toLowerCase()
      current = sections.get(name) ?? { rules: [] }
      sections.set(name, current)
      byDefault = ownersIn(wordsOf(section[2] ?? ''))
      continue
    }
    const [first = '', ...rest] = wordsOf(trimmed)
    const pattern = ownerPattern(first, anywhere)
    if (pattern === undefined) continue
    const own = ownersIn(rest)
    current?.rules.push({ pattern, owners: own.length === 0 ? byDefault : own })
  }
  return [...sections.values()].filter(({ rules }) => rules.length > 0)
}

/** Who owns a path (from the root of the repository, with `/`): the last match of each section; sorted. */
export function ownersOfPath(sections: readonly OwnerSection[], path: string): string[] {
  const found = sections.flatMap(
    ({ rules }) => rules.findLast(({ pattern }) => matchesPath(pattern, path))?.owners ?? [],
  )
  return [...new Set(found)].toSorted((a, b) => (a < b ? -1 : 1))
}

/** Words up to a comment; a blank behind a backslash belongs to its word. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? []
  const comment = words.findIndex((word) => word.startsWith('#'))
  return comment < 0 ? words : words.slice(0, comment)
}

function ownersIn(words: readonly string[]): string[] {
  return words
    .filter((word) => word.length <= 200 && OWNER.test(word) && word.includes('@'))
    .slice(0, MAX_OWNERS)
}

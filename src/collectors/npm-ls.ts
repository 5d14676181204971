/** Reads the JSON of `npm ls --all --json`: npm's own view of the tree, with everything it complains about. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, own, ownString, parseJsonText } from './json-text.ts'

/** One package in npm's tree. One that npm has shown before has only its version. */
export interface NpmNode {
  version?: string
  /** Who asks for another version, in npm's words, each by itself: as many as npm had met when it showed this. */
  invalid?: string[]
  missing: boolean
  extraneous: boolean
  /** In npm's order; the key is the alias if there is one. */
  children: [name: string, node: NpmNode][]
}

/** The whole answer. */
export interface NpmTree {
  name?: string
  root: NpmNode
}

const FIX = 'Run `npm ls --all` in the project to see what npm says.'

/**
 * Reads the text npm wrote. npm ends with 1 and a whole tree when something is missing or invalid: that is data.
 * Cut, empty or foreign text is `npm-ls-unreadable`, any other complaint of npm `npm-ls-failed`.
 */
export function readNpmLs(text: string): Outcome<NpmTree> {
  const parsed = parseJsonText(text)
  if (!parsed.ok || !isRecord(parsed.value)) {
    const what = text.trim() === '' ? 'nothing' : 'something that is not a whole JSON object'
    return fail('npm-ls-unreadable', `npm ls wrote ${what}.`, { fix: FIX })
  }
  const error = own(parsed.value, 'error')
  if (error !== undefined && !isRecord(error)) {
    return fail('npm-ls-unreadable', 'npm ls wrote an error that cannot be read.', { fix: FIX })
  }
  const code = error && ownString(error, 'code')
  if (error && code !== 'ELSPROBLEMS') {
    const summary = withoutPlaces(ownString(error, 'summary') ?? '')
    return fail(
      'npm-ls-failed',
      `npm ls failed${code ? ` (${code})` : ''}${summary ? `: ${summary}` : ''}.`,
      {
        fix: FIX,
      },
    )
  }
  const name = ownString(parsed.value, 'name')
  const root = nodeOf(parsed.value)
  const open: [Record<string, unknown>, NpmNode][] = [[parsed.value, root]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [record, node] = next
    const dependencies = own(record, 'dependencies')
    if (dependencies === undefined) continue
    if (!isRecord(dependencies)) return unreadable()
    for (const [key, value] of Object.entries(dependencies)) {
      if (!isRecord(value)) return unreadable()
      const child = nodeOf(value)
      node.children.push([key, child])
      open.push([value, child])
    }
  }
  return ok({ ...(name === undefined ? {} : { name }), root })
}

/** A message of npm on one line, without addresses and paths of this machine. */
export function withoutPlaces(message: string): string {
  return message
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[a-z][a-z+]*:\/\/\S+/gi, '<address>')
    .replace(/(?<![\w.@-])(?:[a-z]:)?[\\/][^\s'":;,()]*/gi, '<path>')
    .trim()
    .slice(0, 500)
}

function nodeOf(record: Record<string, unknown>): NpmNode {
  const version = ownString(record, 'version')
  const invalid = own(record, 'invalid')
  return {
    ...(version === undefined ? {} : { version }),
    ...(invalid === undefined
      ? {}
      : { invalid: typeof invalid === 'string' ? askersIn(invalid) : ['see npm ls'] }),
    missing: own(record, 'missing') === true,
    extraneous: own(record, 'extraneous') === true,
    children: [],
  }
}

/** npm writes `"^1.0.0" from node_modules/a, "^2.0.0" from the root project`. */
function askersIn(invalid: string): string[] {
  return invalid.split(/, (?=")/).map(withoutPlaces)
}

function unreadable(): Outcome<never> {
  return fail('npm-ls-unreadable', 'npm ls wrote a tree that cannot be read.', { fix: FIX })
}

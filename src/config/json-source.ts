/** Reads JSON with comments into plain data that still knows the line and column of everything in it. */
import { createScanner, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Node, ParseError } from 'jsonc-parser'
import { quote } from './config-error.ts'
import type { KeyPath, Problem } from './config-error.ts'

/** A line and a column, both 1-based. */
export interface Place {
  line: number
  column: number
}

/** A problem and where it is. */
export interface PlacedProblem extends Problem, Place {
  path: KeyPath
}

/** Data read from a text. */
export interface JsonSource {
  /** `__proto__` is an own key in it like any other. */
  value: unknown
  /** The place of a value, or of its key; of the nearest thing around it if it is not there. */
  place: (path: KeyPath, part: 'key' | 'value') => Place
  /** Keys that stand twice in one object below the path: JSON lets the last one win, people read the first. */
  duplicates: (below: KeyPath) => PlacedProblem[]
}

/** Real policies are five levels deep; the parser would overflow the stack on a deep enough text. */
const MAX_DEPTH = 100
const CONFLICT = /^(?:<{7}|={7}|>{7})(?: |\r?$)/m
/** jsonc-parser's tokens are a const enum: these are `{` `[` `}` `]` and the end of the text. */
const OPENING = new Set<number>([1, 3])
const CLOSING = new Set<number>([2, 4])
const END = 17

/** Reads a text; if it is not JSON, the first thing that is wrong with it. Comments and last commas are allowed. */
export function readJson(
  text: string,
  { comments = true }: { comments?: boolean } = {},
): { ok: true; source: JsonSource } | { ok: false; problem: PlacedProblem } {
  const places = indexLines(text)
  const wrong = (offset: number, problem: Problem) =>
    ({ ok: false, problem: { ...problem, ...places(offset), path: [] } }) as const
  const { isEmpty, tooDeepAt } = survey(text)
  if (isEmpty) return wrong(0, { message: 'is empty' })
  if (tooDeepAt !== undefined)
    return wrong(tooDeepAt, { message: `is nested deeper than ${MAX_DEPTH} levels` })
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: comments, disallowComments: !comments })
  const conflict = errors.length > 0 ? CONFLICT.exec(text) : null
  if (conflict) {
    return wrong(conflict.index, {
      message: 'holds the marker of a merge conflict',
      fix: 'Resolve the conflict.',
    })
  }
  const [first] = errors
  if (first || !root) {
    const fault = first ? spaced(printParseErrorCode(first.error)) : 'value expected'
    return wrong(first?.offset ?? 0, { message: `is not valid JSON: ${fault}` })
  }
  return {
    ok: true,
    source: {
      value: plainValue(root),
      place: (path, part) => places(offsetOf(root, path, part)),
      duplicates: (below) => {
        const node = below.reduce<Node | undefined>(child, root)
        return node ? findDuplicates(places, node, below) : []
      },
    },
  }
}

/** Walks over the tokens without recursion, before the parser recurses. */
function survey(text: string): { isEmpty: boolean; tooDeepAt?: number } {
  const scanner = createScanner(text, true)
  let depth = 0
  let isEmpty = true
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    isEmpty = false
    if (OPENING.has(token)) depth++
    else if (CLOSING.has(token)) depth--
    if (depth > MAX_DEPTH) return { isEmpty, tooDeepAt: scanner.getTokenOffset() }
  }
  return { isEmpty }
}

function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue)
  if (node.type !== 'object') return node.value
  return Object.fromEntries(properties(node).map(({ key, value }) => [key, plainValue(value)]))
}

function properties(node: Node): { key: string; name: Node; value: Node }[] {
  if (node.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children: [name, value] = [] }) =>
    name && value ? [{ key: String(name.value), name, value }] : [],
  )
}

/** The last one of several, as in the value. */
function child(node: Node | undefined, part: string | number): Node | undefined {
  if (node === undefined) return undefined
  if (typeof part === 'number') return node.type === 'array' ? node.children?.[part] : undefined
  return properties(node).findLast(({ key }) => key === part)?.value
}

function offsetOf(root: Node, path: KeyPath, part: 'key' | 'value'): number {
  let node = root
  for (const [index, step] of path.entries()) {
    if (part === 'key' && index === path.length - 1) {
      const property = properties(node).findLast(({ key }) => key === step)
      if (property) return property.name.offset
    }
    const next = child(node, step)
    if (next === undefined) return node.offset
    node = next
  }
  return node.offset
}

function findDuplicates(places: LineIndex, node: Node, path: KeyPath): PlacedProblem[] {
  if (node.type === 'array') {
    return (node.children ?? []).flatMap((item, index) => findDuplicates(places, item, [...path, index]))
  }
  const seen = new Map<string, number>()
  const found: PlacedProblem[] = []
  for (const { key, name, value } of properties(node)) {
    const before = seen.get(key)
    seen.set(key, name.offset)
    if (before !== undefined) {
      const message = `stands twice in one object; the first is in line ${places(before).line}`
      const fix = `Remove one ${quote(key)}.`
      found.push({ ...places(name.offset), path: [...path, key], message, fix })
    }
    for (const below of findDuplicates(places, value, [...path, key])) found.push(below)
  }
  return found
}

/** Tells the place of an offset. */
type LineIndex = (offset: number) => Place

function indexLines(text: string): LineIndex {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

/** `value expected` for `ValueExpected`. */
function spaced(code: string): string {
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}

/** Writes an entry into the text of a policy file: comments, order, indentation and line ends of all else stay. */
import { applyEdits, createScanner, parseTree } from 'jsonc-parser'
import type { Edit, Node } from 'jsonc-parser'
import { parsePackageSpec } from '#model/package-spec'
import { canonicalJson } from './canonical-json.ts'
import type { KeyPath, Problem } from './config-error.ts'
import { appendMember, isOneLine, lineIndent } from './json-insert.ts'
import { printJson, styleOf } from './json-print.ts'
import type { JsonStyle } from './json-print.ts'
import { readJson } from './json-source.ts'

/** The lists of a policy that entries are written into. */
export type EntryList = 'exceptions' | 'clarify'

/** An entry as the file holds it. */
export type Entry = Readonly<{ package: string } & Record<string, unknown>>

/** What an edit came to; `line` (1-based) is where the entry begins, or what stands in the way. */
export type EditedPolicy =
  | { ok: true; text: string; line: number; change: 'added' | 'updated' | 'none' }
  | { ok: false; line?: number; problem: Problem }

const BOM = '\uFEFF'

/**
 * Adds an entry to a list of the policy at `base` (`[]`, or `['depgate']` of a package.json), or updates the one entry
 * for the same package and range. An entry with comments in it is only updated where its keys stay.
 */
export function editPolicy(original: string, base: KeyPath, list: EntryList, entry: Entry): EditedPolicy {
  const text = original.startsWith(BOM) ? original.slice(1) : original
  const before = readJson(text)
  const root = before.ok ? parseTree(text, [], { allowTrailingComma: true }) : undefined
  if (!before.ok || root === undefined) {
    return refused({ message: 'is not valid JSON' }, before.ok ? undefined : before.problem.line)
  }
  const planned = plan(text, root, [...base, 'licenses', list], entry)
  if ('problem' in planned) return refused(planned.problem, planned.line)
  const edited = applyEdits(text, planned.edits)
  const after = readJson(edited)
  const wanted = withValue(before.source.value, planned.path, entry)
  if (!after.ok || canonicalJson(after.source.value) !== canonicalJson(wanted)) {
    throw new Error('the edited policy does not say what it should')
  }
  const { line } = after.source.place(planned.path, 'value')
  const change = edited === text ? 'none' : planned.isNew ? 'added' : 'updated'
  return { ok: true, text: original.slice(0, original.length - text.length) + edited, line, change }
}

type Plan = { edits: Edit[]; path: KeyPath; isNew: boolean } | { problem: Problem; line?: number }

function plan(text: string, root: Node, path: KeyPath, entry: Entry): Plan {
  const style = styleOf(text)
  let node = root
  for (const [at, key] of path.entries()) {
    const next = propertyOf(node, String(key))
    if (next === undefined) {
      if (node.type !== 'object') return wrongType(text, node, path.slice(0, at), 'an object')
      const value = path.slice(at + 1).reduceRight<unknown>((inner, part) => ({ [part]: inner }), [entry])
      const edits = appendMember(text, node, { key: String(key), value }, style)
      return { edits, path: [...path, 0], isNew: true }
    }
    node = next
  }
  if (node.type !== 'array') return wrongType(text, node, path, 'a list')
  const items = node.children ?? []
  const same = [...items.entries()].filter(([, item]) => isForSame(item, entry.package))
  const [first, second] = same
  if (first === undefined) {
    return {
      edits: appendMember(text, node, { value: entry }, style),
      path: [...path, items.length],
      isNew: true,
    }
  }
  if (second !== undefined) {
    const lines = same.map(([, item]) => lineOf(text, item)).join(' and ')
    return {
      problem: { message: `has several entries for "${entry.package}", in lines ${lines}`, fix: BY_HAND },
      line: lineOf(text, first[1]),
    }
  }
  return update(text, first[1], { path: [...path, first[0]], entry, style })
}

const BY_HAND = 'Edit them by hand; --dry-run prints the entry.'

function update(
  text: string,
  node: Node,
  { path, entry, style }: { path: KeyPath; entry: Entry; style: JsonStyle },
): Plan {
  const keys = Object.keys(entry)
  const old = (node.children ?? []).map((property) => String(property.children?.[0]?.value))
  if (keys.length !== old.length || !keys.every((key) => old.includes(key))) {
    if (hasComment(text, node)) {
      const message = `already has an entry for "${entry.package}", with comments that would be lost`
      return { problem: { message, fix: BY_HAND.replace('them', 'it') }, line: lineOf(text, node) }
    }
    return { edits: [replacement(text, node, entry, style)], path, isNew: false }
  }
  const edits = keys.flatMap((key) => {
    const value = propertyOf(node, key)
    if (value === undefined || JSON.stringify(plain(value)) === JSON.stringify(entry[key])) return []
    return [replacement(text, value, entry[key], style)]
  })
  return { edits, path, isNew: false }
}

function replacement(text: string, node: Node, value: unknown, style: JsonStyle): Edit {
  const place = { ...style, indent: lineIndent(text, node.offset), oneLine: isOneLine(text, node) }
  return { offset: node.offset, length: node.length, content: printJson(value, place) }
}

/** Same name and same range, however they are written. */
function isForSame(item: Node, wanted: string): boolean {
  const spec = propertyOf(item, 'package')?.value as unknown
  if (typeof spec !== 'string') return false
  const [a, b] = [parsePackageSpec(spec), parsePackageSpec(wanted)]
  return a.ok && b.ok && a.spec.name === b.spec.name && a.spec.range.trim() === b.spec.range.trim()
}

function hasComment(text: string, { offset, length }: Node): boolean {
  const scanner = createScanner(text.slice(offset, offset + length), false)
  for (let token: number = scanner.scan(); token !== 17; token = scanner.scan()) {
    if (token === 12 || token === 13) return true
  }
  return false
}

/** The last one of several keys, as JSON has it. */
function propertyOf(node: Node, key: string): Node | undefined {
  if (node.type !== 'object') return undefined
  return node.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1]
}

function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain)
  if (node.type !== 'object') return node.value
  return Object.fromEntries(
    (node.children ?? []).map(({ children }) => [
      String(children?.[0]?.value),
      children?.[1] && plain(children[1]),
    ]),
  )
}

/** A copy with another value at a path; lists and objects on the way are made where they are missing. */
function withValue(value: unknown, [step, ...rest]: KeyPath, wanted: unknown): unknown {
  if (step === undefined) return wanted
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(value) ? Array.from<unknown>(value) : []
    list[step] = withValue(list[step], rest, wanted)
    return list
  }
  const entries = new Map(Object.entries(value ?? {}))
  entries.set(step, withValue(entries.get(step), rest, wanted))
  return Object.fromEntries(entries)
}

function wrongType(text: string, node: Node, path: KeyPath, expected: string): Plan {
  return { problem: { message: `${path.join('.')} is not ${expected}` }, line: lineOf(text, node) }
}

function lineOf(text: string, { offset }: Node): number {
  return text.slice(0, offset).split('\n').length
}

function refused(problem: Problem, line?: number): EditedPolicy {
  return { ok: false, problem, ...(line !== undefined && { line }) }
}

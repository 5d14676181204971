/** Puts a script into the text of a package.json; its order, indentation and line ends stay. */
import { applyEdits, parseTree } from 'jsonc-parser'
import { appendMember } from '#config/json-insert'
import { styleOf } from '#config/json-print'
import { readJson } from '#config/json-source'
import { ownValue } from '#config/layer'

/** The text with the script in it; `there` if one of that name is, `unfit` for what is no package.json. */
export type WithScript =
  { kind: 'text'; text: string } | { kind: 'there'; script: string } | { kind: 'unfit' }

/** Adds a script behind the others. */
export function withScript(text: string, name: string, command: string): WithScript {
  const read = readJson(text, { comments: false })
  const root = read.ok ? parseTree(text) : undefined
  if (!read.ok || root?.type !== 'object') return { kind: 'unfit' }
  const scripts = ownValue(read.source.value, 'scripts')
  const present = ownValue(scripts, name)
  if (present !== undefined)
    return { kind: 'there', script: typeof present === 'string' ? present : JSON.stringify(present) }
  const style = styleOf(text)
  const node = root.children?.find(({ children }) => children?.[0]?.value === 'scripts')?.children?.[1]
  if (node !== undefined && node.type !== 'object') return { kind: 'unfit' }
  const edits =
    node === undefined
      ? appendMember(text, root, { key: 'scripts', value: { [name]: command } }, style)
      : appendMember(text, node, { key: name, value: command }, style)
  return { kind: 'text', text: applyEdits(text, edits) }
}

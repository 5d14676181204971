/** What an expression comes to, as far as that can be read off it. */
import { nodeIn, nodesIn } from './syntax-tree.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** The expression without parentheses, casts and the like around it. */
export function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node
  while (inner !== undefined) {
    if (!WRAPPERS.has(inner.type)) return inner
    // Of `(0, require)` only the last counts.
    inner =
      inner.type === 'SequenceExpression' ? nodesIn(inner['expressions']).at(-1) : nodeIn(inner['expression'])
  }
  return undefined
}

const WRAPPERS = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'SequenceExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
])

/** The text that an expression is: a string, or a template without expressions; null for any other. */
export function knownText(node: SyntaxNode | undefined): string | null {
  const inner = bare(node)
  if (inner?.type === 'Literal') return typeof inner['value'] === 'string' ? inner['value'] : null
  if (inner?.type !== 'TemplateLiteral' || nodesIn(inner['expressions']).length > 0) return null
  const value = nodesIn(inner['quasis'])[0]?.['value']
  if (typeof value !== 'object' || value === null || !('cooked' in value)) return null
  return typeof value.cooked === 'string' ? value.cooked : null
}

/** The name of a variable; undefined for any other expression. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : undefined
}

/** The name of what is asked of an object: `b` in `a.b` and in `a['b']`. */
export function memberName(node: SyntaxNode): string | undefined {
  if (node.type !== 'MemberExpression') return undefined
  const property = nodeIn(node['property'])
  return node['computed'] === true ? (knownText(property) ?? undefined) : nameOf(property)
}

/** The name of a property or of an import, be it a word or a string; undefined where it has to be computed. */
export function keyName(key: SyntaxNode | undefined, isComputed = false): string | undefined {
  return (isComputed ? undefined : nameOf(key)) ?? knownText(key) ?? undefined
}

/** Whether this is `import.meta`. */
export function isImportMeta(node: SyntaxNode | undefined): boolean {
  return node?.type === 'MetaProperty' && nameOf(nodeIn(node['meta'])) === 'import'
}

/** Whether this is a name of the file itself: `import.meta.url`, `import.meta.filename`, `__filename`. */
export function isOwnPlace(node: SyntaxNode | undefined): boolean {
  const inner = bare(node)
  if (nameOf(inner) === '__filename') return true
  if (inner?.type !== 'MemberExpression' || !isImportMeta(bare(nodeIn(inner['object'])))) return false
  return ['url', 'filename'].includes(memberName(inner) ?? '')
}

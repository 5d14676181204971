/** The syntax tree as the parser gives it, and one way through it that no depth can overflow. */

/** A node: what is in it depends on its type, and is asked for with {@link nodeIn} and {@link nodesIn}. */
export interface SyntaxNode {
  type: string
  /** Offsets in UTF-16 units. */
  start: number
  end: number
  [key: string]: unknown
}

/** Names of the fields of each type of node that hold nodes. */
export type NodeKeys = Readonly<Record<string, readonly string[]>>

/** A node and what is around it. */
export interface Visit {
  node: SyntaxNode
  /** Absent for the root alone. */
  parent: SyntaxNode | undefined
  /** Where a `var` inside belongs: the nearest function, or the root. */
  functionScope: SyntaxNode
  /** Where a `let` inside belongs: the nearest block. */
  blockScope: SyntaxNode
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
const BLOCKS = new Set([
  'BlockStatement',
  'CatchClause',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'StaticBlock',
  'SwitchStatement',
  'TSModuleBlock',
])

/** Visits each node below a root, and the root, in the order of the text; not what is in a node for which `visit` gives false. */
export function walkTree(root: SyntaxNode, keys: NodeKeys, visit: (visit: Visit) => unknown): void {
  const open: Visit[] = [{ node: root, parent: undefined, functionScope: root, blockScope: root }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (visit(at) === false) continue
    const { node } = at
    const isFunction = FUNCTIONS.has(node.type)
    const functionScope = isFunction || node.type === 'TSModuleBlock' ? node : at.functionScope
    const blockScope = isFunction || BLOCKS.has(node.type) ? node : at.blockScope
    const first = open.length
    for (const key of keys[node.type] ?? []) {
      if (isMereName(node, key)) continue
      for (const child of nodesIn(node[key]))
        open.push({ node: child, parent: node, functionScope, blockScope })
    }
    reverseFrom(open, first)
  }
}

/** The node in a field, if there is one. */
export function nodeIn(value: unknown): SyntaxNode | undefined {
  return isNode(value) ? value : undefined
}

/** The nodes in a field, be it one or a list. */
export function nodesIn(value: unknown): SyntaxNode[] {
  if (Array.isArray(value)) return value.filter(isNode)
  return isNode(value) ? [value] : []
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** `a.require` and `{ require: 1 }` speak of no variable. */
function isMereName(node: SyntaxNode, key: string): boolean {
  return (key === 'property' || key === 'key') && node['computed'] === false
}

function reverseFrom(list: Visit[], first: number): void {
  for (let low = first, high = list.length - 1; low < high; low++, high--) {
    const visit = list[low]
    const other = list[high]
    if (visit === undefined || other === undefined) return
    list[low] = other
    list[high] = visit
  }
}

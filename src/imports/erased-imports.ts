/** Which imports compilers of TypeScript drop although no `type` is written: those whose names stand only where types do. */
import { nodeIn, nodesIn, walkTree } from './syntax-tree.ts'
import type { NodeKeys, SyntaxNode } from './syntax-tree.ts'

/** Where types stand, and nothing that is left when the program runs. Whatever is not listed may be left. */
const TYPES = new Set([
  'TSArrayType',
  'TSClassImplements',
  'TSConditionalType',
  'TSConstructorType',
  'TSFunctionType',
  'TSIndexedAccessType',
  'TSInterfaceDeclaration',
  'TSIntersectionType',
  'TSMappedType',
  'TSParenthesizedType',
  'TSTupleType',
  'TSTypeAliasDeclaration',
  'TSTypeAnnotation',
  'TSTypeLiteral',
  'TSTypeOperator',
  'TSTypeParameterDeclaration',
  'TSTypeParameterInstantiation',
  'TSTypeQuery',
  'TSTypeReference',
  'TSUnionType',
])

/**
 * Offsets of the specifiers of such imports. None where there are decorators, which may keep what types name, and none
 * of a name by which JSX may be made. A name that is declared a second time counts as one name.
 */
export function erasedImports(root: SyntaxNode, keys: NodeKeys): ReadonlySet<number> {
  const locals = new Map<string, number>()
  const erased = new Set<number>()
  for (const statement of nodesIn(root['body'])) {
    const source = nodeIn(statement['source'])
    if (statement.type !== 'ImportDeclaration' || source === undefined) continue
    const names = nodesIn(statement['specifiers']).filter((name) => name['importKind'] !== 'type')
    if (statement['importKind'] === 'type' || names.length === 0) continue
    erased.add(source.start)
    for (const name of names) locals.set(String(nodeIn(name['local'])?.['name']), source.start)
  }
  let keepsAll = false
  let hasJsx = false
  walkTree(root, keys, ({ node }) => {
    if (TYPES.has(node.type) || node.type === 'ImportDeclaration') return false
    keepsAll ||= node.type === 'Decorator'
    hasJsx ||= node.type === 'JSXElement' || node.type === 'JSXFragment'
    if (node.type === 'ExportNamedDeclaration' && node['exportKind'] === 'type') return false
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') keep(String(node['name']))
    return true
  })
  if (hasJsx) for (const name of locals.keys()) if (MAKES_JSX.test(name)) keep(name)
  return keepsAll ? new Set() : erased

  function keep(name: string): void {
    const offset = locals.get(name)
    if (offset !== undefined) erased.delete(offset)
  }
}

const MAKES_JSX = /^(?:[^A-Z]|React$|Preact$|Fragment$)/

/** Which names a piece of a syntax tree declares, where they count, and what they are set to. */
import { nameOf, memberName } from './expressions.ts'
import { nodeIn, nodesIn } from './syntax-tree.ts'
import type { SyntaxNode, Visit } from './syntax-tree.ts'

/** One declared name. */
export interface Declaration {
  name: string
  /** Where it counts. */
  scope: SyntaxNode
  /** What it is set to; undefined where that cannot be read off the declaration. */
  value?: SyntaxNode
  /** It is `createRequire` of Node's own module. */
  maker?: true
}

/** What a node declares; nothing for most. */
export function declarationsIn(visit: Visit): Declaration[] {
  const { node, functionScope, blockScope } = visit
  switch (node.type) {
    case 'VariableDeclaration':
      // What is only declared is Node's own all the same: `declare const require: NodeRequire`.
      if (node['declare'] === true) return []
      return nodesIn(node['declarations']).flatMap((declarator) =>
        declaratorNames(declarator, node['kind'] === 'var' ? functionScope : blockScope),
      )
    case 'FunctionDeclaration':
      return [...named(node['id'], blockScope), ...parameters(node)]
    case 'FunctionExpression':
      return [...named(node['id'], node), ...parameters(node)]
    case 'ArrowFunctionExpression':
      return parameters(node)
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      return node['declare'] === true ? [] : named(node['id'], blockScope)
    case 'CatchClause':
      return patternNames(nodeIn(node['param']), node)
    case 'ImportSpecifier':
      return named(node['local'], blockScope, nameOf(nodeIn(node['imported'])) === MAKER)
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return named(node['local'], blockScope)
    default:
      return []
  }
}

/** What Node's `module` calls the function that makes a `require`. */
export const MAKER = 'createRequire'

function declaratorNames(declarator: SyntaxNode, scope: SyntaxNode): Declaration[] {
  const value = nodeIn(declarator['init'])
  const id = nodeIn(declarator['id'])
  const name = nameOf(id)
  if (name !== undefined) return [{ name, scope, ...(value && { value }) }]
  return patternNames(id, scope)
}

function parameters(node: SyntaxNode): Declaration[] {
  return nodesIn(node['params']).flatMap((parameter) => patternNames(parameter, node))
}

function named(id: unknown, scope: SyntaxNode, isMaker = false): Declaration[] {
  const name = nameOf(nodeIn(id))
  return name === undefined ? [] : [{ name, scope, ...(isMaker && { maker: true }) }]
}

/** All names in a pattern, whatever its depth. */
function patternNames(pattern: SyntaxNode | undefined, scope: SyntaxNode): Declaration[] {
  const found: Declaration[] = []
  const open = pattern === undefined ? [] : [pattern]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'Property') {
      const target = nodeIn(node['value'])
      const name = nameOf(target)
      if (name !== undefined && nameOf(nodeIn(node['key'])) === MAKER)
        found.push({ name, scope, maker: true })
      else if (target !== undefined) open.push(target)
      continue
    }
    found.push(...named(node, scope))
    for (const key of PATTERN_PARTS) for (const part of nodesIn(node[key])) open.push(part)
  }
  return found
}

const PATTERN_PARTS = ['elements', 'properties', 'argument', 'left', 'parameter']

/** Whether this asks an object for its `createRequire`. */
export function isMakerMember(node: SyntaxNode): boolean {
  return node.type === 'MemberExpression' && memberName(node) === MAKER
}

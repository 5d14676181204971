/** Which names a piece of a syntax tree declares, where they count, and what they are set to. */
import { keyName, nameOf } from './expressions.ts'
import { nodeIn, nodesIn } from './syntax-tree.ts'
import type { SyntaxNode, Visit } from './syntax-tree.ts'

/** One declared name. */
export interface Declaration {
  name: string
  /** Where it counts. */
  scope: SyntaxNode
  /** What it is set to; undefined where that cannot be read off the declaration. */
  value?: SyntaxNode
  /** What of the value, or of something that is not known, it is set to: `b` in `{ b: a }`. */
  part?: string
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
      return named(node['local'], blockScope, keyName(nodeIn(node['imported'])))
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return named(node['local'], blockScope)
    default:
      return []
  }
}

function declaratorNames(declarator: SyntaxNode, scope: SyntaxNode): Declaration[] {
  const value = nodeIn(declarator['init'])
  const id = nodeIn(declarator['id'])
  const name = nameOf(id)
  if (name !== undefined) return [{ name, scope, ...(value && { value }) }]
  return patternNames(id, scope, value)
}

function parameters(node: SyntaxNode): Declaration[] {
  return nodesIn(node['params']).flatMap((parameter) => patternNames(parameter, node))
}

function named(id: unknown, scope: SyntaxNode, part?: string): Declaration[] {
  const name = nameOf(nodeIn(id))
  return name === undefined ? [] : [{ name, scope, ...(part !== undefined && { part }) }]
}

/** All names in a pattern, whatever its depth; only of the outermost it is known what they are a part of. */
function patternNames(pattern: SyntaxNode | undefined, scope: SyntaxNode, value?: SyntaxNode): Declaration[] {
  const found: Declaration[] = []
  const outermost = new Set(pattern?.type === 'ObjectPattern' ? nodesIn(pattern['properties']) : [])
  const open = pattern === undefined ? [] : [pattern]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'Property') {
      const target = nodeIn(node['value'])
      const name = nameOf(target?.type === 'AssignmentPattern' ? nodeIn(target['left']) : target)
      const part = keyName(nodeIn(node['key']), node['computed'] === true)
      if (name !== undefined && part !== undefined)
        found.push({ name, scope, part, ...(value && outermost.has(node) && { value }) })
      else if (target !== undefined) open.push(target)
      continue
    }
    found.push(...named(node, scope))
    for (const key of PATTERN_PARTS) for (const part of nodesIn(node[key])) open.push(part)
  }
  return found
}

const PATTERN_PARTS = ['elements', 'properties', 'argument', 'left', 'parameter']

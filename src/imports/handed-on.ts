/** Where a file hands `require` on to somebody who may ask for anything with it. */
import { keyName, memberName, nameOf, bare } from './expressions.ts'
import type { FoundImport } from './found-import.ts'
import type { Meaning, RequireNames } from './require-names.ts'
import { nodeIn, nodesIn } from './syntax-tree.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/**
 * What a node hands on, each as an import that nobody can know: what becomes an argument, a value in an object or a class,
 * a result, a default, an export or a name that this file does not declare is not followed any further.
 */
export function handedOn(node: SyntaxNode, names: RequireNames): FoundImport[] {
  const found: FoundImport[] = []
  for (const value of valuesOf(node, names)) {
    const form = FORMS.get(names.meaningOf(value))
    if (form !== undefined) found.push({ specifier: null, form, typeOnly: false, offset: value.start })
  }
  return found
}

/** What an import is that is asked for with a name of each meaning. */
export const FORMS: ReadonlyMap<Meaning, FoundImport['form']> = new Map([
  ['require', 'require'],
  ['elsewhere', 'require'],
  ['maker', 'require'],
  ['builtins', 'require'],
  ['resolve', 'require-resolve'],
  ['meta-resolve', 'import-meta-resolve'],
])

/** The values that leave a node for where they are not followed. */
function valuesOf(node: SyntaxNode, names: RequireNames): SyntaxNode[] {
  switch (node.type) {
    case 'CallExpression':
      return argumentsOf(node, names)
    case 'ObjectExpression':
      // What is named as Node names it is known by its name wherever it is asked for.
      return nodesIn(node['properties']).flatMap((property) =>
        isSameName(keyName(nodeIn(property['key']), property['computed'] === true), property['value'])
          ? []
          : nodesIn(property['value']),
      )
    case 'AssignmentExpression':
      return assigned(node, names)
    case 'VariableDeclarator':
      return nodeIn(node['id'])?.type === 'ObjectPattern' && !isFollowed(node, names)
        ? nodesIn(node['init'])
        : []
    case 'ExportNamedDeclaration':
      return exported(node)
    default:
      return (FIELDS.get(node.type) ?? []).flatMap((field) => nodesIn(node[field]))
  }
}

/** The fields of other nodes whose values leave them. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['NewExpression', ['arguments']],
  ['ArrayExpression', ['elements']],
  ['SpreadElement', ['argument']],
  ['ReturnStatement', ['argument']],
  ['ThrowStatement', ['argument']],
  ['YieldExpression', ['argument']],
  ['AwaitExpression', ['argument']],
  ['ArrowFunctionExpression', ['body']],
  ['PropertyDefinition', ['value']],
  ['AccessorProperty', ['value']],
  ['AssignmentPattern', ['right']],
  ['ExportDefaultDeclaration', ['declaration']],
  ['TSExportAssignment', ['expression']],
  ['JSXExpressionContainer', ['expression']],
  ['JSXSpreadAttribute', ['argument']],
  ['ForOfStatement', ['right']],
  ['WithStatement', ['object']],
])

/** Without what `require.call(require, 'x')` says of `this`, which changes nothing. */
function argumentsOf(call: SyntaxNode, { meaningOf }: RequireNames): SyntaxNode[] {
  const given = nodesIn(call['arguments'])
  const callee = bare(nodeIn(call['callee']))
  if (callee === undefined || !BORROWS.has(memberName(callee) ?? '')) return given
  return meaningOf(nodeIn(callee['object'])) === 'other' ? given : given.slice(1)
}

/** What every function has to be called with another `this`. */
export const BORROWS: ReadonlySet<string> = new Set(['call', 'apply', 'bind'])

function assigned(node: SyntaxNode, { isDeclared }: RequireNames): SyntaxNode[] {
  const target = bare(nodeIn(node['left']))
  const name = nameOf(target)
  // A name that is Node's own stays what it is.
  if (name !== undefined && (name === 'require' || isDeclared(name, node.start))) return []
  if (target !== undefined && isSameName(memberName(target), node['right'])) return []
  return nodesIn(node['right'])
}

/** Whether each part of `const { resolve } = require` is followed by its name, or leads to nothing. */
function isFollowed(declarator: SyntaxNode, { meaningOf }: RequireNames): boolean {
  if (meaningOf(nodeIn(declarator['init'])) === 'import-meta') return true
  return nodesIn(nodeIn(declarator['id'])?.['properties']).every((property) => {
    const key = keyName(nodeIn(property['key']), property['computed'] === true)
    return FOLLOWED.has(key ?? '') && nameOf(nodeIn(property['value'])) !== undefined
  })
}

const FOLLOWED: ReadonlySet<string> = new Set(['resolve', 'cache', 'extensions'])

/** Names that are exported, whatever they are called elsewhere. */
function exported(node: SyntaxNode): SyntaxNode[] {
  if (nodeIn(node['source']) !== undefined) return []
  const declaration = nodeIn(node['declaration'])
  const declared = declaration?.type === 'VariableDeclaration' ? nodesIn(declaration['declarations']) : []
  return [
    ...declared.flatMap((declarator) => namesIn(nodeIn(declarator['id']))),
    ...nodesIn(node['specifiers']).flatMap((specifier) =>
      isSameName(keyName(nodeIn(specifier['exported'])), specifier['local'])
        ? []
        : nodesIn(specifier['local']),
    ),
  ]
}

function namesIn(pattern: SyntaxNode | undefined): SyntaxNode[] {
  if (pattern?.type !== 'ObjectPattern') return nodesIn(pattern)
  return nodesIn(pattern['properties']).flatMap((property) => nodesIn(property['value']))
}

/** Whether a name that Node gives to one thing alone is handed on under that same name. */
function isSameName(name: string | undefined, value: unknown): boolean {
  const inner = bare(nodeIn(value))
  const own = inner && (nameOf(inner) ?? memberName(inner))
  return name !== undefined && name === own && KNOWN_ANYWHERE.has(name)
}

/** Who imports these by their names, or asks an object for them, is understood. */
const KNOWN_ANYWHERE: ReadonlySet<string> = new Set(['createRequire', 'getBuiltinModule'])

/** All imports of a file out of its syntax tree. */
import type { ImportForm } from '#model/imports'
import { bare, isImportMeta, isOwnPlace, knownText, memberName, nameOf } from './expressions.ts'
import type { FoundImport } from './found-import.ts'
import { globImports } from './glob-calls.ts'
import { requireNames } from './require-names.ts'
import type { MeaningOf } from './require-names.ts'
import { nodeIn, nodesIn, walkTree } from './syntax-tree.ts'
import type { NodeKeys, SyntaxNode, Visit } from './syntax-tree.ts'

/** What a tree holds. */
export interface TreeImports {
  imports: FoundImport[]
  /** Offset of the first JSX, if there is any. */
  jsxAt?: number
}

/** Reads a whole tree, also what stands inside of `declare module`. */
export function importsInTree(root: SyntaxNode, keys: NodeKeys): TreeImports {
  const meaningOf = requireNames(root, keys)
  const imports: FoundImport[] = []
  const called = new Set<SyntaxNode>()
  let jsxAt: number | undefined
  walkTree(root, keys, (visit) => {
    const { node } = visit
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') jsxAt ??= node.start
    const found =
      statementImport(node) ?? callImport(node, meaningOf, called) ?? strayRequire(visit, meaningOf, called)
    if (found === undefined) imports.push(...globImports(node, meaningOf))
    else imports.push(found)
  })
  return { imports, ...(jsxAt !== undefined && { jsxAt }) }
}

function statementImport(node: SyntaxNode): FoundImport | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return fromNames('import', node, 'importKind')
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return fromNames('re-export', node, 'exportKind')
    case 'ImportExpression':
      return from('dynamic-import', nodeIn(node['source']), false)
    case 'TSImportType':
      return from('import-type', nodeIn(node['source']), true)
    case 'TSImportEqualsDeclaration':
      // `import a = b.c` has a name in place of the expression.
      return from(
        'require',
        nodeIn(nodeIn(node['moduleReference'])?.['expression']),
        node['importKind'] === 'type',
      )
    default:
      return undefined
  }
}

function callImport(
  node: SyntaxNode,
  meaningOf: MeaningOf,
  called: Set<SyntaxNode>,
): FoundImport | undefined {
  const argument = nodesIn(node['arguments'])[0]
  if (node.type === 'NewExpression') {
    if (nameOf(bare(nodeIn(node['callee']))) !== 'URL' || !isOwnPlace(nodesIn(node['arguments'])[1]))
      return undefined
    return from('asset-url', argument, false, node)
  }
  if (node.type !== 'CallExpression') return undefined
  const callee = bare(nodeIn(node['callee']))
  if (callee === undefined) return undefined
  const object = memberName(callee) === 'resolve' ? bare(nodeIn(callee['object'])) : undefined
  if (isImportMeta(object)) return from('import-meta-resolve', argument, false, node)
  const meaning = meaningOf(object ?? callee)
  if (meaning !== 'require' && meaning !== 'elsewhere') return undefined
  called.add(callee)
  const form = object === undefined ? 'require' : 'require-resolve'
  const found = from(form, argument, false, node)
  // Where `elsewhere` is nobody knows, so nobody knows what is found there.
  return found && meaning === 'elsewhere' ? { ...found, specifier: null } : found
}

/** `require` that is handed to somebody, who may ask for anything with it. */
function strayRequire(
  { node, parent }: Visit,
  meaningOf: MeaningOf,
  called: ReadonlySet<SyntaxNode>,
): FoundImport | undefined {
  if (parent === undefined || called.has(node) || !isHandedOn(node, parent)) return undefined
  const object =
    node.type === 'MemberExpression' && memberName(node) === 'resolve' ? nodeIn(node['object']) : undefined
  if (object === undefined && node.type !== 'Identifier') return undefined
  if (meaningOf(object ?? node) !== 'require') return undefined
  const form = object === undefined ? 'require' : 'require-resolve'
  return { specifier: null, form, typeOnly: false, offset: node.start }
}

function isHandedOn(node: SyntaxNode, parent: SyntaxNode): boolean {
  switch (parent.type) {
    case 'CallExpression':
    case 'NewExpression':
      return nodeIn(parent['callee']) !== node
    case 'AssignmentExpression':
      return nodeIn(parent['right']) === node && nameOf(nodeIn(parent['left'])) === undefined
    case 'Property':
      return nodeIn(parent['value']) === node
    case 'ArrowFunctionExpression':
      return nodeIn(parent['body']) === node
    default:
      return HANDS_ON.has(parent.type)
  }
}

const HANDS_ON = new Set(['ReturnStatement', 'ArrayExpression', 'SpreadElement', 'ExportDefaultDeclaration'])

/** The import of what a node says; `otherwise` is where it stands if there is no such node. */
function from(
  form: ImportForm,
  specifier: SyntaxNode | undefined,
  typeOnly: boolean,
  otherwise?: SyntaxNode,
): FoundImport | undefined {
  const place = bare(specifier) ?? otherwise
  return place && { specifier: knownText(specifier), form, typeOnly, offset: place.start }
}

/** For types alone by a `type` of its own, or because each of its names has one. */
function fromNames(
  form: ImportForm,
  node: SyntaxNode,
  key: 'importKind' | 'exportKind',
): FoundImport | undefined {
  const source = nodeIn(node['source'])
  if (node[key] === 'type') return from(form, source, true)
  const names = nodesIn(node['specifiers'])
  const mayStay = names.length > 0 && names.every((name) => name[key] === 'type')
  const found = from(form, source, mayStay)
  return found && mayStay ? { ...found, mayStay } : found
}

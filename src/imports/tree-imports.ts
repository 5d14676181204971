/** All imports of a file out of its syntax tree. */
import type { ImportForm } from '#model/imports'
import { bare, isOwnPlace, knownText, memberName, nameOf } from './expressions.ts'
import type { FoundImport } from './found-import.ts'
import { globImports } from './glob-calls.ts'
import { BORROWS, FORMS, handedOn } from './handed-on.ts'
import { requireNames } from './require-names.ts'
import type { Meaning, RequireNames } from './require-names.ts'
import { sortSpecifier } from './specifier.ts'
import { nodeIn, nodesIn, walkTree } from './syntax-tree.ts'
import type { NodeKeys, SyntaxNode } from './syntax-tree.ts'

/** What a tree holds. */
export interface TreeImports {
  imports: FoundImport[]
  /** Offset of the first JSX, if there is any. */
  jsxAt?: number
}

/** Reads a whole tree, also what stands inside of `declare module`. */
export function importsInTree(root: SyntaxNode, keys: NodeKeys): TreeImports {
  const names = requireNames(root, keys)
  const imports: FoundImport[] = []
  let jsxAt: number | undefined
  walkTree(root, keys, ({ node }) => {
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') jsxAt ??= node.start
    const found = statementImport(node) ?? callImport(node, names)
    if (found !== undefined) imports.push(found)
    // One call may have more of these than a call takes arguments.
    else for (const each of globImports(node, names.meaningOf)) imports.push(each)
    for (const each of handedOn(node, names)) imports.push(each)
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

function callImport(node: SyntaxNode, { meaningOf }: RequireNames): FoundImport | undefined {
  const [first, second] = nodesIn(node['arguments'])
  if (node.type === 'NewExpression') {
    if (!isUrlClass(bare(nodeIn(node['callee']))) || !isOwnPlace(second)) return undefined
    return from('asset-url', first, false, node)
  }
  if (node.type !== 'CallExpression') return undefined
  const callee = bare(nodeIn(node['callee']))
  if (callee === undefined) return undefined
  const meaning = meaningOf(callee)
  if (meaning === 'maker') return undefined
  const form =
    meaning === 'elsewhere' && memberName(callee) === 'resolve' ? 'require-resolve' : FORMS.get(meaning)
  if (form === undefined) return computedCall(callee, meaningOf) ?? borrowedCall(node, callee, meaningOf)
  const found = from(form, first, false, node)
  // Where `elsewhere` is nobody knows, so nobody knows what is found there.
  if (meaning === 'elsewhere') return found && { ...found, specifier: null }
  // No package is ever asked for in this way.
  return meaning === 'builtins' && !mayBeBuiltin(found?.specifier) ? undefined : found
}

/** `require[name]('x')`, which may be `resolve` or anything else. */
function computedCall(callee: SyntaxNode, meaningOf: RequireNames['meaningOf']): FoundImport | undefined {
  if (callee['computed'] !== true || memberName(callee) !== undefined) return undefined
  const form = COMPUTED.get(meaningOf(nodeIn(callee['object'])))
  return form && { specifier: null, form, typeOnly: false, offset: callee.start }
}

const COMPUTED: ReadonlyMap<Meaning, ImportForm> = new Map<Meaning, ImportForm>([
  ['require', 'require'],
  ['elsewhere', 'require'],
  ['import-meta', 'import-meta-resolve'],
])

/** `require.call(this, 'x')`, `require.apply(this, ['x'])`, and `require.bind(this, 'x')`, which may be called later. */
function borrowedCall(
  node: SyntaxNode,
  callee: SyntaxNode,
  meaningOf: RequireNames['meaningOf'],
): FoundImport | undefined {
  const how = memberName(callee)
  if (how === undefined || !BORROWS.has(how)) return undefined
  const meaning = meaningOf(nodeIn(callee['object']))
  const form = FORMS.get(meaning)
  const [, second] = nodesIn(node['arguments'])
  if (form === undefined || meaning === 'maker' || (how === 'bind' && second === undefined)) return undefined
  const given = bare(second)
  const list = given?.type === 'ArrayExpression' ? nodesIn(given['elements'])[0] : undefined
  const found = from(form, how === 'apply' ? (list ?? second) : second, false, node)
  return found && meaning === 'elsewhere' ? { ...found, specifier: null } : found
}

function isUrlClass(callee: SyntaxNode | undefined): boolean {
  return callee !== undefined && (nameOf(callee) ?? memberName(callee)) === 'URL'
}

function mayBeBuiltin(specifier: string | null | undefined): boolean {
  return typeof specifier !== 'string' || sortSpecifier(specifier).kind === 'builtin'
}

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
